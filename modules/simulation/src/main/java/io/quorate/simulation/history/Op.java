package io.quorate.simulation.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a simulated client asked. */
public sealed interface Op {
  /** The number that {@link Forbidden} has where a frame is too long to have one. */
  int TOO_LONG = Integer.MIN_VALUE;

  /** The operation number on the wire. */
  int code();

  /** create 1, create2 15, createContainer 19, createTTL 21. */
  record Create(
      int code,
      @Nullable String path,
      byte @Nullable [] data,
      @Nullable List<AclEntry> acl,
      int flags,
      long ttl)
      implements Op {}

  /** delete. */
  record Delete(@Nullable String path, int version) implements Op {
    @Override
    public int code() {
      return 2;
    }
  }

  /** setData. */
  record SetData(@Nullable String path, byte @Nullable [] data, int version) implements Op {
    @Override
    public int code() {
      return 5;
    }
  }

  /** setACL. */
  record SetAcl(@Nullable String path, @Nullable List<AclEntry> acl, int version) implements Op {
    @Override
    public int code() {
      return 7;
    }
  }

  /** check, inside a multi. */
  record Check(@Nullable String path, int version) implements Op {
    @Override
    public int code() {
      return 13;
    }
  }

  /** multi. */
  record Multi(List<Op> ops) implements Op {
    @Override
    public int code() {
      return 14;
    }
  }

  /** multiRead. */
  record MultiRead(List<Op> ops) implements Op {
    @Override
    public int code() {
      return 22;
    }
  }

  /** reconfig. */
  record Reconfig(
      @Nullable String joining, @Nullable String leaving, @Nullable String members, long configId)
      implements Op {
    @Override
    public int code() {
      return 16;
    }
  }

  /** closeSession. */
  record CloseSession() implements Op {
    @Override
    public int code() {
      return -11;
    }
  }

  /** exists. */
  record Exists(@Nullable String path, boolean watch) implements Op {
    @Override
    public int code() {
      return 3;
    }
  }

  /** getData. */
  record GetData(@Nullable String path, boolean watch) implements Op {
    @Override
    public int code() {
      return 4;
    }
  }

  /** getChildren 8, getChildren2 12. */
  record GetChildren(int code, @Nullable String path, boolean watch) implements Op {}

  /** getACL. */
  record GetAcl(@Nullable String path) implements Op {
    @Override
    public int code() {
      return 6;
    }
  }

  /** getAllChildrenNumber. */
  record GetAllChildrenNumber(@Nullable String path) implements Op {
    @Override
    public int code() {
      return 104;
    }
  }

  /** getEphemerals. */
  record GetEphemerals(@Nullable String prefix) implements Op {
    @Override
    public int code() {
      return 103;
    }
  }

  /** whoAmI. */
  record WhoAmI() implements Op {
    @Override
    public int code() {
      return 107;
    }
  }

  /** ping. */
  record Ping() implements Op {
    @Override
    public int code() {
      return 11;
    }
  }

  /** sync. */
  record Sync(String path) implements Op {
    @Override
    public int code() {
      return 9;
    }
  }

  /** setWatches 101 (the last two lists empty), setWatches2 105. */
  record SetWatches(
      int code,
      long relativeZxid,
      List<String> data,
      List<String> exist,
      List<String> child,
      List<String> persistent,
      List<String> recursive)
      implements Op {}

  /** addWatch; mode as on the wire. */
  record AddWatch(String path, int mode) implements Op {
    @Override
    public int code() {
      return 106;
    }
  }

  /** removeWatches; type as on the wire. */
  record RemoveWatches(String path, int type) implements Op {
    @Override
    public int code() {
      return 18;
    }
  }

  /** checkWatches; type as on the wire. */
  record CheckWatches(String path, int type) implements Op {
    @Override
    public int code() {
      return 17;
    }
  }

  /** auth. */
  record Auth(String scheme, byte[] credentials) implements Op {
    @Override
    public int code() {
      return 100;
    }
  }

  /** sasl. */
  record Sasl(byte @Nullable [] token) implements Op {
    @Override
    public int code() {
      return 102;
    }
  }

  /** A known operation whose body can not be decoded. */
  record Malformed(int code, byte[] body) implements Op {}

  /** An operation number that clients may not use: the connection has to go. */
  record Forbidden(int code, byte[] body) implements Op {}

  /** Whether it asks for a transaction. */
  default boolean isWrite() {
    return this instanceof Create
        || this instanceof Delete
        || this instanceof SetData
        || this instanceof SetAcl
        || this instanceof Check
        || this instanceof Multi
        || this instanceof Reconfig
        || this instanceof CloseSession
        || (this instanceof Malformed m && isWriteCode(m.code()));
  }

  /** Whether requests with this number ask for a transaction. */
  static boolean isWriteCode(int code) {
    return switch (code) {
      case 1, 2, 5, 7, 14, 15, 16, 19, 21, -11 -> true;
      default -> false;
    };
  }
}
