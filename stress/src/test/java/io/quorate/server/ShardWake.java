package io.quorate.server;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * What the core puts into a mailbox is delivered without another reason: by the drain that runs, or
 * by one more. The loop runs a drain that was scheduled before; the second result is how many the
 * core has scheduled.
 */
@Outcome(id = "event, 0", expect = ACCEPTABLE, desc = "the drain that ran has delivered it")
@Outcome(id = "nothing, 1", expect = ACCEPTABLE, desc = "another drain will")
@Outcome(id = "event, 1", expect = ACCEPTABLE, desc = "another drain for nothing")
@Outcome(expect = FORBIDDEN, desc = "it stays in the mailbox")
public class ShardWake {
  private ShardWake() {}

  private static Runnable scheduled(Desk desk) {
    desk.shard.wake();
    return desk.tasks.removeLast();
  }

  /** The core fills the mailbox, then wakes. */
  @JCStressTest
  @JCStressMeta(ShardWake.class)
  @State
  public static class Right {
    private final Desk desk = new Desk();
    private final Runnable drain = scheduled(desk);

    @Actor
    public void core() {
      desk.event();
      desk.router.wakeShards();
    }

    @Actor
    public void loop(LI_Result r) {
      drain.run();
      r.r1 = desk.take();
    }

    @Arbiter
    public void later(LI_Result r) {
      r.r2 = desk.tasks.size();
    }
  }

  /** The core wakes, then fills the mailbox. */
  @JCStressTest
  @JCStressMeta(ShardWake.class)
  @State
  public static class Wrong {
    private final Desk desk = new Desk();
    private final Runnable drain = scheduled(desk);

    @Actor
    public void core() {
      desk.shard.wake();
      desk.event();
    }

    @Actor
    public void loop(LI_Result r) {
      drain.run();
      r.r1 = desk.take();
    }

    @Arbiter
    public void later(LI_Result r) {
      r.r2 = desk.tasks.size();
    }
  }
}
