package io.quorate.tree;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.quorate.api.TreeReader;
import io.quorate.api.TreeView;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A reader gets whole views only, never an older one after a newer one, never what is sealed and
 * not published or rolled back; and a view it holds stays as it is. The reader takes two views and
 * looks at the first, at the second, and at the first again.
 */
@Outcome(
    id = {"10, 10, 10", "10, 11, 10", "10, 12, 10", "11, 11, 11", "11, 12, 11", "12, 12, 12"},
    expect = ACCEPTABLE,
    desc = "published, in order, unchanged")
@Outcome(expect = FORBIDDEN, desc = "not whole (-1), going back, changed, or not published (13)")
public class Publication {
  private Publication() {}

  private static void own(HeapTreeStore store) {
    Growth.grow(store, 11);
    store.publish(store.seal(11));
    Growth.grow(store, 12);
    store.publish(store.seal(12));
    Growth.grow(store, 13);
    store.seal(13);
    store.rollback();
  }

  /** Readers get what the store publishes. */
  @JCStressTest
  @JCStressMeta(Publication.class)
  @State
  public static class Right {
    private final HeapTreeStore store = Growth.begin();
    private final TreeReader reader = store.reader();

    @Actor
    public void owner() {
      own(store);
    }

    @Actor
    public void reader(III_Result r) {
      TreeView first = reader.latest();
      r.r1 = Growth.judge(first);
      r.r2 = Growth.judge(reader.latest());
      r.r3 = Growth.judge(first);
    }
  }

  /** Readers look at the head, which moves under them. */
  @JCStressTest
  @JCStressMeta(Publication.class)
  @State
  public static class Wrong {
    private final HeapTreeStore store = Growth.begin();

    @Actor
    public void owner() {
      try {
        own(store);
      } catch (RuntimeException e) {
        // the reader's look-ups got into the owner's memory of its own: no less wrong
      }
    }

    @Actor
    public void reader(III_Result r) {
      TreeView first = store.head();
      r.r1 = judge(first);
      r.r2 = judge(store.head());
      r.r3 = judge(first);
    }

    private static int judge(TreeView view) {
      try {
        return Growth.judge(view);
      } catch (RuntimeException e) { // the tree is being changed
        return -1;
      }
    }
  }
}
