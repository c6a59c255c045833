package io.quorate.server;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Nobody sees a change before its event (ORD-5). The core puts the event into the mailbox and then
 * publishes; the loop answers a read: it takes the view and then empties the mailbox. The second
 * result is what a later wake-up of the loop sends.
 */
@Outcome(id = "old, event", expect = ACCEPTABLE, desc = "the read came first")
@Outcome(id = "event+new, nothing", expect = ACCEPTABLE, desc = "the read came last")
@Outcome(id = "event, new", expect = ACCEPTABLE, desc = "the read waits for the event's view")
@Outcome(expect = FORBIDDEN, desc = "the change without its event, or something lost")
public class WatchOrder {
  private WatchOrder() {}

  /** The core keeps the order. */
  @JCStressTest
  @JCStressMeta(WatchOrder.class)
  @State
  public static class Right {
    private final Desk desk = new Desk();

    @Actor
    public void core() {
      desk.event();
      desk.publish();
    }

    @Actor
    public void loop(LL_Result r) {
      desk.askToGet();
      r.r1 = desk.take();
    }

    @Arbiter
    public void later(LL_Result r) {
      desk.turn();
      r.r2 = desk.take();
    }
  }

  /** The core publishes before the event. */
  @JCStressTest
  @JCStressMeta(WatchOrder.class)
  @State
  public static class Wrong {
    private final Desk desk = new Desk();

    @Actor
    public void core() {
      desk.publish();
      desk.event();
    }

    @Actor
    public void loop(LL_Result r) {
      desk.askToGet();
      r.r1 = desk.take();
    }

    @Arbiter
    public void later(LL_Result r) {
      desk.turn();
      r.r2 = desk.take();
    }
  }
}
