package io.quorate.compat.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A session over one raw connection, with blocking calls for set-up and inspection. Not safe for
 * several threads.
 */
public final class WireSession implements AutoCloseable {
  private static final int TIMEOUT_MS = 30_000;

  private final RawConnection connection;
  private final long id;
  private final byte[] password;
  private int xid;

  /** A reply: its header, and a reader that stands at the body. */
  public record Reply(int xid, long zxid, int error, JuteIn body) {}

  private WireSession(RawConnection connection, long id, byte[] password) {
    this.connection = connection;
    this.id = id;
    this.password = password;
  }

  /** A new session. */
  public static WireSession open(InetSocketAddress address, int sessionTimeoutMs)
      throws IOException {
    WireSession session = attach(address, sessionTimeoutMs, 0, new byte[16], 0);
    if (session == null) {
      throw new IOException("the server refuses a new session");
    }
    return session;
  }

  /**
   * Attaches to a session.
   *
   * @return null if the server says that there is no such session
   * @throws IOException if the server closes without an answer
   */
  public static WireSession attach(
      InetSocketAddress address, int sessionTimeoutMs, long id, byte[] password, long lastZxid)
      throws IOException {
    RawConnection connection = new RawConnection(address, TIMEOUT_MS);
    connection.sendFrame(Bodies.connect(lastZxid, sessionTimeoutMs, id, password, false));
    byte[] frame = connection.readFrame();
    if (frame == null) {
      connection.close();
      throw new IOException(
          "handshake of session 0x" + Long.toHexString(id) + " ended by the server");
    }
    JuteIn in = new JuteIn(frame);
    in.int32();
    if (in.int32() <= 0) {
      connection.close();
      return null;
    }
    return new WireSession(connection, in.int64(), in.buffer());
  }

  public long id() {
    return id;
  }

  public byte[] password() {
    return password;
  }

  public RawConnection connection() {
    return connection;
  }

  /** The xid that the next request will carry. */
  public int nextXid() {
    return xid + 1;
  }

  /** Sends a request and returns its xid. */
  public int send(int op, byte[] body) throws IOException {
    xid++;
    if (!connection.sendFrame(RawConnection.request(xid, op, body))) {
      throw new IOException("connection closed by the server");
    }
    return xid;
  }

  /** The next frame that is no watch event. */
  public Reply readReply() throws IOException {
    while (true) {
      byte[] frame = connection.readFrame();
      if (frame == null) {
        throw new IOException("connection closed by the server");
      }
      JuteIn in = new JuteIn(frame);
      int replyXid = in.int32();
      Reply reply = new Reply(replyXid, in.int64(), in.int32(), in);
      if (replyXid != Op.XID_EVENT) {
        return reply;
      }
    }
  }

  /** One request and its reply. */
  public Reply call(int op, byte[] body) throws IOException {
    int sent = send(op, body);
    Reply reply = readReply();
    if (reply.xid() != sent) {
      throw new IOException("reply to " + reply.xid() + " in place of " + sent);
    }
    return reply;
  }

  /** A call that must succeed. */
  public Reply must(int op, byte[] body) throws IOException {
    Reply reply = call(op, body);
    if (reply.error() != 0) {
      throw new AssertionError(Op.name(op) + " answers " + reply.error());
    }
    return reply;
  }

  public List<String> children(String path) throws IOException {
    return must(Op.GET_CHILDREN, Bodies.pathWatch(path, false)).body().strings();
  }

  public void create(String path, byte[] data, int flags) throws IOException {
    must(Op.CREATE, Bodies.create(path, data, AclEntry.OPEN, flags));
  }

  /** Ends the session and the connection. */
  public void closeSession() throws IOException {
    call(Op.CLOSE_SESSION, Bodies.NONE);
    close();
  }

  /** Ends the connection only. */
  @Override
  public void close() throws IOException {
    connection.close();
  }
}
