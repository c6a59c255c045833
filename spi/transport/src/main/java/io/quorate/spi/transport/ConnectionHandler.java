package io.quorate.spi.transport;

import io.quorate.api.Stability;

/** What the server does with one connection's bytes. Called on the connection's loop only. */
@Stability.Evolving
public interface ConnectionHandler {
  /**
   * Takes bytes. The array is the transport's and only valid during the call.
   *
   * @return how many bytes were consumed, 0 to {@code length}; the rest comes again in front of
   *     later bytes
   */
  int received(byte[] array, int offset, int length);

  /**
   * All bytes of one wake-up were given: a good moment to flush. Follows one or more calls of
   * {@code received}, also if the last of them paused reading.
   */
  void receiveComplete();

  /**
   * How many bytes in a row the handler may leave unconsumed while it does not pause; beyond it the
   * transport closes. Asked after each {@code received} that left some.
   */
  int maxUnconsumed();

  /** The queue of unsent bytes became empty after {@code flush} could not send it all. */
  default void drained() {}

  /**
   * The other end has sent its last byte, and all before it were given; it may still be reading.
   *
   * @return true to stay connected for output, which the handler then ends with {@code
   *     closeAfterFlush} or {@code abort}; false, as clients of ZooKeeper expect, to close after
   *     what is queued has been sent
   */
  default boolean inputEnded() {
    return false;
  }

  /** The connection has ended; the last call. */
  void closed();
}
