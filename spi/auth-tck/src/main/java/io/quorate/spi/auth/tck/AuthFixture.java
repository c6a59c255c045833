package io.quorate.spi.auth.tck;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Identity;
import io.quorate.spi.auth.AuthProvider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;

/** Opens the scheme under test and knows bytes and texts to try. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class AuthFixture {
  private static final String[] PARTS = {"", "a", ":", "/", "@", ".", "1", "%", "ä", "\0", "255"};

  /** The scheme under test. Asked for once or more in each test. */
  protected abstract AuthSubject subject();

  static AuthProvider configured(AuthSubject subject) {
    AuthProvider provider = subject.provider.get();
    assertTrue(provider.configure(subject.settings), "its settings turn it off");
    return provider;
  }

  static List<InetAddress> addresses() {
    List<InetAddress> all = new ArrayList<>();
    try {
      all.add(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      all.add(InetAddress.getByAddress(new byte[] {10, 1, -1, 0}));
      all.add(InetAddress.getByAddress("a.name", new byte[] {(byte) 192, 0, 2, 7}));
      byte[] six = new byte[16];
      six[15] = 1;
      all.add(InetAddress.getByAddress(six));
      six[0] = (byte) 0xfe;
      six[1] = (byte) 0x80;
      all.add(java.net.Inet6Address.getByAddress(null, six, 3));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  /** Credentials that nobody meant. */
  static List<byte[]> anyBytes() {
    List<byte[]> all = new ArrayList<>(List.of(new byte[0], new byte[] {0}, new byte[100_000]));
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      all.add(bytes);
      all.add(text(random).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return all;
  }

  /** Ids that nobody meant. */
  static List<String> anyTexts(AuthSubject subject) {
    List<String> all =
        new ArrayList<>(List.of("", ":", "::", "/", "@", "\ud800", "x".repeat(5000)));
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      all.add(text(random));
    }
    all.addAll(subject.valid);
    all.addAll(subject.invalid);
    return all;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }

  /** Sees to it that what a connection gained can be used in ACLs. */
  static void assertUsable(AuthProvider provider, List<Identity> identities) {
    for (Identity identity : identities) {
      if (identity.scheme().equals("super")) {
        assertTrue(identity.id().isEmpty(), "rule 8: " + identity.scheme());
        continue;
      }
      String id = identity.id();
      assertTrue(identity.scheme().equals(provider.scheme()), "rule 8: " + identity.scheme());
      assertTrue(provider.isValid(id), "rule 9: an ACL can not hold the id that it gave");
      assertTrue(provider.matches(id, id), "rule 9: the id that it gave does not satisfy itself");
    }
  }

  static void assertNoSecret(AuthSubject subject, Object shown) {
    String text = String.valueOf(shown);
    for (String secret : subject.secrets) {
      assertFalse(text.contains(secret), "rule 3: a secret is shown");
    }
  }
}
