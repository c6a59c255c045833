package io.quorate.spi.storage.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.api.Stability;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every storage does. A provider's test extends this and implements {@link #provider}. The
 * numbers in the names are those of the rules on the package page of {@link
 * io.quorate.spi.storage}; rule 6, about threads, is for the caller.
 */
@Stability.Evolving
public abstract class StorageContract extends LogContract {
  // Rules 4 and 5: states

  @Test
  public void rule4TheNewestStateIsLoaded() throws IOException {
    Path directory = directory("data");
    try (Storage storage = fresh(directory)) {
      for (long zxid = 5; zxid <= 20; zxid += 5) {
        append(storage, zxid - 4, zxid);
        TckStates.write(storage, zxid);
        Path killed = directory("killed-" + zxid);
        copy(directory, killed);
        try (Storage after = open(killed)) {
          Found found = start(after);
          assertEquals(zxid, found.state);
          assertEquals(zxid, found.last);
        }
      }
    }
  }

  @Test
  public void rule4AStateThatWasNotFinishedIsNotSeen() throws IOException {
    DiskFaults faults = faults();
    assumeTrue(faults != null, "the provider's tests can not make its disk fail");
    if (faults == null) {
      return; // never: for the null checker
    }
    for (int operations = 0; ; operations++) {
      Path directory = directory("state-" + operations);
      boolean failed = false;
      try (Storage storage = fresh(directory)) {
        append(storage, 1, 5);
        faults.failAfter(operations);
        TckStates.write(storage, 5);
      } catch (IOException e) {
        failed = true;
      } finally {
        faults.heal();
      }
      try (Storage storage = open(directory)) {
        Found found = start(storage);
        assertTrue(found.state == 5 || failed && found.state == 0, "state " + found.state);
        assertEquals(5, found.last);
      }
      if (!failed) {
        return;
      }
    }
  }

  @Test
  public void rule5PurgingKeepsWhatAStartNeeds() throws IOException {
    for (int retain = 1; retain <= 4; retain++) {
      Path directory = directory("retain-" + retain);
      try (Storage storage = fresh(directory)) {
        for (long zxid = 5; zxid <= 30; zxid += 5) {
          append(storage, zxid - 4, zxid);
          storage.log().roll();
          TckStates.write(storage, zxid);
        }
        append(storage, 31, 33);
        long before = storage.dataSizeBytes() + storage.logSizeBytes();
        int deleted = storage.snapshots().purge(retain, 0);
        if (deleted > 0) {
          assertTrue(storage.dataSizeBytes() + storage.logSizeBytes() < before);
        }
        assertEquals(0, storage.snapshots().purge(retain, 0));
        append(storage, 34, 35);
      }
      try (Storage storage = open(directory)) {
        Found found = start(storage);
        assertEquals(30, found.state);
        assertEquals(35, found.last);
      }
      // Each state that was kept has its records.
      try (Storage storage = open(directory)) {
        TckStates.load(storage);
        List<Long> zxids = new ArrayList<>();
        long oldest = 30 - 5L * (retain - 1);
        replay(storage, oldest + 1, zxids);
        assertEquals(range(oldest + 1, 35), zxids);
      }
    }
  }

  @Test
  public void rule5PurgingToABudgetKeepsTheNewest() throws IOException {
    Path directory = directory("data");
    try (Storage storage = fresh(directory)) {
      for (long zxid = 5; zxid <= 30; zxid += 5) {
        append(storage, zxid - 4, zxid);
        storage.log().roll();
        TckStates.write(storage, zxid);
      }
      storage.snapshots().purge(5, 1);
    }
    try (Storage storage = open(directory)) {
      assertEquals(30, start(storage).state);
    }
  }

  // Rule 7: one process

  @Test
  public void rule7ADirectoryInUseIsRefused() throws IOException {
    Path directory = directory("data");
    try (Storage storage = fresh(directory)) {
      IOException e = assertThrows(IOException.class, () -> open(directory));
      String pid = Long.toString(ProcessHandle.current().pid());
      assertTrue(e.toString().contains(pid), e.toString());
      append(storage, 1, 3); // and the one that has it is not disturbed
    }
    try (Storage storage = open(directory)) {
      assertEquals(range(1, 3), start(storage).zxids);
    }
  }

  // Rule 9: no logs without a state

  @Test
  public void rule9LogsAloneAreRefused() throws IOException {
    Path directory = directory("data");
    try (Storage storage = open(directory)) {
      assumeTrue(storage.treeStore().isEmpty(), "its states are not apart from its log");
      assertEquals(-1, TckStates.load(storage));
      storage.log().replay(1, (zxid, array, offset, length) -> {});
      append(storage, 1, 3);
    }
    try (Storage storage = open(directory)) {
      assertThrows(CorruptStorageException.class, () -> TckStates.load(storage));
    }
  }

  // Rule 11: epochs

  @Test
  public void rule11EpochsAreKept() throws IOException {
    Path directory = directory("data");
    try (Storage storage = fresh(directory)) {
      assertEquals(-1, storage.epochs().acceptedEpoch());
      assertEquals(-1, storage.epochs().currentEpoch());
      for (long epoch : new long[] {0, 7, 3, 0xffff_ffffL}) {
        storage.epochs().setAcceptedEpoch(epoch);
        storage.epochs().setCurrentEpoch(epoch / 2);
        assertEquals(epoch, storage.epochs().acceptedEpoch());
        assertEquals(epoch / 2, storage.epochs().currentEpoch());
      }
    }
    try (Storage storage = open(directory)) {
      start(storage);
      assertEquals(0xffff_ffffL, storage.epochs().acceptedEpoch());
      assertEquals(0x7fff_ffffL, storage.epochs().currentEpoch());
    }
  }

  @Test
  public void rule11AnEpochIsTheOldOrTheNewOne() throws IOException {
    DiskFaults faults = faults();
    assumeTrue(faults != null, "the provider's tests can not make its disk fail");
    if (faults == null) {
      return; // never: for the null checker
    }
    Path directory = directory("data");
    try (Storage storage = fresh(directory)) {
      storage.epochs().setCurrentEpoch(3);
    }
    List<Long> seen = new ArrayList<>();
    for (int operations = 0; !seen.contains(4L); operations++) {
      try (Storage storage = open(directory)) {
        faults.failAfter(operations);
        storage.epochs().setCurrentEpoch(4);
      } catch (IOException e) {
        assertTrue(operations < 100, "it never succeeds");
      } finally {
        faults.heal();
      }
      try (Storage storage = open(directory)) {
        start(storage);
        seen.add(storage.epochs().currentEpoch());
      }
    }
    assertTrue(Collections.frequency(seen, 3L) == seen.size() - 1, "epochs " + seen);
  }
}
