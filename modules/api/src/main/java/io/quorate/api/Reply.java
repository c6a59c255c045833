package io.quorate.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of an answer to a client. */
public sealed interface Reply {
  /** Nothing but the header. */
  record None() implements Reply {
    public static final None INSTANCE = new None();
  }

  /** A refusal: only the header, with this error. */
  record Refused(ErrorCode error) implements Reply {}

  /** create: the final path. */
  record Created(ZnodePath path) implements Reply {}

  /** create2, createContainer, createTTL: the final path and the new znode's Stat. */
  record CreatedWithStat(ZnodePath path, Znode znode) implements Reply {}

  /** exists, setData, setACL. */
  record OfStat(Znode znode) implements Reply {}

  /** getData. */
  record Data(Znode znode) implements Reply {}

  /** getChildren, and getChildren2 if {@code withStat}. */
  record Children(Znode znode, boolean withStat) implements Reply {}

  /** getACL; the list is masked where the asker may not see hashes. */
  record AclAndStat(Acl acl, Znode znode) implements Reply {}

  /** getAllChildrenNumber. */
  record Count(int number) implements Reply {}

  /** getEphemerals. */
  record Ephemerals(List<ZnodePath> paths) implements Reply {}

  /** sync: the path as asked. */
  record Synced(ZnodePath path) implements Reply {}

  /** addWatch: an error record with 0. */
  record WatchAdded() implements Reply {
    public static final WatchAdded INSTANCE = new WatchAdded();
  }

  /** whoAmI: scheme and user name, never a secret. */
  record Who(List<Identity> users) implements Reply {}

  /** sasl: the server's token, null at the end of some exchanges. */
  record SaslToken(byte @Nullable [] token) implements Reply {}

  /** multi and multiRead. */
  record MultiResult(List<Result> results) implements Reply {}

  /**
   * One result of a multi.
   *
   * @param op the type in its header: create, create2, delete, setData, check, getData,
   *     getChildren; ignored where {@code reply} is {@link Refused}, whose type is error, also with
   *     code OK
   */
  record Result(int op, Reply reply) {}
}
