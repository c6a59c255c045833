package io.quorate.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client asked. Arrays are not copied and must not be changed. */
public sealed interface Request {
  /** The operation number. */
  int op();

  /** Changes something: becomes a transaction. */
  sealed interface Write extends Request {}

  /** Is answered from one view and changes nothing, unless it sets a watch. */
  sealed interface Read extends Request {
    /** Whether it also sets a watch. */
    default boolean setsWatch() {
      return false;
    }
  }

  /** Concerns the connection's watches or its place in the order of commits. */
  sealed interface Local extends Request {}

  /**
   * create, create2, createContainer and createTTL.
   *
   * @param op the operation number, which decides the reply's form
   * @param acl null where the client sent a null list
   * @param flags as on the wire
   * @param ttlMs 0 unless createTTL
   */
  record Create(
      int op, ZnodePath path, byte @Nullable [] data, @Nullable Acl acl, int flags, long ttlMs)
      implements Write {}

  /** delete; version -1 means any. */
  record Delete(ZnodePath path, int version) implements Write {
    @Override
    public int op() {
      return OpCode.DELETE;
    }
  }

  /** setData; version -1 means any. */
  record SetData(ZnodePath path, byte @Nullable [] data, int version) implements Write {
    @Override
    public int op() {
      return OpCode.SET_DATA;
    }
  }

  /** setACL; version is compared with the ACL version. */
  record SetAcl(ZnodePath path, @Nullable Acl acl, int version) implements Write {
    @Override
    public int op() {
      return OpCode.SET_ACL;
    }
  }

  /** check: only inside multi. */
  record Check(ZnodePath path, int version) implements Write {
    @Override
    public int op() {
      return OpCode.CHECK;
    }
  }

  /** multi: all or nothing; holds create, delete, setData and check. */
  record Multi(List<Write> ops) implements Write {
    @Override
    public int op() {
      return OpCode.MULTI;
    }
  }

  /** reconfig. */
  record Reconfig(
      @Nullable String joining, @Nullable String leaving, @Nullable String members, long configId)
      implements Write {
    @Override
    public int op() {
      return OpCode.RECONFIG;
    }
  }

  /** closeSession. */
  record CloseSession() implements Write {
    @Override
    public int op() {
      return OpCode.CLOSE_SESSION;
    }
  }

  /** deleteContainer: from the server's own sweep only. */
  record DeleteContainer(ZnodePath path) implements Write {
    @Override
    public int op() {
      return OpCode.DELETE_CONTAINER;
    }
  }

  /**
   * A request whose body could not be decoded; answered with MARSHALLING_ERROR.
   *
   * @param write whether it becomes a failed transaction all the same, as a multi does
   */
  record Undecodable(int op, boolean write) implements Write {}

  /** exists. */
  record Exists(ZnodePath path, boolean watch) implements Read {
    @Override
    public int op() {
      return OpCode.EXISTS;
    }

    @Override
    public boolean setsWatch() {
      return watch;
    }
  }

  /** getData. */
  record GetData(ZnodePath path, boolean watch) implements Read {
    @Override
    public int op() {
      return OpCode.GET_DATA;
    }

    @Override
    public boolean setsWatch() {
      return watch;
    }
  }

  /** getChildren and, with the Stat in its reply, getChildren2. */
  record GetChildren(int op, ZnodePath path, boolean watch) implements Read {
    @Override
    public boolean setsWatch() {
      return watch;
    }
  }

  /** getACL. */
  record GetAcl(ZnodePath path) implements Read {
    @Override
    public int op() {
      return OpCode.GET_ACL;
    }
  }

  /** getAllChildrenNumber. */
  record GetAllChildrenNumber(ZnodePath path) implements Read {
    @Override
    public int op() {
      return OpCode.GET_ALL_CHILDREN_NUMBER;
    }
  }

  /** getEphemerals of the asking session below a prefix; null means all. */
  record GetEphemerals(@Nullable ZnodePath prefix) implements Read {
    @Override
    public int op() {
      return OpCode.GET_EPHEMERALS;
    }
  }

  /** multiRead: getData and getChildren, watches ignored. */
  record MultiRead(List<Read> ops) implements Read {
    @Override
    public int op() {
      return OpCode.MULTI_READ;
    }
  }

  /** whoAmI. */
  record WhoAmI() implements Read {
    @Override
    public int op() {
      return OpCode.WHO_AM_I;
    }
  }

  /** ping. */
  record Ping() implements Read {
    @Override
    public int op() {
      return OpCode.PING;
    }
  }

  /** sync: answered once everything before it is committed. */
  record Sync(ZnodePath path) implements Local {
    @Override
    public int op() {
      return OpCode.SYNC;
    }
  }

  /** setWatches and setWatches2 after a reconnect. */
  record SetWatches(
      int op,
      long relativeZxid,
      List<ZnodePath> data,
      List<ZnodePath> exist,
      List<ZnodePath> child,
      List<ZnodePath> persistent,
      List<ZnodePath> recursive)
      implements Local {}

  /** addWatch. */
  record AddWatch(ZnodePath path, WatchKind kind) implements Local {
    @Override
    public int op() {
      return OpCode.ADD_WATCH;
    }
  }

  /** removeWatches. */
  record RemoveWatches(ZnodePath path, WatcherType type) implements Local {
    @Override
    public int op() {
      return OpCode.REMOVE_WATCHES;
    }
  }

  /** checkWatches. */
  record CheckWatches(ZnodePath path, WatcherType type) implements Local {
    @Override
    public int op() {
      return OpCode.CHECK_WATCHES;
    }
  }

  /** auth: handled on the connection. */
  record Auth(String scheme, byte[] credentials) implements Local {
    @Override
    public int op() {
      return OpCode.AUTH;
    }
  }

  /** sasl: handled on the connection; a null token is sent as an empty one. */
  record Sasl(byte @Nullable [] token) implements Local {
    @Override
    public int op() {
      return OpCode.SASL;
    }
  }
}
