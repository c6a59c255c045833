package io.quorate.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the leader decided; applying it can not fail. */
public sealed interface Txn {
  /**
   * create and create2 (type 1 or 15).
   *
   * @param parentCreated the parent's created-children count after it; -1 means one more (old logs)
   */
  record Create(
      ZnodePath path, byte @Nullable [] data, Acl acl, boolean ephemeral, int parentCreated)
      implements Txn {}

  /** createTTL. */
  record CreateTtl(ZnodePath path, byte @Nullable [] data, Acl acl, int parentCreated, long ttlMs)
      implements Txn {}

  /** createContainer. */
  record CreateContainer(ZnodePath path, byte @Nullable [] data, Acl acl, int parentCreated)
      implements Txn {}

  /** delete and deleteContainer. */
  record Delete(ZnodePath path) implements Txn {}

  /** setData and reconfig; {@code version} is the new one. */
  record SetData(ZnodePath path, byte @Nullable [] data, int version) implements Txn {}

  /** setACL; {@code version} is the new ACL version. */
  record SetAcl(ZnodePath path, Acl acl, int version) implements Txn {}

  /** check inside a multi: nothing to apply. */
  record Check(ZnodePath path, int version) implements Txn {}

  /** createSession. */
  record CreateSession(int timeoutMs) implements Txn {}

  /** closeSession; null means every ephemeral of the session (old logs). */
  record CloseSession(@Nullable List<ZnodePath> paths) implements Txn {}

  /** A refused write: nothing to apply. */
  record Error(int code) implements Txn {}

  /** multi; a failed one has an error among its parts and changes nothing. */
  record Multi(List<Part> parts) implements Txn {
    /** Whether it failed, so that its other parts are not to be applied. */
    public boolean failed() {
      for (Part p : parts) {
        if (p.type() == OpCode.ERROR) {
          return true;
        }
      }
      return false;
    }
  }

  /** One operation of a multi. */
  record Part(int type, Txn txn) {}
}
