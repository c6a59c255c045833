package io.quorate.spi.transport.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Rules 8, 13 and 14: loops and their ends. */
abstract class LoopContract extends OutputContract {
  @Test
  public void rule8TasksRunInOrderOnOneThread() throws Exception {
    Transport.Loop loop = transport().loops().get(1);
    List<Integer> order = new ArrayList<>();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(1);
    for (int i = 0; i < 1000; i++) {
      int task = i;
      loop.execute(
          () -> {
            threads.add(Thread.currentThread());
            order.add(task);
            if (task == 999) {
              loop.execute(done::countDown);
              assertEquals(1, done.getCount(), "not run inside execute");
            }
          });
    }
    assertTrue(done.await(WAIT_SECONDS, TimeUnit.SECONDS));
    assertEquals(1, threads.size());
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, order.get(i));
    }
  }

  @Test
  public void rule8PeriodicTasksGoOnAfterAnException() throws Exception {
    CountDownLatch runs = new CountDownLatch(3);
    transport()
        .loops()
        .get(0)
        .every(
            1,
            () -> {
              runs.countDown();
              throw new IllegalStateException("meant");
            });
    assertTrue(runs.await(WAIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  public void rule8ADelayedTaskRunsOnceAndNotTooSoon() throws Exception {
    Transport.Loop loop = transport().loops().get(1);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch later = new CountDownLatch(1);
    long begun = System.nanoTime();
    AtomicLong took = new AtomicLong();
    loop.execute(() -> threads.add(Thread.currentThread()));
    loop.after(
        60,
        () -> {
          took.set(System.nanoTime() - begun);
          threads.add(Thread.currentThread());
          runs.incrementAndGet();
        });
    loop.after(200, later::countDown);
    assertTrue(later.await(WAIT_SECONDS, TimeUnit.SECONDS));
    assertEquals(1, runs.get());
    assertTrue(took.get() >= 60_000_000, took + " ns");
    assertEquals(1, threads.size(), "on the loop");
  }

  @Test
  public void rule8ExecuteDoesNotWaitForTheLoop() throws Exception {
    Transport.Loop loop = transport().loops().get(0);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch ran = new CountDownLatch(1);
    AtomicInteger early = new AtomicInteger();
    loop.execute(
        () -> {
          try {
            assertTrue(busy.await(WAIT_SECONDS, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    for (int i = 0; i < 10_000; i++) {
      loop.execute(early::incrementAndGet);
    }
    loop.execute(ran::countDown);
    assertEquals(0, early.get(), "run by the thread that asked, or beside another task");
    busy.countDown();
    assertTrue(ran.await(WAIT_SECONDS, TimeUnit.SECONDS));
    assertEquals(10_000, early.get());
  }

  @Test
  public void rule8ATaskThatThrowsStopsNoOther() throws Exception {
    Transport.Loop loop = transport().loops().get(0);
    CountDownLatch ran = new CountDownLatch(1);
    loop.execute(
        () -> {
          throw new IllegalStateException("meant");
        });
    loop.execute(ran::countDown);
    assertTrue(ran.await(WAIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  public void rule13ClosingEndsAllAndMayBeRepeated() throws Exception {
    Transport.Listener listener = listen(Recorder::new);
    Socket socket = connect(listener);
    Recorder r = accepted();
    AtomicInteger ticks = new AtomicInteger();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    for (Transport.Loop loop : transport().loops()) {
      CountDownLatch known = new CountDownLatch(1);
      loop.execute(
          () -> {
            threads.add(Thread.currentThread());
            known.countDown();
          });
      loop.every(1, ticks::incrementAndGet);
      assertTrue(known.await(WAIT_SECONDS, TimeUnit.SECONDS));
    }
    until("ticks", () -> ticks.get() > 3);
    transport().close();
    assertEquals(1, r.closedCalls.get());
    assertEnds(socket);
    assertThrows(IOException.class, () -> connect(listener));
    for (Thread thread : threads) {
      assertTrue(thread.join(java.time.Duration.ofSeconds(WAIT_SECONDS)), "a loop goes on");
    }
    int last = ticks.get();
    transport().loops().get(0).execute(ticks::incrementAndGet);
    transport().close();
    listener.close();
    assertEquals(last, ticks.get(), "tasks are dropped");
  }

  @Test
  public void rule14TheLoopsAreThoseAskedFor() throws IOException {
    for (int loops = 1; loops <= 3; loops++) {
      Transport other = provider().open(new TransportConfiguration(loops, true));
      try {
        assertEquals(loops, other.loops().size());
        for (int i = 0; i < loops; i++) {
          assertEquals(i, other.loops().get(i).index());
        }
      } finally {
        other.close();
        closed(other);
      }
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> provider().open(new TransportConfiguration(0, false)));
    assertTrue(provider().name().matches("[a-z0-9-]+"), provider().name());
  }
}
