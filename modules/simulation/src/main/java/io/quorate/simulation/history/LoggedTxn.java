package io.quorate.simulation.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of one transaction in the log. */
public sealed interface LoggedTxn {
  /** Types 1 and 15. */
  record Create(
      String path,
      byte @Nullable [] data,
      List<AclEntry> acl,
      boolean ephemeral,
      int parentCversion)
      implements LoggedTxn {}

  /** Type 21. */
  record CreateTtl(
      String path, byte @Nullable [] data, List<AclEntry> acl, int parentCversion, long ttl)
      implements LoggedTxn {}

  /** Type 19. */
  record CreateContainer(
      String path, byte @Nullable [] data, List<AclEntry> acl, int parentCversion)
      implements LoggedTxn {}

  /** Types 2 and 20. */
  record Delete(String path) implements LoggedTxn {}

  /** Type 5. */
  record SetData(String path, byte @Nullable [] data, int version) implements LoggedTxn {}

  /** Type 7. */
  record SetAcl(String path, List<AclEntry> acl, int version) implements LoggedTxn {}

  /** Type 13, inside a multi. */
  record Check(String path, int version) implements LoggedTxn {}

  /** Type -10. */
  record CreateSession(int timeout) implements LoggedTxn {}

  /** Type -11. */
  record CloseSession(@Nullable List<String> paths) implements LoggedTxn {}

  /** Type -1. */
  record Failure(int code) implements LoggedTxn {}

  /** Type 14. */
  record Multi(List<Part> parts) implements LoggedTxn {
    /** Whether any part is a failure, so that nothing of it applies. */
    public boolean failed() {
      return parts.stream().anyMatch(p -> p.txn() instanceof Failure);
    }
  }

  /** One part of a multi. */
  record Part(int type, LoggedTxn txn) {}
}
