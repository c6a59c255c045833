package io.quorate.jute;

import io.quorate.api.ChildList;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.ErrorCode;
import io.quorate.api.Identity;
import io.quorate.api.OpCode;
import io.quorate.api.Reply;
import io.quorate.api.WatchEvent;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.List;

/**
 * Writes what a server sends to clients; each method writes one whole frame. Holds no state but its
 * configuration: any number of threads may use it, each with its own {@link WireWriter}.
 *
 * <p>Source: reference sections 1.3, 1.4, 1.6, 1.8 and 1.9.
 */
public final class ReplyEncoder {
  /** Length of the password in every ConnectResponse; the C client reads a fixed size. */
  public static final int PASSWORD_BYTES = 16;

  /** The frame's length and the reply header. */
  private static final int HEADER_BYTES = 20;

  private static final int STAT_BYTES = 68;
  private static final int SYNC_CONNECTED = 3;

  private final EphemeralOwner.Encoding encoding;

  /** An encoder that tells the owners of ephemerals from TTLs in this way. */
  public ReplyEncoder(EphemeralOwner.Encoding encoding) {
    this.encoding = encoding;
  }

  /**
   * Writes a ConnectResponse.
   *
   * @param timeoutMs the negotiated timeout; 0 rejects the session, then with session id 0 and a
   *     password of zeros
   * @param password16 the session's password, {@link #PASSWORD_BYTES} long
   * @param withReadOnlyByte whether the request carried that byte
   * @throws IllegalArgumentException if the password has another length; nothing is written
   */
  public void connectResponse(
      WireWriter out,
      int timeoutMs,
      long sessionId,
      byte[] password16,
      boolean readOnly,
      boolean withReadOnlyByte) {
    if (password16.length != PASSWORD_BYTES) {
      throw new IllegalArgumentException("password of " + password16.length + " bytes");
    }
    int frame = out.beginFrame();
    out.putInt(0);
    out.putInt(timeoutMs);
    out.putLong(sessionId);
    out.putBuffer(password16, 0, PASSWORD_BYTES);
    if (withReadOnlyByte) {
      out.putBoolean(readOnly);
    }
    out.endFrame(frame);
  }

  /**
   * Writes a reply: its header, with the error of a {@link Reply.Refused} or 0, and its body.
   *
   * @param zxid the last transaction that this reply reflects
   */
  public void reply(WireWriter out, int xid, long zxid, Reply reply) {
    int err = reply instanceof Reply.Refused r ? r.error().code() : 0;
    int frame = header(out, xid, zxid, err);
    body(out, reply);
    out.endFrame(frame);
  }

  /**
   * Writes the answer to a SASL token that was refused. Unlike other refusals it has a body, an
   * empty token: clients read that, not the error.
   */
  public void saslRefused(WireWriter out, int xid, ErrorCode error) {
    int frame = header(out, xid, 0, error.code());
    out.putBuffer(null);
    out.endFrame(frame);
  }

  /** Writes a watch event: xid -1, state SyncConnected. */
  public void event(WireWriter out, WatchEvent event) {
    byte[] path = event.path().bytes();
    int frame = header(out, -1, event.zxid(), 0);
    int at = out.advance(8);
    byte[] a = out.array();
    BigEndian.putInt(a, at, event.type().code());
    BigEndian.putInt(a, at + 4, SYNC_CONNECTED);
    out.putBuffer(path, 0, path.length);
    out.endFrame(frame);
  }

  /** Writes the header of a frame and reserves its length. Returns the mark. */
  private static int header(WireWriter out, int xid, long zxid, int err) {
    int at = out.advance(HEADER_BYTES);
    byte[] a = out.array();
    BigEndian.putInt(a, at + 4, xid);
    BigEndian.putLong(a, at + 8, zxid);
    BigEndian.putInt(a, at + 16, err);
    return at;
  }

  private void body(WireWriter out, Reply reply) {
    if (reply instanceof Reply.Data r) {
      data(out, r.znode());
    } else if (reply instanceof Reply.OfStat r) {
      stat(out, r.znode());
    } else if (reply instanceof Reply.Created r) {
      out.putPath(r.path());
    } else if (reply instanceof Reply.CreatedWithStat r) {
      out.putPath(r.path());
      stat(out, r.znode());
    } else if (reply instanceof Reply.Children r) {
      children(out, r);
    } else if (reply instanceof Reply.MultiResult r) {
      multi(out, r.results());
    } else if (!(reply instanceof Reply.None || reply instanceof Reply.Refused)) {
      rareBody(out, reply);
    }
  }

