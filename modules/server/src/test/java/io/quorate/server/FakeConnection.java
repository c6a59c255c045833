package io.quorate.server;

import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import io.quorate.spi.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * A connection without a socket that keeps the transport's rules: unconsumed bytes come again,
 * nothing comes while it is paused, {@code drained} follows a flush that could not send all.
 */
final class FakeConnection implements Connection {
  private final FakeLoop loop;
  private ConnectionHandler handler;
  private byte[] input = new byte[0];
  private final ByteArrayOutputStream queued = new ByteArrayOutputStream();

  /** What the other end has received. */
  final ByteArrayOutputStream received = new ByteArrayOutputStream();

  /** How many more bytes the socket takes. */
  long room = Long.MAX_VALUE;

  /** Whether there is no memory for what is written. */
  boolean noMemory;

  private boolean waitsForRoom;
  boolean paused;
  boolean closing;
  boolean aborted;
  boolean ended;
  int flushes;

  FakeConnection(FakeLoop loop) {
    this.loop = loop;
  }

  void handler(ConnectionHandler handler) {
    this.handler = handler;
  }

  /** The other end sent these bytes. */
  void feed(byte[] bytes) {
    input = Arrays.copyOf(input, input.length + bytes.length);
    System.arraycopy(bytes, 0, input, input.length - bytes.length, bytes.length);
    give();
  }

  private void give() {
    if (paused || closing || aborted || input.length == 0) {
      return;
    }
    byte[] array = new byte[input.length + 7]; // the transport's own, used for other things later
    System.arraycopy(input, 0, array, 3, input.length);
    int used = handler.received(array, 3, input.length);
    Arrays.fill(array, (byte) 0x7e);
    if (used < 0 || used > input.length) {
      throw new AssertionError("consumed " + used + " of " + input.length);
    }
    input = Arrays.copyOfRange(input, used, input.length);
    if (!paused && input.length > handler.maxUnconsumed()) {
      throw new AssertionError("leaves " + input.length + " bytes without a pause");
    }
    handler.receiveComplete();
  }

  int unconsumed() {
    return input.length;
  }

  @Override
  public Transport.Loop loop() {
    return loop;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return new InetSocketAddress("127.0.0.1", 9);
  }

  @Override
  public InetSocketAddress localAddress() {
    return new InetSocketAddress("127.0.0.1", 2181);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (noMemory) {
      throw new OutOfMemoryError("as of direct buffers");
    }
    if (!closing && !aborted) {
      queued.write(bytes, offset, length);
    }
  }

  @Override
  public void flush() {
    flushes++;
    send();
  }

  private void send() {
    if (aborted) {
      return;
    }
    byte[] all = queued.toByteArray();
    int n = (int) Math.min(room, all.length);
    received.write(all, 0, n);
    room -= n;
    queued.reset();
    queued.write(all, n, all.length - n);
    if (queued.size() > 0) {
      waitsForRoom = true;
    }
  }

  /** The other end has read. */
  void room(long more) {
    room = more;
    send();
    if (queued.size() == 0 && waitsForRoom) {
      waitsForRoom = false;
      loop.execute(handler::drained);
    }
  }

  @Override
  public long queuedBytes() {
    return queued.size();
  }

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    paused = false;
    loop.execute(this::give);
  }

  @Override
  public void closeAfterFlush() {
    send();
    closing = true;
  }

  @Override
  public void abort() {
    aborted = true;
    end();
  }

  /** The connection is gone. */
  void end() {
    if (!ended) {
      ended = true;
      handler.closed();
    }
  }
}
