package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.replica.Input;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Turns taken by an I/O loop, by hand here. */
class CoreOnLoopTest {
  private final Stand stand = new Stand(1, Map.of());
  private final FakeLoop loop = stand.loops.getFirst();
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final CoreLoop core = new CoreLoop(fatal::set);
  private final CoreOnLoop host = new CoreOnLoop(loop);
  private int turns;

  private void start() {
    core.start(host, stand.replica, stand.router, () -> turns++);
  }

  private void send(Input input) {
    core.send(input);
    core.wake();
  }

  private static Input.Heard nothingHeard() {
    return new Input.Heard(new long[0], new long[0], 0);
  }

  @Test
  void takesOneTurnForAllThatWasQueuedMeanwhile() {
    core.send(nothingHeard());
    core.wake();
    assertEquals(0, loop.tasks.size(), "not started");
    start();
    send(nothingHeard());
    send(nothingHeard());
    assertEquals(0, turns, "not inside whatever the loop is doing");
    loop.run();
    assertEquals(1, turns);
    send(nothingHeard());
    loop.run();
    assertEquals(2, turns);
  }

  @Test
  void goesOnWithWhatOneTurnDidNotTake() {
    start();
    for (int i = 0; i < 20_000; i++) {
      send(nothingHeard());
    }
    Runnable first = loop.tasks.poll();
    first.run();
    assertEquals(1, turns);
    assertEquals(1, loop.tasks.size(), "other tasks of the loop come in between");
    loop.run();
    assertEquals(3, turns);
    assertFalse(core.hasWork());
  }

  @Test
  void looksAtTheDeadline() {
    start();
    loop.tasks.clear();
    assertTrue(core.msToDeadline() <= 0, "the stand's replica thinks that the machine just booted");
    loop.periodic.forEach(Runnable::run);
    assertEquals(1, turns, "what is due needs nobody to wake the core");
    assertTrue(core.msToDeadline() > 0, "the clock of the server, not of this stand");
    loop.periodic.forEach(Runnable::run);
    assertEquals(1, turns, "nothing is due");
  }

  @Test
  void answersQuestionsOnTheLoop() throws Exception {
    start();
    CompletableFuture<Thread> answer =
        CompletableFuture.supplyAsync(() -> core.ask(r -> Thread.currentThread()));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!core.hasWork() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    loop.run();
    assertSame(Thread.currentThread(), answer.get(20, TimeUnit.SECONDS));
  }

  @Test
  void aFailedTurnIsTheLast() {
    start();
    send(new Input.Durable(99)); // never proposed
    send(nothingHeard());
    loop.run();
    assertEquals(IllegalArgumentException.class, fatal.get().getClass());
    send(nothingHeard());
    loop.run();
    assertEquals(0, turns);
    assertThrows(IllegalStateException.class, () -> core.ask(r -> 1));
    core.stop();
    assertEquals(0, turns);
  }

  /** The loop is gone by then; what it was told and had no time for is not lost. */
  @Test
  void takesWhatIsQueuedWhenItIsStopped() throws Exception {
    start();
    loop.run();
    TestClient a = stand.client(0);
    a.connect(0, 0, new byte[16]);
    CountDownLatch sent = new CountDownLatch(1);
    Thread log =
        new Thread(
            () -> {
              stand.inbox.forEach(core::send);
              sent.countDown();
            });
    log.start();
    assertTrue(sent.await(20, TimeUnit.SECONDS));
    log.join();
    core.stop();
    assertEquals(1, stand.replica.sessionTable().size());
    assertEquals(2, turns);
    assertNull(fatal.get());
    assertThrows(IllegalStateException.class, () -> core.ask(r -> 1));
  }
}
