package io.quorate.spi.transport;

import java.net.InetSocketAddress;

/** One accepted connection. See the rules on the package page. */
public interface Connection {
  /** The loop it belongs to. */
  Transport.Loop loop();

  /** Who is at the other end. */
  InetSocketAddress remoteAddress();

  /** The local end. */
  InetSocketAddress localAddress();

  /** Queues a copy of these bytes. */
  void write(byte[] bytes, int offset, int length);

  /** Sends what is queued, as far as the socket takes it, and the rest as soon as it does. */
  void flush();

  /** Bytes written and not yet taken by the socket. */
  long queuedBytes();

  /** Stops giving bytes. */
  void pauseReading();

  /** Gives bytes again. */
  void resumeReading();

  /** Closes after everything queued has been sent; reads no more. */
  void closeAfterFlush();

  /**
   * As {@link #closeAfterFlush}, where the other end is known to send nothing more: a transport may
   * close without waiting for its end. What it sends all the same may cost it bytes that it has not
   * read yet.
   */
  default void closeAfterFarewell() {
    closeAfterFlush();
  }

  /** Closes now; what is queued is dropped. Any thread. */
  void abort();
}
