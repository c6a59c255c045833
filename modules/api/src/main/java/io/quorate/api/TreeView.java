package io.quorate.api;

import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The whole state at one zxid: znodes, sessions, digest. Immutable, except for {@link
 * TreeStore#head}, which moves with the store.
 */
public interface TreeView {
  /** The last transaction that this state contains. */
  long zxid();

  /** The znode with this path, or null. "" and "/" both find the root. */
  @Nullable Znode find(ZnodePath path);

  /** How many znodes there are, the root counted once. */
  long nodeCount();

  /** Sum of path and data lengths, in bytes. */
  long dataSize();

  /** The tree digest (reference section 4.4), 0 where digests are off. */
  long digest();

  /** How many ephemeral znodes there are. */
  int ephemeralCount();

  /** Calls for each ephemeral znode of this session. */
  void ephemerals(long sessionId, Consumer<ZnodePath> each);

  /** Calls for each session that owns at least one ephemeral znode. */
  void ephemeralOwners(LongConsumer each);

  /** Calls for each container znode. */
  void containers(Consumer<ZnodePath> each);

  /** Calls for each znode with a time to live. */
  void ttlNodes(Consumer<ZnodePath> each);

  /**
   * Calls once for each list that a znode has, and perhaps for some that none has any more, if this
   * view knows them without a visit to every znode. Codecs need them before the znodes.
   *
   * @return whether it knows them; if not, it has called for none
   */
  default boolean acls(Consumer<Acl> each) {
    return false;
  }

  /** How many global sessions there are. */
  int sessionCount();

  /** Calls for each global session. */
  void sessions(SessionVisitor each);

  /** Takes one session. */
  @FunctionalInterface
  interface SessionVisitor {
    /** The session's id and its negotiated timeout in ms. */
    void session(long id, int timeoutMs);
  }
}
