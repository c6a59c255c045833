package io.quorate.simulation.engine;

import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.History;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a run leaves behind: its history, a hash of every effect, and what went wrong at once. */
final class Recording {
  private static final long FNV_PRIME = 0x100000001b3L;

  final History history = new History();
  final List<String> faults = new ArrayList<>();
  private final Scheduler scheduler;
  private long hash = 0xcbf29ce484222325L;

  Recording(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void add(Event event) {
    history.add(scheduler.nowMs(), event);
  }

  /** Something that no history is needed to call wrong. */
  void fault(String what) {
    faults.add(what);
  }

  void hash(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * FNV_PRIME;
    }
  }

  void hash(long value) {
    for (int shift = 0; shift < 64; shift += 8) {
      hash = (hash ^ (value >>> shift & 0xff)) * FNV_PRIME;
    }
  }

  void hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    hash(bytes, 0, bytes.length);
  }

  long hash() {
    return hash;
  }
}
