package io.quorate.jmh.backends;

/**
 * Numbers below a limit in a scattered order, each as often as the others: an even order is
 * answered from the processor's caches and its branch prediction (JMHSample_36).
 */
final class Scattered {
  private static final int PRIME = 7_368_787;

  private final int limit;
  private int at;

  Scattered(int limit, int start) {
    this.limit = limit;
    this.at = start % limit;
  }

  int next() {
    at = (int) ((at + (long) PRIME) % limit);
    return at;
  }
}
