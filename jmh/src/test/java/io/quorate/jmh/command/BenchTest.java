package io.quorate.jmh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command says of wrong arguments and of plug-ins. */
class BenchTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final StringWriter errors = new StringWriter();

  private int run(String... args) {
    CommandLine command = Bench.command(new PrintStream(screen, true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(errors));
    return command.execute(args);
  }

  private void refused(int status, String message, String... args) {
    assertEquals(status, run(args), errors::toString);
    assertTrue(errors.toString().contains(message), errors::toString);
  }

  @Test
  void anUnknownStorageNamesThoseFound() {
    refused(
        2,
        "--storage=tape: there is none; found: files (io.quorate.storage.files",
        "--storage",
        "tape");
    assertTrue(errors.toString().contains("lmdb (io.quorate.storage.lmdb"), errors::toString);
  }

  @Test
  void anUnknownCodecNamesThoseFound() {
    refused(2, "--codec=xml: there is none; found: jute (io.quorate.jute", "--codec", "jute,xml");
  }

  @Test
  void anUnknownOptionNamesTheLikelyOne() {
    refused(2, "--quick", "--quik");
  }

  @Test
  void aNumberThatIsNone() {
    refused(2, "--forks", "--forks", "two");
  }

  @Test
  void anEarlierFileThatIsMissingIsNamed() {
    Path file = folder.resolve("earlier.json");
    refused(2, file + ": there is no such file", "--compare", file.toString());
  }

  @Test
  void anEarlierFileOfAnotherKindIsNamed() throws Exception {
    Path file = folder.resolve("earlier.json");
    for (String text :
        List.of(
            "",
            "{",
            "no json",
            "{}",
            "[1]",
            "[{}]",
            "[{\"benchmark\": \"a.b\", \"threads\": 1}]")) {
      Files.writeString(file, text);
      refused(1, file + " is not a JSON file of JMH's results", "--compare", file.toString());
      errors.getBuffer().setLength(0);
    }
  }

  @Test
  void aBenchmarkThatIsNotThere() {
    refused(
        2,
        "--benchmarks=Unheard: there is none",
        "--benchmarks",
        "Unheard",
        "--data",
        folder.resolve("data").toString(),
        "--out",
        folder.resolve("out").toString());
  }

  @Test
  void aFolderOfPluginsThatIsMissing() {
    refused(
        2, "--plugins=" + folder.resolve("none"), "--plugins", folder.resolve("none").toString());
  }

  @Test
  void aFolderWithoutPlugins() {
    refused(2, "no module is in the folder of plug-ins", "--list", "--plugins", folder.toString());
  }

  @Test
  void aPluginIsFoundWithItsModule() throws Exception {
    Path sources = Files.createDirectories(folder.resolve("src/com/example/twin"));
    Path descriptor = folder.resolve("src/module-info.java");
    Files.writeString(
        descriptor,
        """
        module com.example.twin {
          requires io.quorate.spi.codec;
          provides io.quorate.spi.codec.CodecProvider with com.example.twin.Twin;
        }
        """);
    Path provider = sources.resolve("Twin.java");
    Files.writeString(
        provider,
        """
        package com.example.twin;
        import io.quorate.spi.codec.*;
        public class Twin implements CodecProvider {
          public String name() { return "twin"; }
          public Codec open(CodecConfiguration c) { throw new UnsupportedOperationException(); }
        }
        """);
    Path plugins = folder.resolve("plugins");
    String classPath = System.getProperty("java.class.path");
    String annotations = // a module of the project names it, and javac looks
        List.of(classPath.split(File.pathSeparator)).stream()
            .filter(entry -> entry.contains("jspecify"))
            .findFirst()
            .orElseThrow();
    String modulePath = ModulePath.options(classPath).get(0) + File.pathSeparator + annotations;
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                plugins.resolve("twin").toString(),
                modulePath,
                descriptor.toString(),
                provider.toString()));
    assertEquals(0, run("--list", "--plugins", plugins.toString()), errors::toString);
    String list = screen.toString(StandardCharsets.UTF_8);
    assertTrue(list.contains("codec twin (com.example.twin)"), list);
    assertTrue(list.contains("codec kryo (io.quorate.codec.kryo"), list);
  }
}
