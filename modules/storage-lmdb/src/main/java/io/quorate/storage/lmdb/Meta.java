package io.quorate.storage.lmdb;

import io.quorate.api.EphemeralOwner;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a state in a file says of itself; changed in the one transaction that changes the state.
 *
 * @param installation counts the files that took the place of another; the newest counts
 * @param encoding how owners were read when ephemerals were counted
 * @param digests whether the digest was kept
 * @param history the zxids of the last checkpoints, this one the last
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Meta(
    long zxid,
    long nodes,
    long dataSize,
    long digest,
    long longPaths,
    int ephemerals,
    int sessions,
    long installation,
    EphemeralOwner.Encoding encoding,
    boolean digests,
    long[] history) {
  /** The version of keys and records that this program writes and reads. */
  static final int VERSION = 1;

  private static final int MAGIC = 0x514c4d31; // "QLM1"
  private static final int MAX_HISTORY = 100;
  private static final int FIXED_BYTES = 4 + 4 + 6 * 8 + 2 * 4 + 2 + 4;

  static Meta of(State s, boolean digests, long installation, long[] earlier) {
    long[] history = Arrays.copyOf(earlier, earlier.length + 1);
    history[earlier.length] = s.zxid;
    int from = Math.max(0, history.length - MAX_HISTORY);
    return new Meta(
        s.zxid,
        s.nodes,
        s.dataSize,
        s.digest,
        s.longPaths,
        s.ephemerals,
        s.sessions,
        installation,
        s.encoding,
        digests,
        Arrays.copyOfRange(history, from, history.length));
  }

  byte[] encode() {
    ByteBuffer b = ByteBuffer.allocate(FIXED_BYTES + 8 * history.length);
    b.putInt(MAGIC).putInt(VERSION);
    b.putLong(zxid).putLong(nodes).putLong(dataSize).putLong(digest).putLong(longPaths);
    b.putInt(ephemerals).putInt(sessions);
    b.putLong(installation);
    b.put((byte) encoding.ordinal()).put((byte) (digests ? 1 : 0));
    b.putInt(history.length);
    for (long z : history) {
      b.putLong(z);
    }
    return b.array();
  }

  /**
   * The other way round.
   *
   * @throws Records.Damaged if it is of another version, or nothing that this ever wrote
   */
  static Meta decode(byte[] bytes) {
    ByteBuffer b = ByteBuffer.wrap(bytes);
    if (bytes.length < 8 || b.getInt() != MAGIC) {
      throw new Records.Damaged("something else than a tree of Quorate");
    }
    int version = b.getInt();
    if (version != VERSION) {
      throw new Records.Damaged(
          "format version " + version + ", where this program reads version " + VERSION);
    }
    if (bytes.length < FIXED_BYTES) {
      throw new Records.Damaged("a state without its description");
    }
    long zxid = b.getLong();
    long nodes = b.getLong();
    long dataSize = b.getLong();
    long digest = b.getLong();
    long longPaths = b.getLong();
    int ephemerals = b.getInt();
    int sessions = b.getInt();
    long installation = b.getLong();
    int encoding = b.get();
    boolean digests = b.get() != 0;
    int count = b.getInt();
    if (count < 0 || count > MAX_HISTORY || b.remaining() != 8 * count) {
      throw new Records.Damaged("a state without its history");
    }
    long[] history = new long[count];
    for (int i = 0; i < count; i++) {
      history[i] = b.getLong();
    }
    return new Meta(
        zxid,
        nodes,
        dataSize,
        digest,
        longPaths,
        ephemerals,
        sessions,
        installation,
        EphemeralOwner.Encoding.values()[encoding],
        digests,
        history);
  }
}
