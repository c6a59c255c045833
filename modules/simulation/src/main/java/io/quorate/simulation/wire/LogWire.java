package io.quorate.simulation.wire;

import io.quorate.simulation.history.LogEntry;
import io.quorate.simulation.history.LoggedTxn;
import java.util.ArrayList;
import java.util.List;

/**
 * Log records in ZooKeeper's own format (reference section 4.2), read without the server's code.
 */
public final class LogWire {
  private static final int DIGEST_VERSION = 2;

  private LogWire() {}

  /** The record in these bytes. */
  public static LogEntry decode(byte[] record) {
    In in = new In(record);
    long session = in.int64();
    int cxid = in.int32();
    long zxid = in.int64();
    long time = in.int64();
    int type = in.int32();
    LoggedTxn txn = body(type, in, true);
    boolean digested = in.remaining() > 0;
    if (digested && in.int32() != DIGEST_VERSION) {
      throw new WireException("the digest's version is not " + DIGEST_VERSION);
    }
    long digest = digested ? in.int64() : 0;
    in.end();
    return new LogEntry(zxid, session, cxid, time, type, txn, digested, digest);
  }

  private static LoggedTxn body(int type, In in, boolean outermost) {
    return switch (type) {
      case 1, 15 -> new LoggedTxn.Create(in.string(), in.buffer(), in.acl(), in.bool(), in.int32());
      case 21 ->
          new LoggedTxn.CreateTtl(in.string(), in.buffer(), in.acl(), in.int32(), in.int64());
      case 19 -> new LoggedTxn.CreateContainer(in.string(), in.buffer(), in.acl(), in.int32());
      case 2, 20 -> new LoggedTxn.Delete(in.string());
      case 5 -> new LoggedTxn.SetData(in.string(), in.buffer(), in.int32());
      case 7 -> new LoggedTxn.SetAcl(in.string(), in.acl(), in.int32());
      case 13 -> {
        if (outermost) {
          throw new WireException("a check is logged outside a multi");
        }
        yield new LoggedTxn.Check(in.string(), in.int32());
      }
      case -10 -> new LoggedTxn.CreateSession(in.int32());
      case -11 -> new LoggedTxn.CloseSession(in.remaining() == 0 ? null : in.strings());
      case -1 -> new LoggedTxn.Failure(in.int32());
      case 14 -> multi(in);
      default -> throw new WireException("a record has type " + type);
    };
  }

  private static LoggedTxn multi(In in) {
    int n = in.int32();
    List<LoggedTxn.Part> parts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int type = in.int32();
      byte[] body = in.buffer();
      if (body == null) {
        throw new WireException("a part of a multi is null");
      }
      In part = new In(body);
      parts.add(new LoggedTxn.Part(type, body(type, part, false)));
      part.end();
    }
    return new LoggedTxn.Multi(parts);
  }
}
