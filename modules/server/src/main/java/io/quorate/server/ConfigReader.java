package io.quorate.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration (reference section 5).
 *
 * <p>Where a key is given more than once: the command line wins over the file, the file over system
 * properties. (With Apache the file wins over {@code -D}, since that is a system property there;
 * here what a person typed for this very start counts most.) Within one file the later line counts.
 *
 * <p>Keys are known by the names of Apache's documentation, with or without {@code zookeeper.} in
 * front; {@link ConfigKeys} lists them.
 */
public final class ConfigReader {
  /**
   * What was read.
   *
   * @param notices one line for each key that is unknown or has no effect, for the log
   * @param runtimeProperties settings of the command line that are no keys of ours but look like
   *     properties of the Java runtime or a library; to be set as system properties
   */
  public record Result(
      ServerConfig config, List<String> notices, Map<String, String> runtimeProperties) {
    public Result {
      notices = List.copyOf(notices);
      runtimeProperties = Map.copyOf(runtimeProperties);
    }
  }

  private final boolean strict;
  private final List<String> notices = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, ConfigSetting> settings = new LinkedHashMap<>();
  private final Map<String, String> runtimeProperties = new TreeMap<>();

  private ConfigReader(boolean strict) {
    this.strict = strict;
  }

  /**
   * Reads a configuration. Without a file the defaults are those of a first try: standalone, port
   * 2181 of the loopback address, data in {@code quorate-data} below the working directory.
   *
   * @param file a zoo.cfg, or null
   * @param commandLine keys and values given with -D
   * @param systemProperties those of this process; others than ours are passed over
   * @param strict whether an unknown key is an error
   * @throws ConfigException with all problems
   */
  public static Result read(
      @Nullable Path file,
      Map<String, String> commandLine,
      Map<String, String> systemProperties,
      boolean strict)
      throws ConfigException {
    ConfigReader reader = new ConfigReader(strict);
    new TreeMap<>(systemProperties).forEach(reader::systemProperty);
    if (file != null) {
      reader.file(file, false);
    }
    commandLine.forEach(reader::commandLine);
    reader.dynamicFile();
    if (!reader.problems.isEmpty()) {
      throw new ConfigException(reader.problems); // what is missing may be in what was not read
    }
    reader.lookForInert();
    ConfigValues values = new ConfigValues(reader.settings, reader.problems);
    ServerConfig config = new ConfigBuilder(values, reader.notices, file != null).build();
    if (!reader.problems.isEmpty()) {
      reader.problems.addAll(reader.unknown); // what is missing may be there, mistyped
      throw new ConfigException(List.copyOf(new LinkedHashSet<>(reader.problems)));
    }
    reader.notices.addAll(reader.unknown);
    return new Result(config, reader.notices, reader.runtimeProperties);
  }

  private void systemProperty(String name, String value) {
    boolean ours = name.startsWith("zookeeper.") || name.startsWith("quorate.");
    Optional<ConfigKey> key = ConfigKeys.find(name);
    boolean bare = key.isPresent() && key.get().property().equals(name);
    if (ours || bare || name.equals("java.security.auth.login.config")) {
      put(name, value.trim(), "system property ");
    }
  }

  private void commandLine(String name, String value) {
    if (ConfigKeys.find(name).isEmpty()
        && name.contains(".")
        && !name.startsWith("zookeeper.")
        && !name.startsWith("quorate.")
        && ConfigSuggestion.nearest(name).isEmpty()) {
      runtimeProperties.put(name, value);
      return;
    }
    if (name.startsWith("java.")) {
      runtimeProperties.put(name, value);
    }
    put(name, value.trim(), "-D ");
  }

  private void dynamicFile() {
    ConfigSetting dynamic = settings.get("dynamicConfigFile");
    if (dynamic == null) {
      return;
    }
    try {
      Path file = Path.of(dynamic.value());
      if (Files.isRegularFile(file)) {
        file(file, true);
        return;
      }
    } catch (InvalidPathException e) {
      // said below, as for a file that is not there
    }
    problems.add(dynamic.problem("a file that is there, with the server lines"));
  }

  private void file(Path file, boolean dynamic) {
    List<ConfigFile.Line> lines;
    try {
      if (Files.isDirectory(file)) {
        problems.add(file + ": is a directory, expected a configuration file");
        return;
      }
      lines = ConfigFile.parse(ConfigFile.load(file));
    } catch (ConfigFile.SyntaxException e) {
      problems.add(file + ":" + e.line + ": " + e.getMessage());
      return;
    } catch (IOException e) {
      problems.add(file + ": the configuration file can not be read: " + reason(e));
      return;
    }
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (ConfigFile.Line line : lines) {
      String where = file + ":" + line.number() + ": ";
      if (dynamic && !line.key().matches("(server|group|weight)\\..*|version")) {
        problems.add(
            where + line.key() + ": expected server.N, group.N, weight.N or version in this file");
        continue;
      }
      String name = put(line.key(), line.value(), where);
      Integer before = seen.put(name, line.number());
      if (before != null) {
        notices.add(where + line.key() + " is given again; this line counts, not line " + before);
      }
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    return e instanceof AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }

  /** Keeps a setting under its key's own name, which it returns. */
  private String put(String spelling, String value, String where) {
    Optional<ConfigKey> key = ConfigKeys.find(spelling);
    String name =
        key.isPresent() && !key.get().isPrefix()
            ? key.get().name()
            : spelling.startsWith("zookeeper.") ? spelling.substring(10) : spelling;
    settings.remove(name); // so that the order is that of the lines that count
    settings.put(name, new ConfigSetting(name, spelling, value, where));
    return name;
  }

  private void lookForInert() {
    for (ConfigSetting setting : settings.values()) {
      String text = setting.where() + setting.spelling();
      Optional<ConfigKey> key = ConfigKeys.find(setting.name());
      if (key.isEmpty()) {
        String meant =
            ConfigSuggestion.nearest(setting.name())
                .map(likely -> "; did you mean " + likely + "?")
                .orElse("");
        (strict ? problems : unknown).add(text + " is not a known key" + meant);
      } else if (key.get().effect() != ConfigKey.Effect.USED
          && !ConfigValues.fits(key.get(), setting.value())) {
        problems.add(setting.problem(key.get().expected()));
      } else if (!key.get().effect().notice().isEmpty()
          && !(setting.value().equalsIgnoreCase(key.get().defaultText()))) {
        notices.add(text + " " + key.get().effect().notice());
      }
    }
  }
}
