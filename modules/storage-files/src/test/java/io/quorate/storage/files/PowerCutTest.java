package io.quorate.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.TreeStore;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power cuts at random calls of the disk, several in a row: what was acknowledged is there, without
 * a hole, and nothing that was never written (reliability D1, D2, D8). The seed is in the message.
 */
class PowerCutTest {
  private static final int SEEDS = 40;
  private static final int GENERATIONS = 3;

  @TempDir Path temp;

  /** What one seed runs with. */
  private final class Run {
    final long seed;
    final Random random;
    final boolean anyOrder;
    final int maxBatch;
    Path path;
    long acknowledgedState = -1;
    long acknowledged; // the last zxid that may not be lost
    long written; // the last zxid that was handed to the log

    Run(long seed, boolean anyOrder, int maxBatch) {
      this.seed = seed;
      this.random = new Random(seed);
      this.anyOrder = anyOrder;
      this.maxBatch = maxBatch;
      this.path = temp.resolve(anyOrder + "-" + maxBatch + "-" + seed + "-0");
    }

    void run() throws IOException {
      CrashDisk disk = new CrashDisk(path.resolve("version-2"));
      for (int generation = 1; generation <= GENERATIONS; generation++) {
        Folder folder = folder(disk);
        List<Storage> opened = new ArrayList<>();
        try {
          disk.cutAfter(random.nextInt(120));
          work(folder, opened);
        } catch (CrashDisk.PowerCut e) {
          // as planned
        } catch (CorruptStorageException e) {
          throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        } finally {
          close(opened);
        }
        if (random.nextInt(3) > 0) { // otherwise only the process died
          path = temp.resolve(anyOrder + "-" + maxBatch + "-" + seed + "-" + generation);
          disk.found(path.resolve("version-2"), random, anyOrder);
          check();
          disk = new CrashDisk(path.resolve("version-2"));
        }
      }
    }

    private void close(List<Storage> opened) throws IOException {
      for (Storage storage : opened) {
        try {
          storage.close();
        } catch (CrashDisk.PowerCut e) {
          // the lock is let go all the same
        }
      }
    }

    private Folder folder(Disk disk) {
      Folder folder = new Folder(path);
      folder.disk = disk;
      folder.preallocateBytes = 4096;
      folder.logSizeLimitBytes = random.nextBoolean() ? 0 : 9000;
      return folder;
    }

    private void work(Folder folder, List<Storage> opened) throws IOException {
      Storage storage = folder.open();
      opened.add(storage);
      long state = storage.snapshots().load(Folder.emptyStore()).zxid();
      long last = replay(storage, state);
      acknowledged = last; // whoever replayed it has made it durable
      written = last;
      if (state < 0) {
        storage.snapshots().write(Folder.state(0));
        state = 0;
        acknowledgedState = 0;
      }
      for (int i = 0; i < 60; i++) {
        int n = 1 + random.nextInt(maxBatch);
        for (int k = 0; k < n; k++) {
          written++;
          storage.log().append(written, PlainCodec.record(written, 20 + random.nextInt(1500)));
        }
        storage.log().force();
        acknowledged = written;
        switch (random.nextInt(12)) {
          case 0 -> storage.log().roll();
          case 1 -> {
            storage.log().roll();
            storage.snapshots().write(Folder.state(written));
            state = written;
            acknowledgedState = written;
          }
          case 2 -> storage.snapshots().purge(1 + random.nextInt(2), 0);
          case 3 -> {
            if (written - 2 > state) {
              acknowledged = written - 2;
              storage.log().truncate(written - 2);
              written -= 2;
            }
          }
          case 4 -> storage.epochs().setCurrentEpoch(0);
          default -> {}
        }
      }
    }

    /** Replays behind a state; checks what comes, and returns the last zxid. */
    private long replay(Storage storage, long state) throws IOException {
      List<Long> replayed = Folder.replay(storage, state + 1);
      long last = replayed.isEmpty() ? Math.max(0, state) : replayed.getLast();
      String what = "seed " + seed + ": found " + last + " of " + acknowledged;
      assertTrue(last >= acknowledged, what);
      assertTrue(last <= Math.max(written, acknowledged + 2), what + ", written " + written);
      assertTrue(state >= acknowledgedState, what + ", from state " + state);
      assertEquals(TransactionLogTest.range(Math.max(0, state) + 1, last), replayed, what);
      return last;
    }

    private void check() throws IOException {
      Folder folder = folder(new SystemDisk(false));
      for (int start = 0; start < 2; start++) {
        try (Storage storage = folder.open();
            TreeStore store = Folder.emptyStore()) {
          replay(storage, storage.snapshots().load(store).zxid());
          assertTrue(storage.epochs().currentEpoch() <= 0, "seed " + seed);
        } catch (CorruptStorageException e) {
          throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
      }
    }
  }

  @Test
  void writesThatReachTheDiskInOrder() throws IOException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      new Run(seed, false, 6).run();
    }
  }

  @Test
  void singleRecordsWhoseSectorsReachTheDiskInAnyOrder() throws IOException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      new Run(seed, true, 1).run();
    }
  }

  @Test
  void batchesWhoseSectorsReachTheDiskInAnyOrder() throws IOException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      new Run(seed, true, 6).run();
    }
  }
}
