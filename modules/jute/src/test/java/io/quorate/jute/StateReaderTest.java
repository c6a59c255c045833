package io.quorate.jute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.LoadedZnode;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.TreeWalk;
import io.quorate.spi.codec.tck.TckTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** States as they should not be, or are rarely; and how they are walked, written and read. */
class StateReaderTest {
  private static final byte[] BIG = new byte[300_000];

  static {
    Arrays.fill(BIG, (byte) 7);
  }

  @Test
  void digestsOfVersionOneAreText() throws Exception {
    WireWriter w = new WireWriter();
    States.HandMade hand = new States.HandMade(w);
    hand.minimal();
    w.putLong(7);
    w.putInt(1);
    w.putString("ff");
    hand.seal();
    byte[] bytes = Arrays.copyOf(w.array(), w.position());
    assertEquals(new Codec.StateInfo(-1, 7, 1, 255), States.read(bytes, new TckTree(0)));
  }

  @Test
  void missingListsOfFuzzySnapshotsGrantNothing() throws Exception {
    TckTree tree = new TckTree(0);
    States.read(States.withPaths("/a"), tree);
    Acl acl = tree.node("/a").acl();
    assertFalse(acl.entries().isEmpty(), "an empty list would grant everything");
    assertTrue(acl.entries().stream().allMatch(e -> e.perms() == 0));
  }

  @Test
  void parentsComeFirst() throws Exception {
    for (String[] good :
        new String[][] {
          {"/a", "/a/b", "/a/c", "/b", "/a/c/d", "/a/b/x"},
          {"/b", "/a", "/b/a"},
          {"/a", "/ab", "/a/b"},
          {"/.", "/./..", "/\u0001"}
        }) {
      TckTree tree = new TckTree(0);
      States.read(States.withPaths(good), tree);
      assertEquals(good.length + 1, tree.nodeCount());
    }
    for (String[] bad :
        new String[][] {
          {"/a/b", "/a"},
          {"/ab", "/a/b"},
          {"/a", "/ab/c"},
          {"/a", "/a/"},
          {"/a", "/a//b"},
          {"a"},
          {"/a", "a"},
          {"/a", ""},
          {"//"},
          {"/a", "//b"},
          {"a/b"}
        }) {
      CodecException e =
          assertThrows(
              CodecException.class,
              () -> States.read(States.withPaths(bad), new TckTree(0)),
              () -> Arrays.toString(bad));
      assertTrue(e.getMessage().contains("at byte"), e.getMessage());
    }
  }

  @Test
  void everyFlippedBitIsNoticed() throws Exception {
    TckTree ours = States.sample();
    byte[] bytes = States.write(States.codec(true, true), ours);
    for (int i = 0; i < bytes.length * 8; i++) {
      byte[] flipped = bytes.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      int bit = i;
      assertThrows(
          CodecException.class, () -> States.read(flipped, new TckTree(0)), () -> "bit " + bit);
    }
  }

  @Test
  void everyTruncationIsNoticed() throws Exception {
    TckTree ours = new TckTree(0);
    States.read(States.withPaths("/a", "/a/b"), ours);
    byte[] bytes = States.write(States.codec(true, true), ours);
    for (int n = 0; n < bytes.length; n++) {
      byte[] shorter = Arrays.copyOf(bytes, n);
      if (n == bytes.length - 54 || n == bytes.length - 21) {
        States.read(shorter, new TckTree(0)); // the end of an older form
      } else {
        assertThrows(CodecException.class, () -> States.read(shorter, new TckTree(0)), "of " + n);
      }
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(CodecException.class, () -> States.read(longer, new TckTree(0)));
  }

  @Test
  void lengthsBeyondTheLimitAreRefused() throws Exception {
    TckTree ours = States.sample();
    ours.node("/a").data(BIG);
    byte[] bytes = States.write(States.codec(true, true), ours);
    JuteCodec small = new JuteCodec(new CodecConfiguration(BIG.length - 1, true, true));
    CodecException e =
        assertThrows(
            CodecException.class,
            () -> small.readState(new ByteArrayInputStream(bytes), new TckTree(0)));
    assertTrue(e.getMessage().contains("at most 299999"), e.getMessage());
    JuteCodec enough = new JuteCodec(new CodecConfiguration(BIG.length, true, true));
    enough.readState(new ByteArrayInputStream(bytes), new TckTree(0));
  }

  /** A stream may give as little at a time as it likes. */
  @Test
  void readsFromSlowStreams() throws Exception {
    TckTree ours = States.sample();
    ours.node("/a").data(BIG);
    byte[] bytes = States.write(States.codec(true, true), ours);
    TckTree again = new TckTree(0);
    ByteArrayInputStream slow =
        new ByteArrayInputStream(bytes) {
          private int turn;

          @Override
          public synchronized int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(len, 1 + turn++ % 700));
          }
        };
    States.codec(true, true).readState(slow, again);
    assertEquals(ours.dump(), again.dump());
  }

  @Test
  void failuresOfTheStreamComeThrough() throws Exception {
    TckTree ours = new TckTree(0);
    States.read(States.withPaths("/a"), ours);
    for (int i = 0; i < 30_000; i++) {
      ours.load(
          new LoadedZnode(ZnodePath.of("/a/" + i), null, Acl.OPEN, 1, 1, 1, 1, 1, 1, 1, 1, 0));
    }
    IOException full = new IOException("disk full");
    IOException seen =
        assertThrows(
            IOException.class,
            () ->
                States.codec(true, true)
                    .writeState(
                        ours,
                        new java.io.OutputStream() {
                          @Override
                          public void write(int b) throws IOException {
                            throw full;
                          }
                        }));
    assertSame(full, seen);
  }

  @Test
  void deepTreesTakeNoStack() throws Exception {
    TckTree ours = new TckTree(0);
    States.read(States.withPaths(), ours);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      ours.load(
          new LoadedZnode(ZnodePath.of(path + "/side"), null, Acl.OPEN, i, 1, 1, 1, 1, 1, 1, 1, 0));
      path.append("/d");
      ours.load(
          new LoadedZnode(
              ZnodePath.of(path.toString()), null, Acl.OPEN, i, 1, 1, 1, 1, 1, 1, 1, 0));
    }
    byte[] bytes = States.write(States.codec(true, true), ours);
    TckTree again = new TckTree(0);
    States.read(bytes, again);
    assertEquals(ours.dump(), again.dump());
  }

  @Test
  void theOrderIsDepthFirst() throws Exception {
    TckTree ours = new TckTree(0);
    States.read(States.withPaths("/b", "/a", "/a/y", "/a/x", "/a/x/z"), ours);
    StringBuilder order = new StringBuilder();
    TreeWalk.walk(
        ours.node("/"),
        (path, length, znode) ->
            order.append(new String(path, 0, length, StandardCharsets.UTF_8)).append(' '));
    assertEquals(" /a /a/x /a/x/z /a/y /b ", order.toString());
  }
}
