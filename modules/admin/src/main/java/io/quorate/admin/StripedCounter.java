package io.quorate.admin;

import io.quorate.spi.metrics.MetricsProvider;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A counter that any thread may add to without waiting. */
final class StripedCounter extends Stripes<StripedCounter.Count>
    implements MetricsProvider.Counter {
  private static final VarHandle SUM;

  static {
    try {
      SUM = MethodHandles.lookup().findVarHandle(Count.class, "sum", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  static final class Count extends Part {
    private long sum;

    Count(@Nullable Thread owner, int epoch) {
      super(owner, epoch);
    }

    @Override
    void clear() {
      SUM.setOpaque(this, 0L);
    }

    @Override
    void write(long value) {
      SUM.setOpaque(this, sum + value);
    }
  }

  @Override
  Count part(@Nullable Thread owner, int epoch) {
    return new Count(owner, epoch);
  }

  @Override
  public void add(long n) {
    write(n);
  }

  long value() {
    long[] sum = new long[1];
    forEach(part -> sum[0] += (long) SUM.getOpaque(part));
    return sum[0];
  }
}
