package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.replica.Input;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Turns taken by an I/O loop, by hand here. */
class CoreOnLoopTest {
  private long nowMs = 1000;
  private final Stand stand = new Stand(1, Map.of());
  private final FakeLoop loop = stand.loops.getFirst();
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final CoreLoop core = new CoreLoop(fatal::set, () -> nowMs * 1_000_000);
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
  void sleepsUntilTheDeadline() {
    start();
    loop.run();
    assertEquals(1, turns);
    assertEquals(List.of(), loop.periodic, "idle, it asks for no look at the clock");
    long sleepMs = core.msToDeadline();
    assertTrue(sleepMs > 1000, "until something is due: " + sleepMs + " ms");
    assertEquals(sleepMs, onlyAlarm().delayMs());
    send(nothingHeard());
    loop.run();
    assertEquals(2, turns);
    nowMs += sleepMs - 1;
    ring();
    assertEquals(2, turns, "rung too soon: nothing is due yet");
    assertEquals(1, onlyAlarm().delayMs(), "it is set again for what is left");
    nowMs++;
    ring();
    assertEquals(3, turns, "what is due needs nobody to wake the core");
    assertTrue(onlyAlarm().delayMs() > 1000, "for what comes next");
  }

  @Test
  void anEarlierDeadlineMovesTheAlarm() {
    start();
    loop.run();
    FakeLoop.Delayed sweep = onlyAlarm();
    TestClient a = stand.client(0);
    a.connect(0, 0, new byte[16]);
    stand.inbox.forEach(core::send);
    core.send(new Input.Durable(1));
    core.wake();
    loop.run();
    assertEquals(2, loop.delayed.size(), "the session may end before the next sweep");
    FakeLoop.Delayed expiry = loop.delayed.removeLast();
    assertTrue(expiry.delayMs() < sweep.delayMs());
    int before = turns;
    nowMs += sweep.delayMs();
    ring();
    assertEquals(before, turns, "the first alarm has been replaced");
    assertEquals(0, loop.delayed.size());
    expiry.task().run();
    assertEquals(before + 1, turns);
  }

  private FakeLoop.Delayed onlyAlarm() {
    assertEquals(1, loop.delayed.size());
    return loop.delayed.getFirst();
  }

  private void ring() {
    loop.delayed.removeFirst().task().run();
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
