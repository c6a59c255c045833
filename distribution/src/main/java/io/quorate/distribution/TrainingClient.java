package io.quorate.distribution;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One session of the training: speaks the wire protocol itself and only looks that replies come;
 * what they say is for the tests. One thread.
 */
final class TrainingClient implements AutoCloseable {
  private static final int TIMEOUT_MS = 20_000;
  private static final int NOTIFICATION_XID = -1;

  private static final int CREATE = 1;
  private static final int DELETE = 2;
  private static final int EXISTS = 3;
  private static final int GET_DATA = 4;
  private static final int SET_DATA = 5;
  private static final int GET_ACL = 6;
  private static final int GET_CHILDREN = 8;
  private static final int SYNC = 9;
  private static final int PING = 11;
  private static final int GET_CHILDREN_2 = 12;
  private static final int CHECK = 13;
  private static final int MULTI = 14;
  private static final int ADD_WATCH = 106;
  private static final int CLOSE = -11;
  private static final int PING_XID = -2;

  private static final int PERSISTENT = 0;
  private static final int EPHEMERAL_SEQUENTIAL = 3;
  private static final int ANY_VERSION = -1;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final DataOutputStream record = new DataOutputStream(body);
  private int xid;
  private int unanswered;

  TrainingClient(InetSocketAddress server) throws IOException {
    socket = new Socket();
    socket.connect(server, TIMEOUT_MS);
    socket.setSoTimeout(TIMEOUT_MS);
    socket.setTcpNoDelay(true);
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    record.writeInt(0); // protocol version
    record.writeLong(0); // last zxid seen
    record.writeInt(TIMEOUT_MS);
    record.writeLong(0); // no session yet
    buffer(new byte[16]);
    record.writeBoolean(false);
    frame();
    out.flush();
    in.readFully(new byte[in.readInt()]);
  }

  /** Creates a znode and its children, reads and changes them in every way, deletes them. */
  void everything(String parent, int children) throws IOException {
    create(parent, PERSISTENT);
    path(ADD_WATCH, parent);
    record.writeInt(1); // persistent recursive
    send();
    for (int i = 0; i < children; i++) {
      create(parent + "/" + i, PERSISTENT);
    }
    awaitReplies();
    for (int i = 0; i < children; i++) {
      String node = parent + "/" + i;
      read(EXISTS, node, i % 5 == 0);
      read(GET_DATA, node, i % 7 == 0);
      path(GET_ACL, node);
      send();
      setData(node, 32);
      read(GET_DATA, node, false);
    }
    read(GET_CHILDREN, parent, true);
    read(GET_CHILDREN_2, parent, false);
    read(GET_DATA, parent + "/absent", false);
    create(parent + "/e-", EPHEMERAL_SEQUENTIAL);
    path(SYNC, parent);
    send();
    record.writeInt(PING_XID);
    record.writeInt(PING);
    send();
    awaitReplies();
    mixedMulti(parent);
    for (int i = 0; i < children; i++) {
      delete(parent + "/" + i);
    }
    awaitReplies();
  }

  private void mixedMulti(String parent) throws IOException {
    header(MULTI);
    part(CHECK, parent);
    record.writeInt(ANY_VERSION);
    part(CREATE, parent + "/multi");
    createFields(PERSISTENT);
    part(SET_DATA, parent + "/multi");
    buffer(new byte[32]);
    record.writeInt(ANY_VERSION);
    part(DELETE, parent + "/multi");
    record.writeInt(ANY_VERSION);
    multiHeader(-1, true);
    send();
  }

  /** A transaction that sets the data of these znodes. */
  void setAll(int bytes, String... paths) throws IOException {
    header(MULTI);
    for (String path : paths) {
      part(SET_DATA, path);
      buffer(new byte[bytes]);
      record.writeInt(ANY_VERSION);
    }
    multiHeader(-1, true);
    send();
  }

  private void part(int type, String path) throws IOException {
    multiHeader(type, false);
    text(path);
  }

  private void multiHeader(int type, boolean done) throws IOException {
    record.writeInt(type);
    record.writeBoolean(done);
    record.writeInt(-1);
  }

  void create(String path) throws IOException {
    create(path, PERSISTENT);
  }

  /** Creates an ephemeral sequential znode and deletes it: what a lock does. */
  void lock(String prefix) throws IOException {
    create(prefix, EPHEMERAL_SEQUENTIAL);
    out.flush();
    byte[] reply = frame(false);
    unanswered--;
    int length = reply.length < 20 ? 0 : ByteBuffer.wrap(reply).getInt(16);
    delete(new String(reply, 20, length, StandardCharsets.UTF_8));
    awaitReplies();
  }

  void getData(String path, boolean watch) throws IOException {
    read(GET_DATA, path, watch);
  }

  void setData(String path, int bytes) throws IOException {
    path(SET_DATA, path);
    buffer(new byte[bytes]);
    record.writeInt(ANY_VERSION);
    send();
  }

  void delete(String path) throws IOException {
    path(DELETE, path);
    record.writeInt(ANY_VERSION);
    send();
  }

  private void create(String path, int flags) throws IOException {
    path(CREATE, path);
    createFields(flags);
    send();
  }

  /** Data, the ACL that lets everybody do everything, and the flags. */
  private void createFields(int flags) throws IOException {
    buffer(new byte[64]);
    record.writeInt(1);
    record.writeInt(31);
    text("world");
    text("anyone");
    record.writeInt(flags);
  }

  private void read(int type, String path, boolean watch) throws IOException {
    path(type, path);
    record.writeBoolean(watch);
    send();
  }

  private void path(int type, String path) throws IOException {
    header(type);
    text(path);
  }

  private void header(int type) throws IOException {
    record.writeInt(++xid);
    record.writeInt(type);
  }

  private void text(String text) throws IOException {
    buffer(text.getBytes(StandardCharsets.UTF_8));
  }

  private void buffer(byte[] bytes) throws IOException {
    record.writeInt(bytes.length);
    record.write(bytes);
  }

  private void send() throws IOException {
    frame();
    unanswered++;
  }

  private void frame() throws IOException {
    out.writeInt(body.size());
    body.writeTo(out);
    body.reset();
  }

  /** Sends what was written and reads until everything is answered. */
  void awaitReplies() throws IOException {
    out.flush();
    while (unanswered > 0) {
      frame(false);
      unanswered--;
    }
  }

  /** Sends what was written and reads until a notification comes. */
  void awaitNotification() throws IOException {
    out.flush();
    frame(true);
  }

  /** The next frame that is, or is not, a notification. */
  private byte[] frame(boolean notification) throws IOException {
    while (true) {
      int length = in.readInt();
      if (length < 4) {
        throw new EOFException("a frame of " + length + " bytes");
      }
      byte[] frame = in.readNBytes(length);
      if ((ByteBuffer.wrap(frame).getInt() == NOTIFICATION_XID) == notification) {
        return frame;
      }
    }
  }

  /** Ends the session and then the connection. */
  void closeSession() throws IOException {
    header(CLOSE);
    send();
    awaitReplies();
    close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
