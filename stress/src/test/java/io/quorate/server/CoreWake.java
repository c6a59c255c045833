package io.quorate.server;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jctools.queues.MpscUnboundedArrayQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The core's inbox: an I/O loop puts something in and wakes the core, which is about to park. First
 * result: the loop woke it; second: the core parks and has not taken what was put in.
 */
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "the core saw it before it parked")
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "woken for nothing")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "woken")
@Outcome(id = "false, true", expect = FORBIDDEN, desc = "the core sleeps on it")
@Outcome(expect = FORBIDDEN)
public class CoreWake {
  private CoreWake() {}

  /** As CoreLoop does it. */
  @JCStressTest
  @JCStressMeta(CoreWake.class)
  @State
  public static class Right {
    private final MpscUnboundedArrayQueue<Integer> inbox = new MpscUnboundedArrayQueue<>(16);
    private final Parking parking = new Parking();

    @Actor
    public void loop(ZZ_Result r) {
      inbox.add(1);
      r.r1 = parking.wake(null);
    }

    @Actor
    public void core(ZZ_Result r) {
      r.r2 = parking.begin(inbox::isEmpty);
    }
  }

  /** The same where the queue has to grow, which it shows with an ordered store only. */
  @JCStressTest
  @JCStressMeta(CoreWake.class)
  @State
  public static class RightWhereTheQueueGrows {
    private static final int CHUNK = 4;
    private final MpscUnboundedArrayQueue<Integer> inbox = new MpscUnboundedArrayQueue<>(CHUNK);
    private final Parking parking = new Parking();

    public RightWhereTheQueueGrows() {
      for (int i = 0; i < CHUNK; i++) {
        inbox.add(0);
      }
    }

    @Actor
    public void loop(ZZ_Result r) {
      inbox.add(1);
      r.r1 = parking.wake(null);
    }

    @Actor
    public void core(ZZ_Result r) {
      int sum = 0;
      for (Integer i = inbox.poll(); i != null; i = inbox.poll()) {
        sum += i;
      }
      r.r2 = parking.begin(inbox::isEmpty) && sum == 0;
    }
  }

  /** The core looks at its inbox before it says that it parks. */
  @JCStressTest
  @JCStressMeta(CoreWake.class)
  @State
  public static class Wrong {
    private final MpscUnboundedArrayQueue<Integer> inbox = new MpscUnboundedArrayQueue<>(16);
    private final Parking parking = new Parking();

    @Actor
    public void loop(ZZ_Result r) {
      inbox.add(1);
      r.r1 = parking.wake(null);
    }

    @Actor
    public void core(ZZ_Result r) {
      boolean empty = inbox.isEmpty();
      r.r2 = parking.begin(() -> empty);
    }
  }
}
