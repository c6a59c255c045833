package io.quorate.compat.differential;

import io.quorate.compat.wire.Op;

/**
 * One request of a script.
 *
 * @param xid as sent
 * @param op as sent, known or not
 * @param what for people: path and arguments
 * @param body made when the request is sent, since it may hold a zxid of the run
 */
public record Request(int xid, int op, String what, Body body) {
  /** The bytes after the request header. */
  public interface Body {
    byte[] bytes(Run run);
  }

  public static Request of(int xid, int op, String what, byte[] body) {
    return new Request(xid, op, what, run -> body);
  }

  @Override
  public String toString() {
    return Op.name(op) + "#" + xid + "(" + what + ")";
  }
}
