package io.quorate.spi.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of {@link StorageContract} that is about the transaction log. */
abstract class LogContract extends StorageFixture {
  private static final int DAMAGES = 60;

  // Rule 1: what was forced is there

  @Test
  public void rule1WhatWasForcedSurvivesTheProcess() throws IOException {
    Path live = directory("live");
    try (Storage storage = fresh(live)) {
      long last = 0;
      for (int batch = 1; batch <= 8; batch++) {
        append(storage, last + 1, last + batch);
        last += batch;
        Path killed = directory("killed-" + batch);
        copy(live, killed);
        try (Storage after = open(killed)) {
          assertEquals(range(1, last), start(after).zxids);
        }
      }
      assertTrue(storage.log().lastForceNanos() > 0);
      assertTrue(storage.logSizeBytes() > 0);
      assertTrue(storage.dataSizeBytes() > 0);
    }
    try (Storage storage = open(live)) {
      assertEquals(range(1, 36), start(storage).zxids);
    }
  }

  @Test
  public void rule1AStartGoesOnWhereTheLastEnded() throws IOException {
    Path directory = directory("data");
    fresh(directory).close();
    for (int round = 0; round < 5; round++) {
      try (Storage storage = open(directory)) {
        Found found = start(storage);
        assertEquals(range(1, round * 3L), found.zxids);
        append(storage, found.last + 1, found.last + 3);
        if (round % 2 == 0) {
          storage.log().roll();
        }
      }
    }
  }

  @Test
  public void rule1RecordsOfAnySize() throws IOException {
    Path directory = directory("data");
    int[] sizes = {8, 9, 511, 512, 4095, 4096, 65_535, 65_536, 500_000, MAX_RECORD_BYTES};
    try (Storage storage = fresh(directory)) {
      for (int i = 0; i < sizes.length; i++) {
        storage.log().append(i + 1, records().of(i + 1, sizes[i]));
      }
      storage.log().force();
      long next = sizes.length + 1;
      assertThrows(
          IllegalArgumentException.class,
          () -> storage.log().append(next, new byte[MAX_RECORD_BYTES + 1]));
    }
    try (Storage storage = open(directory)) {
      assertEquals(range(1, sizes.length), start(storage).zxids);
    }
  }

  // Rule 2: a failure is final

  @Test
  public void rule2AfterAFailureNothingSucceeds() throws IOException {
    DiskFaults faults = faults();
    assumeTrue(faults != null, "the provider's tests can not make its disk fail");
    if (faults == null) {
      return; // never: for the null checker
    }
    for (int operations = 0; ; operations++) {
      Path directory = directory("fails-after-" + operations);
      long acknowledged = 0;
      boolean failed = false;
      try (Storage storage = fresh(directory)) {
        faults.failAfter(operations);
        try {
          for (long zxid = 1; zxid <= 12; zxid += 2) {
            append(storage, zxid, zxid + 1);
            acknowledged = zxid + 1;
            if (zxid == 5) {
              storage.log().roll();
            }
          }
        } catch (IOException e) {
          failed = true;
          assertThrows(IOException.class, storage.log()::force);
          assertThrows(IOException.class, () -> append(storage, 100, 100));
          assertThrows(IOException.class, storage.log()::roll);
        } finally {
          faults.heal();
        }
      }
      try (Storage storage = open(directory)) {
        Found found = start(storage);
        assertTrue(found.last >= acknowledged, found.last + " of " + acknowledged);
        assertEquals(range(1, found.last), found.zxids);
      }
      if (!failed) {
        assertTrue(operations > 5, "only " + operations + " operations of the disk were seen");
        return;
      }
    }
  }

  // Rule 3: in order, without a gap, or refused

  @Test
  public void rule3RecordsComeInOrderFromWhereAsked() throws IOException {
    Path directory = directory("data");
    try (Storage storage = fresh(directory)) {
      for (long zxid = 1; zxid <= 30; zxid += 3) {
        append(storage, zxid, zxid + 2);
        storage.log().roll();
      }
    }
    for (long from = 1; from <= 31; from++) {
      try (Storage storage = open(directory)) {
        List<Long> zxids = new ArrayList<>();
        TckStates.load(storage);
        assertEquals(30, replay(storage, from, zxids));
        assertEquals(range(from, 30), zxids);
      }
    }
  }

  @Test
  public void rule3AnEpochMayFollowAnother() throws IOException {
    Path directory = directory("data");
    List<Long> expected = new ArrayList<>();
    try (Storage storage = fresh(directory)) {
      for (long epoch : new long[] {0, 1, 2, 7}) {
        append(storage, (epoch << 32) + 1, (epoch << 32) + 3);
        expected.addAll(range((epoch << 32) + 1, (epoch << 32) + 3));
      }
    }
    try (Storage storage = open(directory)) {
      assertEquals(expected, start(storage).zxids);
    }
  }

