package io.quorate.jute;

import io.quorate.api.Acl;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.tck.TckTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** States for tests: made by hand, written and read. */
final class States {
  private States() {}

  static JuteCodec codec(boolean digest, boolean lastZxid) {
    return new JuteCodec(new CodecConfiguration(1 << 20, digest, lastZxid));
  }

  static byte[] write(Codec codec, TckTree tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    codec.writeState(tree, out);
    return out.toByteArray();
  }

  static Codec.StateInfo read(byte[] bytes, TckTree into) throws IOException {
    return codec(true, true).readState(new ByteArrayInputStream(bytes), into);
  }

  /** Writes snapshots by hand, field by field. */
  record HandMade(WireWriter w) {
    void begin() {
      w.putInt(0x5A4B534E);
      w.putInt(2);
      w.putLong(-1);
      w.putInt(0);
      w.putInt(0);
    }

    void node(String path, long acl) {
      w.putString(path);
      w.putInt(-1);
      w.putLong(acl);
      w.putBytes(new byte[60], 0, 60);
    }

    void seal() {
      java.util.zip.Adler32 sum = new java.util.zip.Adler32();
      sum.update(w.array(), 0, w.position());
      w.putLong(sum.getValue());
      w.putString("/");
    }

    void minimal() {
      begin();
      node("", -1);
      w.putString("/");
      seal();
    }

    byte[] bytes() {
      return Arrays.copyOf(w.array(), w.position());
    }
  }

  /** A snapshot with these paths behind the root, sealed. */
  static byte[] withPaths(String... paths) {
    HandMade a = new HandMade(new WireWriter());
    a.begin();
    a.node("", -1);
    for (String path : paths) {
      a.node(path, 77);
    }
    a.w.putString("/");
    a.seal();
    return a.bytes();
  }

  /** A small tree with all parts of a state. */
  static TckTree sample() throws IOException {
    TckTree tree = new TckTree(0);
    read(withPaths("/a", "/a/b", "/c"), tree);
    tree.putSession(5, 4000);
    tree.node("/a").acl(RequestCases.ACL);
    tree.node("/c").acl(Acl.OPEN);
    tree.node("/c").data(new byte[] {1, 2, 3});
    tree.zxid((2L << 32) + 9);
    return tree;
  }

  /** Puts right checksums into the three seals of a state that was damaged. */
  static void reseal(byte[] bytes) {
    for (int at : new int[] {bytes.length - 67, bytes.length - 34, bytes.length - 13}) {
      java.util.zip.Adler32 sum = new java.util.zip.Adler32();
      sum.update(bytes, 0, at);
      BigEndian.putLong(bytes, at, sum.getValue());
    }
  }
}
