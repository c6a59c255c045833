package io.quorate.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/** Compiles small modules into jars, as plug-in authors do. */
final class PluginBuilder {
  private final Path work;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final List<String> options = new ArrayList<>();
  private String modulePath = System.getProperty("jdk.module.path", "");

  /** Into a new folder below this one. */
  PluginBuilder(Path below) throws IOException {
    this.work = Files.createTempDirectory(below, "plugin");
  }

  /** A module that provides a codec; its class is in the package that the module is named after. */
  static PluginBuilder codec(Path below, String module, String name) throws IOException {
    return new PluginBuilder(below)
        .descriptor(
            module,
            "requires io.quorate.spi.codec; provides io.quorate.spi.codec.CodecProvider with "
                + module
                + ".Provider;")
        .provider(module, name, "");
  }

  PluginBuilder descriptor(String module, String body) {
    sources.put("module-info.java", "module " + module + " { " + body + " }");
    return this;
  }

  /** The class Provider, with more in it. */
  PluginBuilder provider(String in, String name, String more) {
    return source(
        in,
        "Provider",
        "public class Provider implements io.quorate.spi.codec.CodecProvider {\n"
            + "  public String name() { return \""
            + name
            + "\"; }\n"
            + "  public io.quorate.spi.codec.Codec open(io.quorate.spi.codec.CodecConfiguration c)"
            + " {\n"
            + "    throw new UnsupportedOperationException(\"not made to be opened\"); }\n"
            + more
            + "}");
  }

  PluginBuilder source(String in, String type, String text) {
    sources.put(in.replace('.', '/') + "/" + type + ".java", "package " + in + ";\n" + text);
    return this;
  }

  PluginBuilder option(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Looks for modules here first. */
  PluginBuilder against(Path modules) {
    modulePath = modules + java.io.File.pathSeparator + modulePath;
    return this;
  }

  /** The folder with the classes. */
  Path compile() throws IOException {
    List<String> arguments = new ArrayList<>(options);
    Path classes = work.resolve("classes");
    arguments.addAll(List.of("-d", classes.toString()));
    if (sources.containsKey("module-info.java")) {
      arguments.addAll(List.of("--module-path", modulePath));
    } else {
      arguments.addAll(List.of("--class-path", modulePath));
    }
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = work.resolve("src").resolve(source.getKey());
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    run("javac", arguments);
    return classes;
  }

  /** A jar of that name in the folder. */
  Path jar(Path folder, String name) throws IOException {
    return jar(compile(), folder, name, "");
  }

  /** A jar of these classes, with these lines in its manifest. */
  Path jar(Path classes, Path folder, String name, String manifest) throws IOException {
    Path file = folder.resolve(name);
    Path lines = Files.writeString(work.resolve("manifest"), manifest);
    run(
        "jar",
        List.of(
            "--create",
            "--file",
            file.toString(),
            "--manifest",
            lines.toString(),
            "-C",
            classes.toString(),
            "."));
    return file;
  }

  private static void run(String tool, List<String> arguments) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    int status =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new AssertionError("this JDK has no " + tool))
            .run(writer, writer, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new AssertionError(tool + " " + arguments + ":\n" + said);
    }
  }
}
