package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSecretTest {
  @TempDir private Path dir;

  @Test
  void isMadeOnceAndKept() throws IOException {
    byte[] secret = SessionSecret.readOrMake(dir);
    assertEquals(32, secret.length);
    assertFalse(Arrays.equals(new byte[32], secret));
    assertArrayEquals(secret, SessionSecret.readOrMake(dir));
    Path file = dir.resolve("session.secret");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertFalse(Files.exists(dir.resolve("session.secret.tmp")));
    Files.delete(file);
    assertFalse(Arrays.equals(secret, SessionSecret.readOrMake(dir)), "another one");
  }

  /** A start that was cut off left a part behind, perhaps readable by all. */
  @Test
  void leftOversAreReplaced() throws IOException {
    Files.writeString(dir.resolve("session.secret.tmp"), "00");
    SessionSecret.readOrMake(dir);
    assertFalse(Files.exists(dir.resolve("session.secret.tmp")));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(dir.resolve("session.secret"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "nonsense", "zz", "000102030405060708090a0b0c0d0e0f"})
  void damageIsRefused(String text) throws IOException {
    Path file = dir.resolve("session.secret");
    Files.writeString(file, text);
    IOException e = assertThrows(IOException.class, () -> SessionSecret.readOrMake(dir));
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains("remove it"), e.getMessage());
    assertEquals(text, Files.readString(file), "nothing is overwritten");
  }
}
