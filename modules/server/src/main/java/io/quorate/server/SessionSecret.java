package io.quorate.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/**
 * The secret from which session passwords are derived: 32 random bytes as hex in {@code
 * session.secret} of the data directory, readable by its owner only. Made once; whoever removes it
 * makes clients lose their sessions at the next start.
 */
final class SessionSecret {
  private static final String NAME = "session.secret";
  private static final int BYTES = 32;

  private SessionSecret() {}

  static byte[] readOrMake(Path dataDir) throws IOException {
    Path file = dataDir.resolve(NAME);
    try {
      byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
      if (secret.length == BYTES) {
        return secret;
      }
    } catch (NoSuchFileException e) {
      return make(dataDir, file);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file + ": not " + 2 * BYTES + " hex digits; remove it to get a new one", e);
    }
    throw new IOException(file + ": not " + 2 * BYTES + " hex digits; remove it to get a new one");
  }

  private static byte[] make(Path dataDir, Path file) throws IOException {
    byte[] secret = SystemRandom.bytes(BYTES);
    Path temporary = dataDir.resolve(NAME + ".tmp");
    Files.deleteIfExists(temporary);
    Files.createFile(
        temporary,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    byte[] text =
        (HexFormat.of().formatHex(secret) + "\n")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(text);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(dataDir, StandardOpenOption.READ)) {
      directory.force(true);
    }
    return secret;
  }
}
