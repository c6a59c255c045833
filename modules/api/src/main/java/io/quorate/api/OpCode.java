package io.quorate.api;

/** ZooKeeper's operation numbers, on the wire and as transaction types. */
public final class OpCode {
  public static final int NOTIFICATION = 0;
  public static final int CREATE = 1;
  public static final int DELETE = 2;
  public static final int EXISTS = 3;
  public static final int GET_DATA = 4;
  public static final int SET_DATA = 5;
  public static final int GET_ACL = 6;
  public static final int SET_ACL = 7;
  public static final int GET_CHILDREN = 8;
  public static final int SYNC = 9;
  public static final int PING = 11;
  public static final int GET_CHILDREN2 = 12;
  public static final int CHECK = 13;
  public static final int MULTI = 14;
  public static final int CREATE2 = 15;
  public static final int RECONFIG = 16;
  public static final int CHECK_WATCHES = 17;
  public static final int REMOVE_WATCHES = 18;
  public static final int CREATE_CONTAINER = 19;
  public static final int DELETE_CONTAINER = 20;
  public static final int CREATE_TTL = 21;
  public static final int MULTI_READ = 22;
  public static final int AUTH = 100;
  public static final int SET_WATCHES = 101;
  public static final int SASL = 102;
  public static final int GET_EPHEMERALS = 103;
  public static final int GET_ALL_CHILDREN_NUMBER = 104;
  public static final int SET_WATCHES2 = 105;
  public static final int ADD_WATCH = 106;
  public static final int WHO_AM_I = 107;
  public static final int CREATE_SESSION = -10;
  public static final int CLOSE_SESSION = -11;
  public static final int ERROR = -1;

  private OpCode() {}

  /** The four-letter name that the {@code cons} word prints as the last operation. */
  public static String shortName(int op) {
    switch (op) {
      case PING:
        return "PING";
      case CREATE_SESSION:
        return "SESS";
      case MULTI:
        return "MULT";
      case MULTI_READ:
        return "MLTR";
      case CREATE:
      case CREATE2:
      case CREATE_CONTAINER:
      case CREATE_TTL:
        return "CREA";
      case DELETE:
      case DELETE_CONTAINER:
        return "DELE";
      case SET_DATA:
        return "SETD";
      case RECONFIG:
        return "RECO";
      case SET_ACL:
        return "SETA";
      case CLOSE_SESSION:
        return "CLOS";
      case SYNC:
        return "SYNC";
      case CHECK:
        return "CHEC";
      case EXISTS:
        return "EXIS";
      case GET_DATA:
        return "GETD";
      case SET_WATCHES:
        return "SETW";
      case SET_WATCHES2:
        return "STW2";
      case ADD_WATCH:
        return "ADDW";
      case GET_ACL:
        return "GETA";
      case GET_CHILDREN:
      case GET_CHILDREN2:
        return "GETC";
      case GET_ALL_CHILDREN_NUMBER:
        return "GETACN";
      case CHECK_WATCHES:
        return "CHKW";
      case REMOVE_WATCHES:
        return "REMW";
      case WHO_AM_I:
        return "HOMI";
      case GET_EPHEMERALS:
        return "GETE";
      default:
        return "NA";
    }
  }
}
