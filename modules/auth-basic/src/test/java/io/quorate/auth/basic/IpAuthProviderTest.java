package io.quorate.auth.basic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Identity;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.zookeeper.server.auth.IPAuthenticationProvider;
import org.junit.jupiter.api.Test;

class IpAuthProviderTest {
  private final IpAuthProvider provider = new IpAuthProvider();

  @Test
  void aConnectionHasTheIdOfItsAddress() throws Exception {
    InetAddress v4 = InetAddress.getByAddress(new byte[] {10, 1, 2, (byte) 200});
    assertEquals(List.of(new Identity("ip", "10.1.2.200")), provider.onConnect(v4));
    InetAddress v6 = InetAddress.getByName("2001:db8::1");
    assertEquals(List.of(new Identity("ip", "2001:db8:0:0:0:0:0:1")), provider.onConnect(v6));
    byte[] linkLocal = InetAddress.getByName("fe80::7").getAddress();
    InetAddress scoped = Inet6Address.getByAddress(null, linkLocal, 3);
    assertEquals(List.of(new Identity("ip", "fe80:0:0:0:0:0:0:7")), provider.onConnect(scoped));
    assertEquals(
        List.of(new Identity("ip", "10.1.2.200")),
        provider.authenticate(new byte[0], v4).identities());
  }

  @Test
  void networksMatchTheirAddresses() {
    assertTrue(provider.matches("10.1.2.3", "10.1.0.0/16"));
    assertFalse(provider.matches("10.2.2.3", "10.1.0.0/16"));
    assertTrue(provider.matches("10.1.0.255", "10.1.0.240/28"));
    assertFalse(provider.matches("10.1.0.239", "10.1.0.240/28"));
    assertTrue(provider.matches("2001:db8:0:0:0:0:0:1", "2001:db8::/32"));
    assertTrue(provider.matches("1.2.3.4", "9.9.9.9/0"));
    assertFalse(provider.matches("0:0:0:0:0:0:0:1", "127.0.0.1/0"));
  }

  @Test
  void idsCompareAsInApache() {
    TreeSet<String> ids = new TreeSet<>(EDGES);
    Random random = new Random(4);
    for (int i = 0; i < 100; i++) {
      ids.add(generated(random));
    }
    Oracle.compare(provider, new IPAuthenticationProvider(), new ArrayList<>(ids));
  }

  private static final List<String> EDGES =
      List.of(
          "",
          ".",
          ":",
          "::",
          ":::",
          "::::",
          "/",
          "1.2.3.4",
          "1.2.3.4/",
          "1.2.3.4/0",
          "1.2.3.4/32",
          "1.2.3.4/33",
          "1.2.3.4/-1",
          "1.2.3.4/+8",
          "1.2.3.4/8/8",
          "1.2.3.4/x",
          "1.2.3",
          "1.2.3.4.5",
          "1.2.3.",
          ".1.2.3",
          "1.2.3.256",
          "1.2.3.-1",
          "01.2.3.4",
          "+1.2.3.4",
          "-0.2.3.4",
          "1..3.4",
          "1.2.3.4 ",
          "localhost",
          "::1",
          "1::",
          "::1/128",
          "::1/129",
          "::/0",
          "1:2:3:4:5:6:7:8",
          "1:2:3:4:5:6:7",
          "1:2:3:4:5:6:7:8:9",
          "1:2:3:4::5:6:7:8",
          "1:2:3:4::5:6:7",
          "1::2::3",
          "::ffff:1.2.3.4",
          "12345::",
          "g::",
          "fe80::1%eth0",
          "-1::",
          "+1::",
          "FE80::A",
          "fe80::a",
          "0:0:0:0:0:0:0:1",
          "1:2:",
          ":1:2",
          "1:2:3:4:5:6:7:",
          ":2:3:4:5:6:7:8",
          "a:b:c:d:e:f:1:2/64");

  /** Addresses near one another, so that many match. */
  private static String generated(Random random) {
    boolean v4 = random.nextBoolean();
    StringBuilder s = new StringBuilder();
    int groups = v4 ? 4 : 8;
    int gap = v4 ? -1 : random.nextInt(12);
    for (int i = 0; i < groups; i++) {
      if (i == gap) {
        s.append("::");
        i += random.nextInt(4);
        continue;
      }
      if (s.length() > 0 && s.charAt(s.length() - 1) != ':') {
        s.append(v4 ? '.' : ':');
      }
      int v = i < groups - 1 ? random.nextInt(2) : random.nextInt(256);
      s.append(v4 ? Integer.toString(v) : Integer.toHexString(v));
    }
    if (random.nextInt(3) > 0) {
      s.append('/').append(random.nextInt(v4 ? 34 : 131));
    }
    return s.toString();
  }
}
