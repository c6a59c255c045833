package io.quorate.admin;

import io.quorate.spi.metrics.MetricsProvider;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Samples: their number, sum, least and greatest; an advanced one keeps quantiles too, in buckets
 * that are exact below 32 and at most a sixteenth wide above. Any thread may add without waiting.
 * Samples below 0 count as 0.
 */
final class StripedSummary extends Stripes<StripedSummary.Samples>
    implements MetricsProvider.Summary {
  private static final int SUB_BITS = 4;
  private static final int SUBS = 1 << SUB_BITS;
  private static final int BUCKETS = (64 - SUB_BITS) * SUBS;
  private static final VarHandle COUNT;
  private static final VarHandle SUM;
  private static final VarHandle MIN;
  private static final VarHandle MAX;
  private static final VarHandle BUCKET = MethodHandles.arrayElementVarHandle(long[].class);

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      COUNT = lookup.findVarHandle(Samples.class, "count", long.class);
      SUM = lookup.findVarHandle(Samples.class, "sum", long.class);
      MIN = lookup.findVarHandle(Samples.class, "min", long.class);
      MAX = lookup.findVarHandle(Samples.class, "max", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What came in from one thread. Plain reads are its own; others read opaquely. */
  static final class Samples extends Part {
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private final long @Nullable [] buckets;

    Samples(@Nullable Thread owner, int epoch, boolean advanced) {
      super(owner, epoch);
      buckets = advanced ? new long[BUCKETS] : null;
    }

    @Override
    void clear() {
      COUNT.setOpaque(this, 0L);
      SUM.setOpaque(this, 0L);
      MIN.setOpaque(this, Long.MAX_VALUE);
      MAX.setOpaque(this, Long.MIN_VALUE);
      if (buckets != null) {
        for (int i = 0; i < BUCKETS; i++) {
          BUCKET.setOpaque(buckets, i, 0L);
        }
      }
    }

    @Override
    void write(long value) {
      long sample = Math.max(0, value);
      SUM.setOpaque(this, sum + sample);
      if (sample < min) {
        MIN.setOpaque(this, sample);
      }
      if (sample > max) {
        MAX.setOpaque(this, sample);
      }
      if (buckets != null) {
        int bucket = bucketOf(sample);
        BUCKET.setOpaque(buckets, bucket, buckets[bucket] + 1);
      }
      COUNT.setOpaque(this, count + 1);
    }
  }

  /** The samples of all threads. */
  private static final class Total {
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private final long[] buckets;

    Total(boolean advanced) {
      buckets = new long[advanced ? BUCKETS : 0];
    }

    void add(Samples part) {
      count += (long) COUNT.getOpaque(part);
      sum += (long) SUM.getOpaque(part);
      min = Math.min(min, (long) MIN.getOpaque(part));
      max = Math.max(max, (long) MAX.getOpaque(part));
      long[] from = part.buckets;
      for (int i = 0; from != null && i < BUCKETS; i++) {
        buckets[i] += (long) BUCKET.getOpaque(from, i);
      }
    }

    /** The least value such that this share of the samples is not above its bucket. */
    long quantile(double share) {
      long inBuckets = 0;
      for (long n : buckets) {
        inBuckets += n;
      }
      long rank = Math.max(1, (long) Math.ceil(inBuckets * share));
      long seen = 0;
      for (int i = 0; i < buckets.length; i++) {
        seen += buckets[i];
        if (seen >= rank) {
          return Math.min(lowest(i), max);
        }
      }
      return 0;
    }
  }

  private final boolean advanced;

  StripedSummary(boolean advanced) {
    this.advanced = advanced;
  }

  @Override
  Samples part(@Nullable Thread owner, int epoch) {
    return new Samples(owner, epoch, advanced);
  }

  @Override
  public void add(long value) {
    write(value);
  }

  /** Adds what {@code mntr} shows, named after the summary. */
  void dump(String name, Map<String, Number> into) {
    Total total = new Total(advanced);
    forEach(total::add);
    boolean none = total.count == 0;
    into.put("avg_" + name, none ? 0.0 : Decimals.rounded((double) total.sum / total.count));
    into.put("min_" + name, none ? 0 : total.min);
    into.put("max_" + name, none ? 0 : total.max);
    into.put("cnt_" + name, total.count);
    into.put("sum_" + name, total.sum);
    if (advanced) {
      into.put("p50_" + name, total.quantile(0.5));
      into.put("p95_" + name, total.quantile(0.95));
      into.put("p99_" + name, total.quantile(0.99));
      into.put("p999_" + name, total.quantile(0.999));
    }
  }

  /** Powers of two, each in 16 parts; the first 32 values have a bucket each. */
  static int bucketOf(long value) {
    if (value < SUBS) {
      return (int) value;
    }
    int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
    return (shift << SUB_BITS) + (int) (value >>> shift);
  }

  /** The least value of a bucket. */
  static long lowest(int bucket) {
    if (bucket < SUBS) {
      return bucket;
    }
    int shift = (bucket >> SUB_BITS) - 1;
    return (long) (SUBS + (bucket & SUBS - 1)) << shift;
  }
}
