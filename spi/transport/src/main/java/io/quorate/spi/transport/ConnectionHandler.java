package io.quorate.spi.transport;

/** What the server does with one connection's bytes. Called on the connection's loop only. */
public interface ConnectionHandler {
  /**
   * Takes bytes. The array is the transport's and only valid during the call.
   *
   * @return how many bytes were consumed, 0 to {@code length}; the rest comes again in front of
   *     later bytes
   */
  int received(byte[] array, int offset, int length);

  /** All bytes of one wake-up were given: a good moment to flush. */
  void receiveComplete();

  /** How many bytes in a row the handler may leave unconsumed; beyond it the transport closes. */
  int maxUnconsumed();

  /** The queue of unsent bytes became empty after {@code flush} could not send it all. */
  default void drained() {}

  /** The connection has ended. */
  void closed();
}
