package io.quorate.compat.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** A socket that carries frames: int length, then so many bytes. Not safe for several threads. */
public final class RawConnection implements AutoCloseable {
  private static final int SANE_REPLY = 64 << 20;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  public RawConnection(InetSocketAddress address, int timeoutMs) throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(address, timeoutMs);
    socket.setSoTimeout(timeoutMs);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    out = socket.getOutputStream();
  }

  public Socket socket() {
    return socket;
  }

  /** Sends one frame; false if the server has closed the connection. */
  public boolean sendFrame(byte[] payload) throws IOException {
    return sendRaw(frame(payload));
  }

  /** Sends bytes as they are; false if the server has closed the connection. */
  public boolean sendRaw(byte[] bytes) throws IOException {
    try {
      out.write(bytes);
      out.flush();
      return true;
    } catch (SocketException closedByServer) {
      return false;
    }
  }

  /**
   * The next frame's payload, or null when the server closed the connection.
   *
   * @throws java.net.SocketTimeoutException if nothing comes in time
   */
  public byte[] readFrame() throws IOException {
    try {
      int length = in.readInt();
      if (length < 0 || length > SANE_REPLY) {
        throw new IOException("the server sent a frame of length " + length);
      }
      byte[] payload = new byte[length];
      in.readFully(payload);
      return payload;
    } catch (EOFException | SocketException closedByServer) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Length and payload. */
  public static byte[] frame(byte[] payload) {
    return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
  }

  /** Payload of a request: header, then body. */
  public static byte[] request(int xid, int op, byte[] body) {
    return ByteBuffer.allocate(8 + body.length).putInt(xid).putInt(op).put(body).array();
  }
}
