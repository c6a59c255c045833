package io.quorate.compat.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.server.Image;
import io.quorate.compat.server.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Somebody with a fresh checkout, a fresh image and an empty Maven repository, who types what the
 * pages say. Artifacts of others come from the repository of this build as from any remote one.
 */
final class Newcomer {
  private static final Set<String> NOT_CHECKED_OUT = Set.of("target", ".git", "data");
  private static final long MAX_SECONDS = 300;

  final Path home;
  final Path checkout;
  final Path project;
  final Path image;
  final int port;
  private final Path tools;
  private int scripts;

  Newcomer(Path home) throws IOException, InterruptedException {
    this.home = home;
    this.checkout = home.resolve("checkout");
    this.project = home.resolve("my-storage");
    this.image = home.resolve("quorate");
    this.tools = Files.createDirectories(home.resolve("tools"));
    this.port = freePort();
    checkOut(Path.of("..").toRealPath());
    run(home, "cp -a '" + Image.path() + "' quorate");
    maven();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void checkOut(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (NOT_CHECKED_OUT.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(checkout.resolve(root.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              Files.copy(file, checkout.resolve(root.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** A command mvn that leaves the user's repository alone. */
  private void maven() throws IOException {
    String repository = Path.of(System.getProperty("compat.repository")).toUri().toString();
    String one =
        "<id>this-build</id><url>%s</url><snapshots><enabled>false</enabled></snapshots><releases>"
                .formatted(repository)
            + "<checksumPolicy>ignore</checksumPolicy></releases>";
    Path settings =
        Files.writeString(
            tools.resolve("settings.xml"),
            "<settings><profiles><profile><id>p</id><repositories><repository>"
                + one
                + "</repository></repositories><pluginRepositories><pluginRepository>"
                + one
                + "</pluginRepository></pluginRepositories></profile></profiles>"
                + "<activeProfiles><activeProfile>p</activeProfile></activeProfiles></settings>");
    Path mvn =
        Files.writeString(
            tools.resolve("mvn"),
            "#!/bin/sh\nJAVA_HOME='%s' exec '%s/bin/mvn' -B -gs '%s' -Dmaven.repo.local='%s' \"$@\"\n"
                .formatted(
                    System.getProperty("compat.maven.java"),
                    System.getProperty("compat.maven"),
                    settings,
                    home.resolve("repository")));
    assertThat(mvn.toFile().setExecutable(true)).isTrue();
  }

  /** Runs commands in a shell; a failing one fails the test. Returns what was printed. */
  String run(Path folder, String commands) throws IOException, InterruptedException {
    Path said = home.resolve("said-" + scripts++);
    ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", commands);
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    builder.environment().put("QUORATE", image.toString());
    builder.environment().put("KIT", Image.path().resolveSibling("quorate-link").toString());
    builder.environment().put("PORT", Integer.toString(port));
    builder.environment().put("ZOO_LOG_DIR", home.resolve("logs").toString());
    // jlink has to be of this JDK; Maven keeps to that of this build.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // A server that is started stays: it must not hold on to a pipe of ours.
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("does not end: " + commands + "\n" + Files.readString(said));
    }
    String output = Files.readString(said);
    assertThat(process.exitValue()).as(commands + "\n" + output).isZero();
    return output;
  }

  /** The blocks, in one shell. */
  String run(Path folder, List<String> blocks) throws IOException, InterruptedException {
    return run(folder, String.join("\n", blocks));
  }

  /** Ends the server that was started with my.cfg at once, as a power cut of the process would. */
  void kill() throws IOException {
    Path file = project.resolve("my-data/zookeeper_server.pid");
    if (!Files.exists(file)) {
      return;
    }
    long pid = Long.parseLong(Files.readString(file).strip());
    ProcessHandle.of(pid)
        .ifPresent(
            process -> {
              process.destroyForcibly();
              Waiting.until("the end of the server", 20_000, () -> !process.isAlive());
            });
    Files.delete(file);
  }
}
