package io.quorate.storage.lmdb;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the native libraries are. The run-time image has them in its {@code lib} folder, so nothing
 * is unpacked into a folder for temporary files; elsewhere (in tests) the libraries' own way of
 * unpacking is left to work.
 */
final class NativeLibraries {
  private static final String LMDB = "liblmdb.so";

  private NativeLibraries() {}

  /** To be called before the first use of LMDB. */
  static void prepare() {
    Path folder = Path.of(System.getProperty("java.home"), "lib");
    if (Files.isRegularFile(folder.resolve(LMDB))) {
      setIfMissing("lmdbjava.native.lib", folder.resolve(LMDB).toString());
      setIfMissing("jffi.boot.library.path", folder.toString());
    }
  }

  private static void setIfMissing(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
