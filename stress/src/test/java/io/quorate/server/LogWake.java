package io.quorate.server;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jctools.queues.SpscUnboundedArrayQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The log writer's queue: the core puts a batch in and wakes the writer, which is about to park.
 * First result: the core woke it; second: the writer parks.
 */
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "the writer saw it before it parked")
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "woken for nothing")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "woken")
@Outcome(id = "false, true", expect = FORBIDDEN, desc = "the writer sleeps on it")
@Outcome(expect = FORBIDDEN)
public class LogWake {
  private LogWake() {}

  /** As LogWriter does it. */
  @JCStressTest
  @JCStressMeta(LogWake.class)
  @State
  public static class Right {
    private final SpscUnboundedArrayQueue<Integer> queue = new SpscUnboundedArrayQueue<>(16);
    private final Parking parking = new Parking();

    @Actor
    public void core(ZZ_Result r) {
      queue.add(1);
      r.r1 = parking.wake(null);
    }

    @Actor
    public void writer(ZZ_Result r) {
      r.r2 = parking.begin(queue::isEmpty);
    }
  }

  /** Without the fence between the queue's ordered store and the load of the flag. */
  @JCStressTest
  @JCStressMeta(LogWake.class)
  @State
  public static class Wrong {
    private final SpscUnboundedArrayQueue<Integer> queue = new SpscUnboundedArrayQueue<>(16);
    private volatile boolean parked;

    @Actor
    public void core(ZZ_Result r) {
      queue.add(1);
      r.r1 = parked;
    }

    @Actor
    public void writer(ZZ_Result r) {
      parked = true;
      r.r2 = queue.isEmpty();
    }
  }
}