  private void rareBody(WireWriter out, Reply reply) {
    if (reply instanceof Reply.AclAndStat r) {
      AclWire.write(out, r.acl());
      stat(out, r.znode());
    } else if (reply instanceof Reply.Count r) {
      out.putInt(r.number());
    } else if (reply instanceof Reply.Ephemerals r) {
      paths(out, r.paths());
    } else if (reply instanceof Reply.Synced r) {
      out.putPath(r.path());
    } else if (reply instanceof Reply.WatchAdded) {
      out.putInt(0);
    } else if (reply instanceof Reply.Who r) {
      who(out, r.users());
    } else if (reply instanceof Reply.SaslToken r) {
      out.putBuffer(r.token());
    } else {
      throw new IllegalStateException("no encoding for " + reply.getClass());
    }
  }

  private void data(WireWriter out, Znode znode) {
    int n = znode.dataLength();
    if (n < 0) {
      out.putInt(-1);
      stat(out, znode);
      return;
    }
    int at = out.advance(4 + n + STAT_BYTES);
    byte[] a = out.array();
    BigEndian.putInt(a, at, n);
    System.arraycopy(znode.dataArray(), znode.dataOffset(), a, at + 4, n);
    stat(a, at + 4 + n, znode, n);
  }

  private void children(WireWriter out, Reply.Children reply) {
    Znode znode = reply.znode();
    ChildList children = znode.children();
    out.putInt(children.size());
    children.forEach(out.childNames);
    if (reply.withStat()) {
      stat(out, znode);
    }
  }

  private void stat(WireWriter out, Znode znode) {
    int at = out.advance(STAT_BYTES);
    stat(out.array(), at, znode, Math.max(0, znode.dataLength()));
  }

  /** Straight from the znode: a Stat object per read would be the largest garbage of a read. */
  private void stat(byte[] a, int at, Znode znode, int dataLength) {
    BigEndian.putLong(a, at, znode.czxid());
    BigEndian.putLong(a, at + 8, znode.mzxid());
    BigEndian.putLong(a, at + 16, znode.ctime());
    BigEndian.putLong(a, at + 24, znode.mtime());
    BigEndian.putInt(a, at + 32, znode.version());
    BigEndian.putInt(a, at + 36, znode.cversion());
    BigEndian.putInt(a, at + 40, znode.aversion());
    BigEndian.putLong(a, at + 44, EphemeralOwner.visible(znode.ephemeralOwner(), encoding));
    BigEndian.putInt(a, at + 52, dataLength);
    BigEndian.putInt(a, at + 56, znode.childCount());
    BigEndian.putLong(a, at + 60, znode.pzxid());
  }

  static void paths(WireWriter out, List<ZnodePath> paths) {
    int n = paths.size();
    out.putInt(n);
    for (int i = 0; i < n; i++) {
      out.putPath(paths.get(i));
    }
  }

  private static void who(WireWriter out, List<Identity> users) {
    out.putInt(users.size());
    for (Identity user : users) {
      out.putString(user.scheme());
      out.putString(user.id());
    }
  }

  private void multi(WireWriter out, List<Reply.Result> results) {
    for (int i = 0; i < results.size(); i++) {
      Reply.Result result = results.get(i);
      Reply reply = result.reply();
      if (reply instanceof Reply.Refused r) {
        int code = r.error().code();
        multiHeader(out, OpCode.ERROR, false, code);
        out.putInt(code);
      } else {
        multiHeader(out, resultType(result.op()), false, 0);
        body(out, reply);
      }
    }
    multiHeader(out, -1, true, -1);
  }

  /** createContainer and createTTL come back as create2 (trap A-6). */
  private static int resultType(int op) {
    return op == OpCode.CREATE_CONTAINER || op == OpCode.CREATE_TTL ? OpCode.CREATE2 : op;
  }

  static void multiHeader(WireWriter out, int type, boolean done, int err) {
    int at = out.advance(9);
    byte[] a = out.array();
    BigEndian.putInt(a, at, type);
    a[at + 4] = (byte) (done ? 1 : 0);
    BigEndian.putInt(a, at + 5, err);
  }
}
