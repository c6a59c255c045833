package io.quorate.sessions;

import java.security.MessageDigest;

/** Derives a session's 16-byte password. Not thread-safe. */
public interface SessionPasswords {
  /** Length on the wire, always. */
  int LENGTH = 16;

  /** The password of this session. */
  byte[] of(long sessionId);

  /** Whether this is the session's password; takes the same time for every wrong one. */
  default boolean matches(long sessionId, byte[] password) {
    return MessageDigest.isEqual(of(sessionId), password);
  }

  /**
   * As Apache derives it (SES-3): the output of a linear congruential generator seeded with the id.
   * Anyone who knows the id can compute it; for ensembles that Apache servers belong to.
   */
  static SessionPasswords apache() {
    return id -> {
      long state = ((id ^ 0xB3415C00L) ^ 0x5DEECE66DL) & ((1L << 48) - 1);
      byte[] password = new byte[LENGTH];
      for (int i = 0; i < LENGTH; ) {
        state = (state * 0x5DEECE66DL + 0xBL) & ((1L << 48) - 1);
        int word = (int) (state >>> 16);
        for (int k = 0; k < 4; k++) {
          password[i++] = (byte) word;
          word >>= 8;
        }
      }
      return password;
    };
  }

  /**
   * HMAC-SHA-256 of the id under a secret, cut to 16 bytes: only who has the secret can compute it.
   *
   * @param secret at least 16 bytes
   */
  static SessionPasswords hmac(byte[] secret) {
    return new HmacPasswords(secret);
  }
}
