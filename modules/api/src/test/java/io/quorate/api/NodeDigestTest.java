package io.quorate.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against the numbers of Apache's DigestCalculator 3.9.5 for the same znodes. */
class NodeDigestTest {
  private final NodeDigest digest = new NodeDigest();

  private long of(String path, @Nullable String data, boolean zero) {
    byte[] p = path.getBytes(StandardCharsets.UTF_8);
    byte @Nullable [] d = data == null ? null : data.getBytes(StandardCharsets.UTF_8);
    byte[] longer = java.util.Arrays.copyOf(p, p.length + 3); // what is behind must not count
    return digest.of(longer, p.length, zero ? Fixed.zero(d) : Fixed.full(d));
  }

  @Test
  void isThatOfApache() {
    assertEquals(2476001779L, of("/a/b", "hello", false));
    assertEquals(1390640036L, of("/café/中", "é", false));
    assertEquals(2231587629L, of("/", "x", false));
    assertEquals(1711298508L, of("/zookeeperx", "q", false));
  }

  @Test
  void doesNotTellNullFromEmpty() {
    assertEquals(2692035429L, of("/a/b", "", false));
    assertEquals(2692035429L, of("/a/b", null, false));
  }

  @Test
  void knowsBothNamesOfTheRoot() {
    assertEquals(68323592L, of("/", "", true));
    assertEquals(68323592L, of("", "", true));
  }

  @Test
  void leavesOutWhatIsBelowZookeeper() {
    assertEquals(1303661912L, of("/zookeeper", "", true));
    assertEquals(0, of("/zookeeper/", null, true));
    assertEquals(0, of("/zookeeper/quota", "", false));
  }

  @Test
  void keepsNoStateBetweenCalls() {
    long first = of("/a/b", "hello", false);
    of("/other", "data", true);
    assertEquals(first, of("/a/b", "hello", false));
  }

  /** A znode with given numbers; its data lies inside of a larger array. */
  private record Fixed(long base, int small, long owner, byte @Nullable [] bytes) implements Znode {
    static Fixed zero(byte @Nullable [] data) {
      return new Fixed(0, 0, 0, data);
    }

    static Fixed full(byte @Nullable [] data) {
      return new Fixed(0x1_0000_0000L, 1, 0x0100_0000_0000_0042L, data);
    }

    @Override
    public long czxid() {
      return base + 2L * small;
    }

    @Override
    public long mzxid() {
      return base + 3L * small;
    }

    @Override
    public long pzxid() {
      return base + 9L * small;
    }

    @Override
    public long ctime() {
      return 1700000000123L * small;
    }

    @Override
    public long mtime() {
      return 1700000000456L * small;
    }

    @Override
    public int version() {
      return 7 * small;
    }

    @Override
    public int createdChildren() {
      return 11 * small;
    }

    @Override
    public int aversion() {
      return 13 * small;
    }

    @Override
    public long ephemeralOwner() {
      return owner;
    }

    @Override
    public int childCount() {
      return 3;
    }

    @Override
    public int dataLength() {
      return bytes == null ? -1 : bytes.length;
    }

    @Override
    public byte[] dataArray() {
      byte[] around = new byte[(bytes == null ? 0 : bytes.length) + 5];
      java.util.Arrays.fill(around, (byte) 0x55);
      if (bytes != null) {
        System.arraycopy(bytes, 0, around, 2, bytes.length);
      }
      return around;
    }

    @Override
    public int dataOffset() {
      return 2;
    }

    @Override
    public Acl acl() {
      return new Acl(List.of());
    }

    @Override
    public ChildList children() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void znodesShowClientsTheirOwnNumbers() {
    Stat stat = Fixed.full(new byte[4]).stat(EphemeralOwner.Encoding.EXTENDED);
    assertEquals(2 * 11 - 3, stat.cversion(), "NODE-2: creates and deletes");
    assertEquals(4, stat.dataLength());
    assertEquals(3, stat.numChildren());
    assertEquals(0x0100_0000_0000_0042L, stat.ephemeralOwner());
    assertEquals(0, Fixed.full(null).stat(EphemeralOwner.Encoding.EXTENDED).dataLength());
  }
}
