package io.quorate.jute;

import io.quorate.api.Acl;
import io.quorate.api.NodeDigest;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.TreeWalk;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * Writes one state as Apache's snapshot (reference section 4.3). Two passes over the tree: one
 * finds the access control lists, which stand before the znodes, one writes the znodes.
 */
final class StateWriter {
  static final int MAGIC = 0x5A4B534E; // "ZKSN"
  static final int VERSION = 2;
  static final long DB_ID = -1;

  /** The key of {@link Acl#NONE}. */
  static final long NO_LIST = -1;

  static final byte[] SLASH = {'/'};

  private static final int DRAIN_BYTES = 1 << 17;
  private static final int PERSISTED_STAT_BYTES = 60;

  private final OutputStream out;
  private final Adler32 sum = new Adler32();
  private final WireWriter buffer = new WireWriter(2 * DRAIN_BYTES);
  private final Map<Acl, Long> aclKeys = new LinkedHashMap<>();
  private @Nullable Acl lastAcl;
  private @Nullable Acl keyedAcl;
  private long aclKey;

  StateWriter(OutputStream out) {
    this.out = out;
  }

  void write(TreeView view, boolean digest, boolean lastZxid) throws IOException {
    Znode root = view.find(ZnodePath.ROOT);
    if (root == null) {
      throw new IllegalStateException("a view without a root");
    }
    buffer.putInt(MAGIC);
    buffer.putInt(VERSION);
    buffer.putLong(DB_ID);
    try {
      sessions(view);
      acls(view, root);
      TreeWalk.walk(root, this::znode);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    buffer.putBuffer(SLASH, 0, 1);
    seal();
    if (digest) {
      buffer.putLong(view.zxid());
      buffer.putInt(NodeDigest.VERSION);
      buffer.putLong(view.digest());
      seal();
    }
    if (lastZxid) {
      buffer.putLong(view.zxid());
      seal();
    }
    out.flush();
  }

  private void sessions(TreeView view) {
    buffer.putInt(view.sessionCount());
    view.sessions(
        (id, timeoutMs) -> {
          buffer.putLong(id);
          buffer.putInt(timeoutMs);
          drainIfLong();
        });
  }

  private void acls(TreeView view, Znode root) {
    if (!view.acls(this::add)) {
      TreeWalk.walk(root, (path, length, znode) -> add(znode.acl()));
    }
    buffer.putInt(aclKeys.size());
    for (Map.Entry<Acl, Long> e : aclKeys.entrySet()) {
      buffer.putLong(e.getValue());
      AclWire.write(buffer, e.getKey());
      drainIfLong();
    }
  }

  /** Gives a new list the next number, from 1 on. */
  @SuppressWarnings("ReferenceEquality") // as Acl.NONE says; and neighbours often share a list
  private void add(Acl acl) {
    if (acl != Acl.NONE && acl != lastAcl) {
      aclKeys.putIfAbsent(acl, aclKeys.size() + 1L);
      lastAcl = acl;
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same
  private long key(Acl acl) {
    if (acl == Acl.NONE) {
      return NO_LIST;
    }
    if (acl != keyedAcl) {
      Long key = aclKeys.get(acl);
      if (key == null) {
        throw new IllegalStateException("the view did not tell of the list " + acl);
      }
      keyedAcl = acl;
      aclKey = key;
    }
    return aclKey;
  }

  private void znode(byte[] path, int length, Znode znode) {
    buffer.putBuffer(path, 0, length);
    int dataLength = znode.dataLength();
    if (dataLength < 0) {
      buffer.putInt(-1);
    } else {
      buffer.putBuffer(znode.dataArray(), znode.dataOffset(), dataLength);
    }
    int at = buffer.advance(8 + PERSISTED_STAT_BYTES);
    byte[] a = buffer.array();
    BigEndian.putLong(a, at, key(znode.acl()));
    BigEndian.putLong(a, at + 8, znode.czxid());
    BigEndian.putLong(a, at + 16, znode.mzxid());
    BigEndian.putLong(a, at + 24, znode.ctime());
    BigEndian.putLong(a, at + 32, znode.mtime());
    BigEndian.putInt(a, at + 40, znode.version());
    BigEndian.putInt(a, at + 44, znode.createdChildren());
    BigEndian.putInt(a, at + 48, znode.aversion());
    BigEndian.putLong(a, at + 52, znode.ephemeralOwner());
    BigEndian.putLong(a, at + 60, znode.pzxid());
    drainIfLong();
  }

  /** The checksum of all before it, and a mark; both are part of what later seals sum up. */
  private void seal() throws IOException {
    drain();
    buffer.putLong(sum.getValue());
    buffer.putBuffer(SLASH, 0, 1);
    drain();
  }

  private void drainIfLong() {
    if (buffer.position() >= DRAIN_BYTES) {
      try {
        drain();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void drain() throws IOException {
    sum.update(buffer.array(), 0, buffer.position());
    out.write(buffer.array(), 0, buffer.position());
    buffer.reset();
  }
}
