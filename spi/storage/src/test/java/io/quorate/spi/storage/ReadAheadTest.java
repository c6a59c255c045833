package io.quorate.spi.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
  private static final String THREAD = "read-ahead-test";
  private final Thread caller = Thread.currentThread();

  /** Counts up to this number, and then fails, if with anything. */
  private static ReadAhead.Source<Long, Long> numbers(long count, IOException failure) {
    return sink -> {
      assertEquals(THREAD, Thread.currentThread().getName());
      for (long i = 1; i <= count; i++) {
        sink.add(i, 10);
      }
      if (failure != null) {
        throw failure;
      }
      return count;
    };
  }

  private static void noThreadIsLeft() {
    assertFalse(
        Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(THREAD)));
  }

  @Test
  void givesAllInOrderOnTheCallersThread() throws IOException {
    List<Long> seen = new ArrayList<>();
    long last =
        ReadAhead.run(
            THREAD,
            numbers(10_000, null),
            batch -> {
              assertSame(caller, Thread.currentThread());
              seen.addAll(batch);
            });
    assertEquals(10_000, last);
    assertEquals(LongStream.rangeClosed(1, 10_000).boxed().toList(), seen);
    noThreadIsLeft();
  }

  @Test
  void damageIsThrownAfterWhatIsBeforeIt() {
    IOException damage = new CorruptStorageException(Path.of("log.1"), 7, "damaged", "restore it");
    List<Long> seen = new ArrayList<>();
    IOException e =
        assertThrows(
            IOException.class, () -> ReadAhead.run(THREAD, numbers(1000, damage), seen::addAll));
    assertSame(damage, e);
    assertEquals(1000, seen.size());
    noThreadIsLeft();
  }

  /** The reader, far ahead, must not wait for ever for somebody to take its items. */
  @Test
  void anItemThatCanNotBeTakenEndsTheReader() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ReadAhead.run(
                THREAD,
                numbers(1_000_000, null),
                batch -> {
                  throw new IllegalArgumentException("wrong");
                }));
    noThreadIsLeft();
  }

  @Test
  void whatIsFlushedIsTakenWithoutWaitingForMore() throws IOException {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    int got =
        ReadAhead.<CompletableFuture<Integer>, Integer>run(
            THREAD,
            sink -> {
              sink.add(answer, 1);
              sink.flush();
              assertFalse(sink.abandoned());
              return answer.join();
            },
            batch -> batch.forEach(a -> a.complete(5)));
    assertEquals(5, got);
  }

  @Test
  void aSourceThatWaitsCanSeeThatTheCallerHasEnded() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ReadAhead.run(
                THREAD,
                sink -> {
                  sink.add(1, 1);
                  sink.flush();
                  while (!sink.abandoned()) {
                    Thread.onSpinWait();
                  }
                  assertTrue(sink.abandoned());
                  return 0;
                },
                batch -> {
                  throw new IllegalArgumentException("wrong");
                }));
    noThreadIsLeft();
  }
}
