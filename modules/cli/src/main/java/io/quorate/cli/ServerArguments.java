package io.quorate.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of {@code quorate server}: a configuration file or, as Apache's server has it, a
 * port, a directory and perhaps the tick and the connection limit; settings with -D; --strict.
 *
 * @param file the configuration file, if there is one
 * @param settings keys and values in the order in which they were given
 * @param strict whether unknown keys stop the start
 */
record ServerArguments(Optional<Path> file, Map<String, String> settings, boolean strict) {
  static final String FILE_FORM =
      "quorate server [--strict] [-D key=value | -Dkey=value]... [zoo.cfg]";
  static final String PORT_FORM =
      "quorate server [--strict] [-D key=value | -Dkey=value]..."
          + " PORT DATADIR [TICKTIME [MAXCLIENTCNXNS]]";
  static final String EXPLANATION =
      """
      Without a file: a standalone server on port 2181 of the loopback address, data in ./quorate-data.
      -D        sets any key of zoo.cfg, or its system property (zookeeper.KEY); wins over the file
      --strict  unknown keys stop the start\
      """;
  static final String USAGE =
      "usage: " + FILE_FORM + "\n       " + PORT_FORM + "\n\n" + EXPLANATION;

  /** The words of Apache's short form, in their order. */
  private static final List<String> SHORT_FORM =
      List.of("clientPort", "dataDir", "tickTime", "maxClientCnxns");

  /** The arguments can not be understood; the message says why. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  static ServerArguments parse(List<String> arguments) throws UsageException {
    Map<String, String> settings = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    boolean strict = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--strict")) {
        strict = true;
      } else if (argument.equals("-D")) {
        if (++i == arguments.size()) {
          throw new UsageException("-D: expected key=value");
        }
        set(settings, arguments.get(i));
      } else if (argument.startsWith("-D")) {
        set(settings, argument.substring(2));
      } else if (argument.startsWith("-")) {
        throw new UsageException("unknown option " + argument);
      } else {
        words.add(argument);
      }
    }
    return new ServerArguments(words(words, settings), settings, strict);
  }

  private static void set(Map<String, String> settings, String text) throws UsageException {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new UsageException("-D " + text + ": expected key=value");
    }
    settings.put(text.substring(0, equals), text.substring(equals + 1));
  }

  private static Optional<Path> words(List<String> words, Map<String, String> settings)
      throws UsageException {
    if (words.size() > 1 && words.size() <= SHORT_FORM.size() && words.get(0).matches("[0-9]+")) {
      for (int i = 0; i < words.size(); i++) {
        settings.putIfAbsent(SHORT_FORM.get(i), words.get(i));
      }
      // as with Apache's server, which listens on all addresses
      settings.putIfAbsent("clientPortAddress", "0.0.0.0");
      return Optional.empty();
    }
    if (words.size() > 1) {
      throw new UsageException("one configuration file at most: " + String.join(" ", words));
    }
    return words.stream().findFirst().map(Path::of);
  }
}
