package io.quorate.simulation.engine;

import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import io.quorate.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The server's end of a {@link Pipe}, as a transport would give it to the server. */
final class ServerEnd implements Connection {
  private static final long LINGER_NANOS = 2_000_000_000L;

  private final VirtualLoop loop;
  private final InetSocketAddress remote;
  private final Scheduler scheduler;
  private final Recording recording;
  private @Nullable Pipe pipe;
  private @Nullable ConnectionHandler handler;
  private byte[] unread = new byte[0];
  private int givenBytes;
  private boolean paused;
  private boolean closing;
  private boolean closed;
  private int queued; // written, not flushed or not taken by the window
  private int flushable;
  private int inWindow;

  ServerEnd(VirtualLoop loop, InetSocketAddress remote, Scheduler scheduler, Recording recording) {
    this.loop = loop;
    this.remote = remote;
    this.scheduler = scheduler;
    this.recording = recording;
  }

  void attach(Pipe p) {
    pipe = p;
  }

  /** The handler that serves it. */
  void handler(ConnectionHandler h) {
    handler = h;
  }

  Actor actor() {
    return loop.actor();
  }

  private Pipe pipe() {
    if (pipe == null) {
      throw new IllegalStateException("not attached");
    }
    return pipe;
  }

  // ---- what the network does, on the loop

  void arrive(byte[] chunk) {
    if (closing || closed || handler == null) {
      return;
    }
    int n = unread.length;
    unread = Arrays.copyOf(unread, n + chunk.length);
    System.arraycopy(chunk, 0, unread, n, chunk.length);
    givenBytes += chunk.length;
    if (!paused) {
      give();
    }
  }

  private void give() {
    if (closing || closed || paused || unread.length == 0 || handler == null) {
      return;
    }
    pipe().given(givenBytes);
    byte[] array = new byte[unread.length + 3];
    System.arraycopy(unread, 0, array, 3, unread.length);
    int used = handler.received(array, 3, unread.length);
    Arrays.fill(array, (byte) 0x55); // the array is the transport's: nothing may refer to it
    if (used < 0 || used > unread.length) {
      recording.fault("a handler consumed " + used + " of " + unread.length + " bytes");
    }
    unread = Arrays.copyOfRange(unread, used, unread.length);
    if (!paused && !closing && unread.length > handler.maxUnconsumed()) {
      recording.fault("a handler leaves " + unread.length + " bytes and does not pause");
    }
    handler.receiveComplete();
  }

  void inputEnded() {
    if (closing || closed || handler == null) {
      return;
    }
    if (!handler.inputEnded()) {
      closing = true;
      end();
    }
  }

  void broken() {
    closing = true;
    end();
  }

  /** The client took bytes out of the window. */
  void taken(int bytes) {
    inWindow -= bytes;
    boolean waited = queued > 0;
    push();
    if (waited && queued == 0 && !closing && !closed && handler != null) {
      handler.drained();
    }
  }

  private void end() {
    if (!closed) {
      closed = true;
      queued = 0;
      flushable = 0;
      if (handler != null) {
        pipe().serverKnows();
        handler.closed();
      }
    }
  }

  // ---- what the server does

  @Override
  public Transport.Loop loop() {
    return loop;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public InetSocketAddress localAddress() {
    return new InetSocketAddress(remote.getAddress(), 2181); // which address means nothing here
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    scheduler.boundary();
    if (closing || closed) {
      return;
    }
    recording.hash(pipe().id);
    recording.hash(bytes, offset, length);
    pipe().written(bytes, offset, length);
    queued += length;
  }

  @Override
  public void flush() {
    scheduler.boundary();
    if (!closed) {
      flushable = queued;
      push();
    }
  }

  private void push() {
    int n = Math.min(flushable, pipe().weather.windowBytes() - inWindow);
    if (n > 0) {
      flushable -= n;
      queued -= n;
      inWindow += n;
      pipe().deliver(n);
    }
    if (closing && !closed && queued == 0) {
      closing = true;
      flushedAll();
    }
  }

  private boolean farewell;

  private void flushedAll() {
    if (!farewell) {
      farewell = true;
      pipe().orderlyEnd();
      scheduler.after(LINGER_NANOS / 1000, loop.actor(), this::end);
    }
  }

  @Override
  public long queuedBytes() {
    return queued;
  }

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    if (paused) {
      paused = false;
      scheduler.after(0, loop.actor(), this::give);
    }
  }

  @Override
  public void closeAfterFlush() {
    scheduler.boundary();
    if (closing || closed) {
      return;
    }
    recording.hash("close " + pipe().id);
    closing = true;
    pipe().serverLeaves();
    flushable = queued;
    push();
    scheduler.after(LINGER_NANOS, loop.actor(), this::end);
  }

  @Override
  public void abort() {
    scheduler.boundary();
    if (closed || (closing && farewell)) {
      return;
    }
    recording.hash("abort " + pipe().id);
    if (!closing) {
      pipe().serverLeaves();
    }
    closing = true;
    farewell = true;
    queued = 0;
    flushable = 0;
    pipe().abruptEnd();
    scheduler.after(1000, loop.actor(), this::end);
  }
}
