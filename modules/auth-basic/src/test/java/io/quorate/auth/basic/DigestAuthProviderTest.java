package io.quorate.auth.basic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Identity;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestAuthProviderTest {
  private static final String PREFIX = "zookeeper.DigestAuthenticationProvider.";
  private static final Identity SUPER = new Identity("super", "");
  private final DigestAuthProvider provider = new DigestAuthProvider();

  private List<Identity> authenticate(String credentials) {
    return authenticate(credentials.getBytes(UTF_8));
  }

  private List<Identity> authenticate(byte[] credentials) {
    var outcome = provider.authenticate(credentials, InetAddress.getLoopbackAddress());
    assertTrue(outcome.success());
    return outcome.identities();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ben:pass", "a:b:c", "nobody", "", ":", "user:", ":pw", "\u00fcser:p\u4e16ss"})
  void givesTheIdThatApacheGives(String credentials) throws Exception {
    assertTrue(provider.configure(Map.of()));
    String theirs = DigestAuthenticationProvider.generateDigest(credentials);
    assertEquals(List.of(new Identity("digest", theirs)), authenticate(credentials));
  }

  @Test
  void malformedTextIsHashedAsApacheDoes() throws Exception {
    provider.configure(Map.of());
    byte[] bytes = {'u', ':', (byte) 0xff, 'x'};
    String theirs = DigestAuthenticationProvider.generateDigest(new String(bytes, UTF_8));
    assertEquals(List.of(new Identity("digest", theirs)), authenticate(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "SHA1, super:D/InIHSb7yEEbrWz8b9l71RjZJU=",
    "SHA-256, super:wjySwxg860UATFtciuZ1lpzrCHrPeov6SPu/ZD56uig=",
    "SHA3-256, super:cRy/KPYuDpW/dtsepniTMpuiuupnWgdU9txltIfv3hA="
  })
  void superDigestGivesSuperInEachAlgorithm(String algorithm, String digest) {
    provider.configure(Map.of(PREFIX + "digestAlg", algorithm, PREFIX + "superDigest", digest));
    assertEquals(List.of(SUPER, new Identity("digest", digest)), authenticate("super:test"));
    assertFalse(authenticate("super:tesT").contains(SUPER));
    assertFalse(authenticate("other:test").contains(SUPER));
  }

  @Test
  void nobodyIsSuperWithoutTheSetting() {
    provider.configure(Map.of());
    assertFalse(authenticate("super:test").contains(SUPER));
    assertFalse(authenticate("").contains(SUPER));
  }

  @Test
  void idsCompareAsInApache() {
    List<String> ids =
        List.of(
            "",
            ":",
            "::",
            ":::",
            "a",
            "a:",
            "a::",
            ":b",
            "::b",
            "a:b",
            "A:b",
            "a:b:",
            "a:b::",
            "a:b:c",
            "a::b",
            " a:b",
            "a:b ",
            "ben:A6lJsqy0Kd",
            "ben:A6lJsqy0Kd=",
            "\u00fc:x");
    Oracle.compare(provider, new DigestAuthenticationProvider(), ids);
  }

  @Test
  void userNameNeverShowsTheHash() {
    DigestAuthenticationProvider theirs = new DigestAuthenticationProvider();
    for (String id : List.of("ben:hash", "ben", ":hash")) {
      assertEquals(theirs.getUserName(id), provider.userName(id));
    }
    assertEquals("", provider.userName(":"));
  }

  @Test
  void canBeTurnedOff() {
    assertFalse(provider.configure(Map.of(PREFIX + "enabled", "False")));
    assertTrue(provider.configure(Map.of(PREFIX + "enabled", "true")));
    assertTrue(provider.enabledByDefault());
  }

  @ParameterizedTest
  @CsvSource({"enabled, maybe", "digestAlg, SHA-257"})
  void aWrongValueIsNamed(String key, String value) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> provider.configure(Map.of(PREFIX + key, value)));
    assertTrue(e.getMessage().contains(PREFIX + key + "=" + value), e.getMessage());
  }

  @Test
  void aWrongSuperDigestIsNamedButNotShown() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> provider.configure(Map.of(PREFIX + "superDigest", "s3cret")));
    assertTrue(e.getMessage().contains(PREFIX + "superDigest"), e.getMessage());
    assertFalse(e.getMessage().contains("s3cret"), e.getMessage());
    // The hash of another algorithm: starts, as with Apache, and nobody is super.
    assertTrue(provider.configure(Map.of(PREFIX + "superDigest", "super:AAAA")));
    assertFalse(authenticate("super:test").contains(SUPER));
  }
}
