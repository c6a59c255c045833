package io.quorate.jute;

import io.quorate.api.Acl;
import io.quorate.api.LoadedZnode;
import io.quorate.api.TreeStore;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.LoadOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one state as Apache wrote it (reference section 4.3) into an empty store. */
final class StateReader {
  /** Grants nothing: for a list that a fuzzy snapshot refers to and lacks. */
  private static final Acl UNKNOWN = new Acl(List.of(new Acl.Entry(0, "world", "anyone")));

  private static final int SEAL_BYTES = 13;
  private static final int LAST_ZXID_BYTES = 8 + SEAL_BYTES;

  /** More than any two parts behind the znodes take. */
  private static final int TAIL_BYTES = 1024;

  private final StateInput in;
  private final TreeStore into;
  private final Map<Long, Acl> acls = new HashMap<>();

  StateReader(StateInput in, TreeStore into) {
    this.in = in;
    this.into = into;
  }

  Codec.StateInfo read() throws IOException {
    header();
    sessions();
    acls();
    znodes();
    checkSeal();
    return tail();
  }

  private void header() throws IOException {
    int magic = in.readInt("the magic number");
    if (magic != StateWriter.MAGIC) {
      throw in.bad("it begins with 0x" + Integer.toHexString(magic), 0);
    }
    int version = in.readInt("the version");
    if (version != StateWriter.VERSION) {
      throw in.bad("version " + version, 4);
    }
    in.readLong("the database id");
  }

  private int count(String what) throws IOException {
    long at = in.offset();
    int n = in.readInt("the number of " + what);
    if (n < 0) {
      throw in.bad(n + " " + what, at);
    }
    return n;
  }

  private void sessions() throws IOException {
    for (int n = count("sessions"); n > 0; n--) {
      long id = in.readLong("a session");
      into.putSession(id, in.readInt("a session"));
    }
  }

  private void acls() throws IOException {
    for (int n = count("access control lists"); n > 0; n--) {
      long key = in.readLong("the key of an access control list");
      List<Acl.Entry> entries = new ArrayList<>();
      for (int k = count("entries of an access control list"); k > 0; k--) {
        int perms = in.readInt("permissions");
        entries.add(new Acl.Entry(perms, text("a scheme"), text("an id")));
      }
      Acl acl = new Acl(entries);
      acls.put(key, acl.equals(Acl.OPEN) ? Acl.OPEN : acl);
    }
  }

  private String text(String what) throws IOException {
    byte[] utf8 = in.readBuffer(what);
    return utf8 == null ? "" : Utf8.decode(utf8, 0, utf8.length);
  }

  private void znodes() throws IOException {
    long at = in.offset();
    byte[] path = in.readBuffer("a path");
    if (path == null || path.length > 0) {
      throw in.bad("the first znode is not the root", at);
    }
    znode(ZnodePath.ROOT);
    LoadOrder order = new LoadOrder(into);
    while (true) {
      at = in.offset();
      path = in.readBuffer("a path");
      if (path == null) {
        throw in.bad("a null path", at);
      }
      if (path.length == 1 && path[0] == '/') {
        return;
      }
      ZnodePath znode = ZnodePath.wrap(path);
      String problem = order.problem(znode);
      if (problem != null) {
        throw in.bad(problem, at);
      }
      try {
        znode(znode);
      } catch (IllegalStateException e) {
        CodecException bad = in.bad("\"" + znode + "\" does not fit into the tree", at);
        bad.initCause(e); // such as a znode that is there twice
        throw bad;
      }
    }
  }

  private void znode(ZnodePath path) throws IOException {
    byte[] data = in.readBuffer("data");
    Acl acl = acl(in.readLong("the key of an access control list"));
    long czxid = in.readLong("a Stat");
    long mzxid = in.readLong("a Stat");
    long ctime = in.readLong("a Stat");
    long mtime = in.readLong("a Stat");
    int version = in.readInt("a Stat");
    int createdChildren = in.readInt("a Stat");
    int aversion = in.readInt("a Stat");
    long owner = in.readLong("a Stat");
    long pzxid = in.readLong("a Stat");
    into.load(
        new LoadedZnode(
            path,
            data,
            acl,
            czxid,
            mzxid,
            pzxid,
            ctime,
            mtime,
            version,
            createdChildren,
            aversion,
            owner));
  }

  private Acl acl(long key) {
    if (key == StateWriter.NO_LIST) {
      return Acl.NONE;
    }
    Acl acl = acls.get(key);
    return acl == null ? UNKNOWN : acl;
  }

  private void checkSeal() throws IOException {
    long at = in.offset();
    long sum = in.checksum();
    long recorded = in.readLong("a checksum");
    if (recorded != sum) {
      throw in.bad(
          "checksum "
              + Long.toHexString(recorded)
              + " where the bytes before it give "
              + Long.toHexString(sum),
          at);
    }
    byte[] mark = in.readBuffer("a seal");
    if (!Arrays.equals(mark, StateWriter.SLASH)) {
      throw in.bad("no seal", at + 8);
    }
  }

  /** Both parts may be missing; the one that is there is told by what is left. */
  private Codec.StateInfo tail() throws IOException {
    long digestZxid = -1;
    int digestVersion = 0;
    long digest = 0;
    int left = in.available(TAIL_BYTES);
    if (left != 0 && left != LAST_ZXID_BYTES) {
      digestZxid = in.readLong("the digest's zxid");
      digestVersion = in.readInt("the digest's version");
      digest = digestVersion < 2 ? textDigest() : in.readLong("the digest");
      checkSeal();
      if (digestZxid == 0 && digest == 0) {
        digestZxid = -1; // Apache's way to say that it had none
        digestVersion = 0;
      }
    }
    long lastZxid = -1;
    if (in.available(TAIL_BYTES) != 0) {
      lastZxid = in.readLong("the last zxid");
      checkSeal();
    }
    if (in.available(1) != 0) {
      throw in.bad("bytes behind its end", in.offset());
    }
    return new Codec.StateInfo(lastZxid, digestZxid, digestVersion, digest);
  }

  /** Version 1 wrote hexadecimal text. Its value is of no use to later versions. */
  private long textDigest() throws IOException {
    long at = in.offset();
    String hex = text("the digest");
    try {
      return hex.isEmpty() ? 0 : Long.parseUnsignedLong(hex, 16);
    } catch (NumberFormatException e) {
      CodecException bad = in.bad("the digest \"" + hex + "\"", at);
      bad.initCause(e);
      throw bad;
    }
  }
}
