package io.quorate.simulation.check;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Op;

/** Short texts for messages and traces. */
public final class Texts {
  private static final int LIMIT = 300;

  private Texts() {}

  /** A request in one line. */
  public static String of(Op op) {
    return switch (op) {
      case Op.Create c ->
          "create"
              + (c.code() == 1 ? "" : ":" + c.code())
              + " "
              + c.path()
              + " flags "
              + c.flags()
              + (c.code() == 21 ? " ttl " + c.ttl() : "")
              + " data "
              + size(c.data())
              + " acl "
              + c.acl();
      case Op.SetData s -> "setData " + s.path() + " v" + s.version() + " data " + size(s.data());
      case Op.Multi m -> "multi " + m.ops().stream().map(Texts::of).toList();
      case Op.MultiRead m -> "multiRead " + m.ops().stream().map(Texts::of).toList();
      case Op.Auth a ->
          "auth "
              + a.scheme()
              + " "
              + new String(a.credentials(), java.nio.charset.StandardCharsets.UTF_8);
      case Op.Malformed m -> "malformed op " + m.code() + " of " + m.body().length + " bytes";
      case Op.Forbidden f -> "forbidden op " + f.code();
      default -> cut(op.toString());
    };
  }

  /** An answer in one line. */
  public static String of(Answer a) {
    return a instanceof Answer.Data d
        ? "Data[" + text(d.data()) + ", " + d.stat() + "]"
        : cut(a.toString());
  }

  static String hex(long v) {
    return "0x" + Long.toHexString(v);
  }

  static String text(byte @org.jspecify.annotations.Nullable [] data) {
    return data == null ? "null" : cut(new String(data, java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String size(byte @org.jspecify.annotations.Nullable [] data) {
    return data == null ? "null" : data.length + " bytes";
  }

  private static String cut(String s) {
    return s.length() <= LIMIT ? s : s.substring(0, LIMIT) + "…";
  }
}
