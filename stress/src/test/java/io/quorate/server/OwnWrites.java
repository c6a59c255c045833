package io.quorate.server;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.quorate.api.Reply;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A session reads its own writes (ORD-2). A setData is with the core, which publishes and then
 * replies; the loop gets a getData of the same session. The second result is what a later wake-up
 * of the loop sends.
 */
@Outcome(id = "nothing, set+new", expect = ACCEPTABLE, desc = "the read waits for the write")
@Outcome(id = "set+new, nothing", expect = ACCEPTABLE, desc = "both at once")
@Outcome(id = "set, new", expect = ACCEPTABLE, desc = "the read waits for the write's view")
@Outcome(expect = FORBIDDEN, desc = "a read that does not show the write, or something lost")
public class OwnWrites {
  private OwnWrites() {}

  private static void reply(Desk desk, long zxid) {
    Reply stat = new Reply.OfStat(Objects.requireNonNull(desk.sealed.find(Desk.PATH)));
    desk.router.reply(desk.link, 1, zxid, stat);
  }

  /** The core publishes and replies with the zxid of the write. */
  @JCStressTest
  @JCStressMeta(OwnWrites.class)
  @State
  public static class Right {
    private final Desk desk = new Desk();

    public Right() {
      desk.askToSet();
    }

    @Actor
    public void core() {
      desk.publish();
      reply(desk, 2);
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

  /** The core replies before it publishes, and with the zxid of what is published. */
  @JCStressTest
  @JCStressMeta(OwnWrites.class)
  @State
  public static class Wrong {
    private final Desk desk = new Desk();

    public Wrong() {
      desk.askToSet();
    }

    @Actor
    public void core() {
      reply(desk, 1);
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
}
