package io.quorate.jute;

import io.quorate.api.Acl;
import io.quorate.api.Identity;
import io.quorate.api.Stat;
import io.quorate.api.ZnodePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a server's message as a client sees it. Unlike {@link io.quorate.api.Reply}, which
 * refers to znodes in a server's tree, these are plain copies.
 */
@SuppressWarnings("ArrayRecordComponent") // messages, never compared
public sealed interface ServerReply {
  /** The header of every message but the first. xid -1 marks a watch event. */
  record Header(int xid, long zxid, int err) {
    /** Its length, in bytes. */
    public static final int BYTES = 16;
  }

  /**
   * The first message.
   *
   * @param timeoutMs the negotiated timeout; 0 or less: the session is rejected
   * @param password empty where the server sent null
   */
  record Connected(int timeoutMs, long sessionId, byte[] password, boolean readOnly)
      implements ServerReply {}

  /** No body. */
  record Nothing() implements ServerReply {
    public static final Nothing INSTANCE = new Nothing();
  }

  /** create (the final path) and sync. */
  record Path(ZnodePath path) implements ServerReply {}

  /** create2, createContainer, createTTL. */
  record PathAndStat(ZnodePath path, Stat stat) implements ServerReply {}

  /** exists, setData, setACL. */
  record StatOnly(Stat stat) implements ServerReply {}

  /** getData and reconfig. */
  record Data(byte @Nullable [] data, Stat stat) implements ServerReply {}

  /** getACL. */
  record AclAndStat(Acl acl, Stat stat) implements ServerReply {}

  /** getChildren (without Stat) and getChildren2: names; getEphemerals: paths. */
  record Names(List<ZnodePath> names, @Nullable Stat stat) implements ServerReply {}

  /** getAllChildrenNumber; addWatch and the results of a multi that failed: an error. */
  record Count(int number) implements ServerReply {}

  /** whoAmI. */
  record Who(List<Identity> users) implements ServerReply {}

  /** sasl. */
  record Token(byte @Nullable [] token) implements ServerReply {}

  /** multi and multiRead. */
  record Results(List<Result> results) implements ServerReply {}

  /**
   * One result of a multi.
   *
   * @param type the operation, or -1 for an error
   * @param err the error, 0 for none
   */
  record Result(int type, int err, ServerReply body) {}

  /**
   * A watch event.
   *
   * @param type as {@link io.quorate.api.EventType#code}
   * @param state the connection's state, 3 for connected
   */
  record Event(int type, int state, ZnodePath path) implements ServerReply {}
}
