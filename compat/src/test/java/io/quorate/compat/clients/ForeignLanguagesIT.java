package io.quorate.compat.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.server.ServerKind;
import io.quorate.compat.server.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are not Java: Debian's C client and its shell, and kazoo. */
class ForeignLanguagesIT {
  @TempDir Path work;

  private ServerProcess server;

  @BeforeEach
  void start() {
    // kazoo asks for the version with envi.
    server = ServerProcess.of(ServerKind.QUORATE).config("extendedTypesEnabled", "true").start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path resource(String name) throws IOException {
    Path copy = work.resolve(name);
    try (InputStream in = getClass().getResourceAsStream("/clients/" + name)) {
      Files.copy(in, copy);
    }
    return copy;
  }

  @Test
  void aProgramOfTheCClient() throws IOException {
    String gcc = Command.tool("/usr/bin/gcc", "gcc");
    Path source = resource("client.c");
    Path program = work.resolve("client");
    Command.Result compiled =
        Command.run(
            "",
            60,
            List.of(
                gcc,
                "-DTHREADED",
                "-w",
                "-o",
                program.toString(),
                source.toString(),
                "-lzookeeper_mt",
                "-lpthread"));
    assertThat(compiled.status())
        .as("needs libzookeeper-mt-dev and libc6-dev:\n" + compiled.output())
        .isZero();
    Command.Result result =
        Command.run("", 120, List.of(program.toString(), server.connectString()));
    assertThat(result.output()).endsWith("OK\n");
    assertThat(result.status()).isZero();
  }

  @Test
  void theShellOfTheCClient() {
    String shell = Command.tool("/usr/lib/zookeeper/bin/cli_mt", "zookeeper-bin");
    for (String[] step :
        new String[][] {
          {"create /cli", "Creating [/cli] node"},
          {"set /cli hello", "rc = 0"},
          {"get /cli", "hello"},
          {"create +e /cli/e", "Creating [/cli/e] node"},
          {"ls2 /cli", "version=1"},
          {"ls /", "zookeeper"},
          {"sync /", "rc = 0"},
          {"delete /cli", "rc = 0"},
          {"get /cli", "rc = -101"}
        }) {
      Command.Result result =
          Command.run("", 60, List.of(shell, "-h", server.connectString(), "-c", step[0]));
      assertThat(result.output()).as(step[0]).contains(step[1]);
    }
  }

  @Test
  void recipesOfKazoo() throws IOException {
    String python = Command.tool("/usr/bin/python3", "python3");
    Path script = resource("recipes.py");
    Command.Result result =
        Command.run("", 180, List.of(python, script.toString(), server.connectString()));
    assertThat(result.output()).as("needs python3-kazoo").endsWith("OK\n");
    assertThat(result.status()).isZero();
  }
}
