package io.quorate.codec.kryo;

import io.quorate.api.OpCode;
import io.quorate.api.Txn;

/**
 * Which types go with which transactions. Most have one; where there are two, a bit tells which it
 * is, so the type itself is not written.
 */
final class TxnTypes {
  private static final int NONE = 0;

  private TxnTypes() {}

  /** The type that a transaction mostly has. */
  private static int usual(Txn txn) {
    return switch (txn) {
      case Txn.Create t -> OpCode.CREATE;
      case Txn.CreateTtl t -> OpCode.CREATE_TTL;
      case Txn.CreateContainer t -> OpCode.CREATE_CONTAINER;
      case Txn.Delete t -> OpCode.DELETE;
      case Txn.SetData t -> OpCode.SET_DATA;
      case Txn.SetAcl t -> OpCode.SET_ACL;
      case Txn.Check t -> OpCode.CHECK;
      case Txn.CreateSession t -> OpCode.CREATE_SESSION;
      case Txn.CloseSession t -> OpCode.CLOSE_SESSION;
      case Txn.Error t -> OpCode.ERROR;
      case Txn.Multi t -> OpCode.MULTI;
    };
  }

  /** The type that it has otherwise, or {@link #NONE}. */
  private static int other(Txn txn) {
    return switch (txn) {
      case Txn.Create t -> OpCode.CREATE2;
      case Txn.Delete t -> OpCode.DELETE_CONTAINER;
      case Txn.SetData t -> OpCode.RECONFIG;
      default -> NONE;
    };
  }

  /**
   * Whether the type is the less usual one.
   *
   * @throws IllegalArgumentException if it is neither: nobody could apply that
   */
  static boolean isOther(int type, Txn txn) {
    if (type == usual(txn)) {
      return false;
    }
    if (type == other(txn) && type != NONE) {
      return true;
    }
    throw new IllegalArgumentException("type " + type + " does not go with " + txn.getClass());
  }

  /** The type, or 0 if the transaction has no other one. */
  static int of(boolean other, Txn txn) {
    return other ? other(txn) : usual(txn);
  }

  /** Whether this may stand in a multi. */
  static boolean isPart(int type) {
    return switch (type) {
      case OpCode.CREATE,
          OpCode.CREATE2,
          OpCode.CREATE_CONTAINER,
          OpCode.CREATE_TTL,
          OpCode.DELETE,
          OpCode.DELETE_CONTAINER,
          OpCode.SET_DATA,
          OpCode.CHECK,
          OpCode.ERROR ->
          true;
      default -> false;
    };
  }
}
