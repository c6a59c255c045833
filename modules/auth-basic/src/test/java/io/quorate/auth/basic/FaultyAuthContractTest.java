package io.quorate.auth.basic;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.tck.AuthContract;
import io.quorate.spi.auth.tck.AuthSubject;
import io.quorate.spi.auth.tck.FaultyAuth;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** The scheme for tests of failures is a scheme until it is told to fail. */
class FaultyAuthContractTest extends AuthContract {
  @Override
  protected AuthSubject subject() {
    return AuthSubject.of(() -> new FaultyAuth(new DigestAuthProvider(), 1))
        .accepts("bob:S3cret")
        .secret("S3cret")
        .valid("bob:hash");
  }

  private static boolean accepts(AuthProvider provider) {
    try {
      return provider.authenticate(new byte[1], InetAddress.getLoopbackAddress()).success();
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Test
  void failsFromWhenItWasTold() {
    FaultyAuth faulty = new FaultyAuth(new DigestAuthProvider(), 2);
    faulty.failAfter(1);
    assertTrue(accepts(faulty));
    for (int i = 0; i < 30; i++) {
      assertFalse(accepts(faulty));
    }
    faulty.heal();
    assertTrue(accepts(faulty));
  }
}
