package io.quorate.simulation.generate;

import java.util.List;
import java.util.SplittableRandom;

/** The only source of chance in a run; the same seed gives the same numbers. */
public final class Dice {
  private final SplittableRandom random;

  /** From a seed. */
  public Dice(long seed) {
    this(new SplittableRandom(seed));
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /** Other dice that go on their own. */
  public Dice split() {
    return new Dice(random.split());
  }

  /** True with this probability. */
  public boolean chance(double p) {
    return random.nextDouble() < p;
  }

  /** From 0 to below {@code bound}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code low} to {@code high}, both included. */
  public int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** From {@code low} to {@code high}, both included. */
  public long between(long low, long high) {
    return low + random.nextLong(high - low + 1);
  }

  /** One of these. */
  public <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Any number. */
  public long any() {
    return random.nextLong();
  }

  /** Random bytes. */
  public byte[] bytes(int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }
}
