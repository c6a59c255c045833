package io.quorate.sessions;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA-256 of session ids under one secret. */
final class HmacPasswords implements SessionPasswords {
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] secret;

  /**
   * Made for the first password: loading Java's cryptography takes longer than most of a server's
   * start, which needs none.
   */
  private @Nullable Mac mac;

  HmacPasswords(byte[] secret) {
    if (secret.length < LENGTH) {
      throw new IllegalArgumentException("a secret has at least 16 bytes, not " + secret.length);
    }
    this.secret = secret.clone();
  }

  @Override
  public byte[] of(long sessionId) {
    Mac made = mac;
    if (made == null) {
      made = make();
      mac = made;
    }
    byte[] id = ByteBuffer.allocate(Long.BYTES).putLong(sessionId).array();
    return Arrays.copyOf(made.doFinal(id), LENGTH);
  }

  private Mac make() {
    try {
      Mac made = Mac.getInstance(ALGORITHM);
      made.init(new SecretKeySpec(secret, ALGORITHM));
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }
}
