package io.quorate.storage.lmdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where LMDB's library is. The run-time image has it in its {@code lib} folder, so nothing is
 * unpacked into a folder for temporary files; elsewhere (in tests and benchmarks) it comes out of
 * the jar {@code org.lmdbjava:native} on the class path.
 */
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String NAME = "liblmdb.so";

  private NativeLibrary() {}

  /**
   * Has the library loaded by a thread of its own: a start checks the tree's file meanwhile. Who
   * needs the library waits for it, and gets the failure if there was one.
   */
  static void loadAhead() {
    Thread.ofPlatform()
        .daemon()
        .name("quorate-lmdb-load")
        .uncaughtExceptionHandler((thread, t) -> LOG.debug("LMDB's library can not be used", t))
        .start(Lmdb::load);
  }

  /** The file to load. */
  static Path path() {
    Path ofImage = Path.of(System.getProperty("java.home"), "lib", NAME);
    return Files.isRegularFile(ofImage) ? ofImage : unpacked(System.getProperty("os.arch"));
  }

  private static Path unpacked(String architecture) {
    String cpu = architecture.equals("amd64") ? "x86_64" : architecture;
    String resource = "org/lmdbjava/native/" + cpu + "-linux-gnu.so";
    try (@Nullable InputStream in = ClassLoader.getSystemResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "LMDB's library is not there: neither " + NAME + " of the run-time nor " + resource);
      }
      Path file = Files.createTempFile("liblmdb", ".so");
      file.toFile().deleteOnExit();
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
