package io.quorate.compat.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.compat.clients.Command;
import io.quorate.compat.server.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image says of plug-ins that can not be used, and what it does where there are none. */
class PluginRefusalIT {
  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temp.resolve("plugins"));
  }

  private Command.Result quorate(String... words) {
    List<String> command = new java.util.ArrayList<>(List.of(Image.path() + "/bin/quorate"));
    command.addAll(List.of(words));
    command.addAll(
        List.of("-D", "quorate.plugins=" + folder, "-D", "dataDir=" + temp.resolve("d")));
    return Command.run("", 60, command);
  }

  private void jarWithoutModule() throws IOException {
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(folder.resolve("plain.jar")))) {
      jar.putNextEntry(new ZipEntry("x.txt"));
    }
  }

  @Test
  void aServerDoesNotStartAndSaysWhy() throws IOException {
    jarWithoutModule();
    Files.writeString(folder.resolve("torn.jar"), "PK");
    Command.Result server = quorate("server", "-D", "clientPort=0");

    assertThat(server.status()).isEqualTo(2);
    assertThat(server.output())
        .contains("the plug-ins in " + folder + " can not be used:")
        .contains("plain.jar: it is no module")
        .contains("torn.jar: it can not be read as a jar")
        .doesNotContain("\tat ");
    assertThat(temp.resolve("d")).doesNotExist();
  }

  @Test
  void theListSaysTheSameAndHasTheImagesOwn() throws IOException {
    jarWithoutModule();
    Command.Result list = quorate("plugins");

    assertThat(list.status()).isEqualTo(2);
    assertThat(list.output())
        .contains("problem: plain.jar: it is no module")
        .containsPattern("(?m)^storage +lmdb +io\\.quorate\\.storage\\.lmdb .* image$")
        .containsPattern("(?m)^transport +netty +yes +io\\.quorate\\.transport\\.netty .* image$")
        .doesNotContain("\tat ");
  }

  @Test
  void anUnknownNameListsThoseThatAreThere() {
    Command.Result server = quorate("server", "-D", "clientPort=0", "-D", "storage=mine");

    assertThat(server.status()).isEqualTo(2);
    assertThat(server.output())
        .contains("storage=mine: no provider has this name")
        .containsPattern("files \\(module io\\.quorate\\.storage\\.files@\\S+ of the image\\)");
  }

  /** What a start would refuse, the check refuses with the same words, and a start agrees. */
  @Test
  void aCheckSaysOfProvidersWhatAStartSays() throws IOException {
    for (String line :
        List.of(
            "storage=mine",
            "codec=mine",
            "transport=mine",
            "authProvider.1=mine",
            "authProvider.2=com.example.Mine")) {
      Path file = configuration(line);
      Command.Result check = check(file);
      Command.Result start =
          Command.run("", 60, List.of(Image.path() + "/bin/quorate", "server", file.toString()));

      assertThat(check.status()).as(check.output()).isEqualTo(2);
      assertThat(start.status()).as(start.output()).isEqualTo(2);
      String problem =
          check.output().lines().filter(l -> l.contains("present: ")).findFirst().orElseThrow();
      assertThat(problem).contains(line.replaceFirst(".*=", "="));
      assertThat(start.output().lines()).contains("quorate server: " + problem);
      assertThat(check.output()).doesNotContain("can be used");
    }
  }

  @Test
  void aCheckLooksAtThePlugIns() throws IOException {
    Path file = configuration("storage=lmdb");
    assertThat(check(file).output()).contains(file + ": can be used");
    assertThat(check(file).status()).isZero();
    jarWithoutModule();
    assertThat(check(file).output()).contains("plain.jar: it is no module");
    assertThat(check(file).status()).isEqualTo(2);
  }

  private Path configuration(String line) throws IOException {
    return Files.writeString(
        temp.resolve("zoo.cfg"),
        "dataDir=%s\nclientPort=0\nquorate.plugins=%s\n%s\n"
            .formatted(temp.resolve("d"), folder, line));
  }

  private static Command.Result check(Path file) {
    return Command.run(
        "", 60, List.of(Image.path() + "/bin/quorate", "check-config", file.toString()));
  }

  @Test
  void withoutPlugInsAllIsWell() {
    assertThat(quorate("plugins", "--json").output()).contains("\"problems\": [\n  ]");
    assertThat(quorate("plugins").status()).isZero();
  }

  /** Plug-ins do not rule the ahead-of-time cache out, and none cost nothing. */
  @Test
  void theStartUpCacheIsUsed() throws IOException {
    assumeTrue(Files.exists(Image.path().resolve("lib/quorate.aot")), "built without a cache");
    Path loads = temp.resolve("loads");
    Command.Result list =
        Command.run(
            "",
            60,
            List.of(
                "env",
                "JVMFLAGS=-Xlog:class+load,class+init:file=" + loads,
                Image.path() + "/bin/quorate",
                "plugins",
                "-D",
                "quorate.plugins=" + folder));
    assertThat(list.status()).as(list.output()).isZero();
    List<String> lines = Files.readAllLines(loads);
    assertThat(lines)
        .anyMatch(
            line ->
                line.contains("io.quorate.server.Providers ")
                    && line.contains("shared objects file"))
        .noneMatch(line -> line.contains("Initializing 'jdk/internal/loader/Loader'")); // a layer's
  }
}