  @Test
  public void rule3MissingRecordsAreRefused() throws IOException {
    Path directory = directory("data");
    try (Storage storage = fresh(directory)) {
      append(storage, 1, 3);
      append(storage, 10, 12); // behind a state that came from elsewhere
    }
    try (Storage storage = open(directory)) {
      TckStates.load(storage);
      assertThrows(CorruptStorageException.class, () -> replay(storage, 1, new ArrayList<>()));
    }
    try (Storage storage = open(directory)) {
      List<Long> zxids = new ArrayList<>();
      TckStates.load(storage);
      replay(storage, 10, zxids);
      assertEquals(range(10, 12), zxids);
    }
  }

  @Test
  public void rule3DamageIsRefusedOrCutsTheEnd() throws IOException {
    Path whole = directory("whole");
    try (Storage storage = fresh(whole)) {
      append(storage, 1, 10);
      TckStates.write(storage, 10);
      storage.log().roll();
      append(storage, 11, 20);
      storage.log().roll();
      append(storage, 21, 30);
      storage.epochs().setCurrentEpoch(0);
      storage.epochs().setAcceptedEpoch(0);
    }
    for (DirectoryDamage.Kind kind : DirectoryDamage.Kind.values()) {
      for (int seed = 0; seed < DAMAGES; seed++) {
        Path directory = directory(kind + "-" + seed);
        copy(whole, directory);
        String file = damage(new DirectoryDamage(kind, seed), directory);
        checkDamaged(directory, kind + " of " + file + ", seed " + seed, kind);
      }
    }
  }

  private void checkDamaged(Path directory, String what, DirectoryDamage.Kind kind)
      throws IOException {
    try (Storage storage = open(directory)) {
      Found found = start(storage);
      assertTrue(found.state == 0 || found.state == 10, what + ": state " + found.state);
      assertEquals(range(found.state + 1, found.last), found.zxids, what);
      // A file cut at a record's end looks as if no more had been written.
      long least = kind == DirectoryDamage.Kind.SHORTENED ? 20 : 29;
      if (kind != DirectoryDamage.Kind.ZEROED_SECTOR) {
        assertTrue(found.last >= least, what + ": ends at " + found.last);
      }
      assertTrue(storage.epochs().currentEpoch() <= 0, what);
      assertTrue(storage.epochs().acceptedEpoch() <= 0, what);
    } catch (CorruptStorageException e) {
      assertTrue(e.toString().contains(directory.toString()), what + ": " + e);
    }
  }

  // Rule 8: what replay gave is durable

  @Test
  public void rule8WhatWasDroppedDoesNotComeBack() throws IOException {
    Path live = directory("live");
    Path killed = directory("killed");
    try (Storage storage = fresh(live)) {
      append(storage, 1, 3);
      for (long zxid = 4; zxid <= 6; zxid++) {
        storage.log().append(zxid, records().of(zxid, 100));
      }
      copy(live, killed); // some of the last three may be there
    }
    long last;
    try (Storage storage = open(killed)) {
      last = start(storage).last;
      assertTrue(last >= 3 && last <= 6);
      append(storage, last + 1, last + 1);
    }
    try (Storage storage = open(killed)) {
      assertEquals(range(1, last + 1), start(storage).zxids);
    }
  }

  // Rule 10: truncation

  @Test
  public void rule10TruncationDropsTheEndAndNothingElse() throws IOException {
    for (long target = 0; target <= 9; target++) {
      Path directory = directory("to-" + target);
      try (Storage storage = fresh(directory)) {
        append(storage, 1, 3);
        storage.log().roll();
        append(storage, 4, 6);
        append(storage, 7, 8);
        storage.log().append(9, records().of(9, 30));
        storage.log().truncate(target);
        Path killed = directory("killed-" + target);
        copy(directory, killed);
        try (Storage after = open(killed)) {
          assertEquals(range(1, target), start(after).zxids);
        }
        append(storage, target + 1, target + 2);
      }
      try (Storage storage = open(directory)) {
        assertEquals(range(1, target + 2), start(storage).zxids);
      }
    }
  }

  @Test
  public void rule10TruncationIntoAStateIsRefused() throws IOException {
    Path directory = directory("data");
    try (Storage storage = fresh(directory)) {
      append(storage, 1, 9);
      TckStates.write(storage, 5);
      assertThrows(IOException.class, () -> storage.log().truncate(4));
    }
    try (Storage storage = open(directory)) {
      assertEquals(9, start(storage).last);
    }
  }
}
