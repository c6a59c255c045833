package io.quorate.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Random bytes of the operating system's generator, which {@link SecureRandom} gives too, after
 * loading all of Java's cryptography: a tenth of a server's start.
 */
final class SystemRandom {
  private static final Path DEVICE = Path.of("/dev/urandom");

  private SystemRandom() {}

  /**
   * So many bytes that nobody can predict.
   *
   * @throws IOException if the system's generator is there and can not be read
   */
  static byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    if (!Files.exists(DEVICE)) {
      new SecureRandom().nextBytes(bytes);
      return bytes;
    }
    try (InputStream in = Files.newInputStream(DEVICE)) {
      if (in.readNBytes(bytes, 0, count) != count) {
        throw new IOException(DEVICE + " ended");
      }
    }
    return bytes;
  }

  /** A number that nobody can predict. */
  static long nextLong() throws IOException {
    return ByteBuffer.wrap(bytes(Long.BYTES)).getLong();
  }
}
