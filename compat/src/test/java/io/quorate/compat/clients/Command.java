package io.quorate.compat.clients;

import io.quorate.compat.server.Jvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A foreign program that runs to its end. */
public final class Command {
  /** How it ended and what it printed on both streams. */
  public record Result(int status, String output) {}

  private Command() {}

  /** Runs it with {@code input} as its standard input; one that hangs is killed and fails. */
  public static Result run(String input, int timeoutSeconds, List<String> words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(
              () -> {
                try (InputStream in = process.getInputStream()) {
                  return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("hangs: " + words + "\n" + output.join());
      }
      return new Result(process.exitValue(), output.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Apache's zkCli in a process of its own. */
  public static Result zkCli(String server, String input, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Jvm.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                Jvm.classPath(),
                "org.apache.zookeeper.ZooKeeperMain",
                "-server",
                server,
                "-timeout",
                "10000"));
    command.addAll(List.of(words));
    return run(input, 60, command);
  }

  /** The path of a tool; a missing one fails the test and names the Debian package. */
  public static String tool(String path, String debianPackage) {
    if (!Files.isExecutable(Path.of(path))) {
      throw new AssertionError(path + " is missing: install the package " + debianPackage);
    }
    return path;
  }
}
