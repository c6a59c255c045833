package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.replica.Input;
import io.quorate.replica.Replica;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoreLoopTest {
  private final Stand stand = new Stand(1, Map.of());
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final AtomicInteger turns = new AtomicInteger();
  private final CoreLoop loop =
      new CoreLoop(
          t -> {
            fatal.compareAndSet(null, t);
            failed.countDown();
          });

  private void start() {
    loop.start(new CoreThread(), stand.replica, stand.router, turns::incrementAndGet);
  }

  @AfterEach
  void stop() {
    loop.stop();
  }

  @Test
  void answersOnItsThread() {
    start();
    Replica[] seen = new Replica[1];
    String name =
        loop.ask(
            r -> {
              seen[0] = r;
              return Thread.currentThread().getName();
            });
    assertEquals("quorate-core", name);
    assertSame(stand.replica, seen[0]);
  }

  /** A report that goes wrong must not take the server down with it. */
  @Test
  void aQuestionThatFailsIsTheAskersMatter() {
    start();
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                loop.ask(
                    r -> {
                      throw new IllegalArgumentException("bad question");
                    }));
    assertNotNull(e.getCause());
    assertEquals("seven", loop.ask(r -> "seven"), "it goes on");
    assertNull(fatal.get());
  }

  @Test
  void saysWhenItHasStopped() {
    start();
    assertEquals("one", loop.ask(r -> "one"));
    loop.stop();
    assertThrows(IllegalStateException.class, () -> loop.ask(r -> 1));
  }

  @Test
  void takesWhatIsQueuedBeforeItEnds() {
    start();
    TestClient a = stand.client(0);
    for (int i = 0; i < 20_000; i++) {
      loop.send(new Input.Heard(new long[0], new long[0], 0));
    }
    a.connect(0, 0, new byte[16]);
    stand.inbox.forEach(loop::send);
    loop.stop();
    assertEquals(1, stand.replica.sessionTable().size());
    assertTrue(turns.get() >= 2, "a turn is bounded");
  }

  /** A bug in the core ends the server; it does not go on half alive. */
  @Test
  void aFailedStepIsTheEnd() throws InterruptedException {
    start();
    loop.send(new Input.Durable(99)); // never proposed
    loop.wake();
    assertTrue(failed.await(20, TimeUnit.SECONDS));
    assertEquals(IllegalArgumentException.class, fatal.get().getClass());
    assertThrows(IllegalStateException.class, () -> loop.ask(r -> 1));
  }

  @Test
  void questionsWakeItAtOnce() {
    start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    for (int i = 0; i < 20_000 && System.nanoTime() < end; i++) {
      String n = "answer " + i;
      assertEquals(n, loop.ask(r -> n));
    }
  }
}
