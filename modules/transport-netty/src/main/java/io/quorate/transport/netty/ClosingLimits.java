package io.quorate.transport.netty;

/**
 * How long a connection that closes after a flush may stay.
 *
 * @param noProgressMs it ends when the other end has taken no byte for so long
 * @param lingerMs after the last byte was sent, how long the other end may take to close
 * @param lingerBytes how much of its input is dropped meanwhile
 */
record ClosingLimits(long noProgressMs, long lingerMs, long lingerBytes) {
  static final ClosingLimits DEFAULT = new ClosingLimits(10_000, 2_000, 16L << 20);
}
