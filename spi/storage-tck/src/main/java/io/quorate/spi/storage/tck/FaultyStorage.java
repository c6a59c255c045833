package io.quorate.spi.storage.tck;

import io.quorate.api.Stability;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.spi.storage.Epochs;
import io.quorate.spi.storage.Snapshots;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.TransactionLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;

/**
 * A storage that fails when it is told to, for tests of those who use one. What was appended goes
 * to the storage behind it only with a force. The force that fails first lets a random part of it
 * through, as a disk that is full does or one whose power is cut; nothing succeeds after it.
 *
 * <p>One thread, but for {@link #failAfter}.
 */
@Stability.Evolving
public final class FaultyStorage implements Storage {
  private final Storage storage;
  private final int maxRecordBytes;
  private final Random random;
  private final Log log = new Log();
  private final States states = new States();
  private final EpochFiles epochs = new EpochFiles();
  private volatile int left = Integer.MAX_VALUE;
  private boolean failed;

  /**
   * A storage in front of another.
   *
   * @param maxRecordBytes what the storage behind was opened with
   * @param seed decides how much of a failing write is done
   */
  public FaultyStorage(Storage storage, int maxRecordBytes, long seed) {
    this.storage = storage;
    this.maxRecordBytes = maxRecordBytes;
    this.random = new Random(seed);
  }

  /** Lets {@code operations} more forces, states and epochs be written, and none after. */
  public void failAfter(int operations) {
    left = operations;
  }

  private boolean fails() {
    if (failed || left <= 0) {
      failed = true;
      return true;
    }
    left--;
    return false;
  }

  private static IOException full() {
    return new IOException("No space left on device");
  }

  private void check() throws IOException {
    if (failed) {
      throw new IOException("The storage failed before and is not used again");
    }
  }

  @Override
  public TransactionLog log() {
    return log;
  }

  @Override
  public Snapshots snapshots() {
    return states;
  }

  @Override
  public Epochs epochs() {
    return epochs;
  }

  @Override
  public Optional<TreeStore> treeStore() {
    return storage.treeStore();
  }

  @Override
  public long dataSizeBytes() {
    return storage.dataSizeBytes();
  }

  @Override
  public long logSizeBytes() {
    return storage.logSizeBytes();
  }

  @Override
  public void close() throws IOException {
    storage.close();
  }

  private final class Log implements TransactionLog {
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long lastZxid = -1;

    @Override
    public long replay(long fromZxid, RecordVisitor visitor) throws IOException {
      check();
      lastZxid = storage.log().replay(fromZxid, visitor);
      return lastZxid;
    }

    @Override
    public void append(long zxid, byte[] record) throws IOException {
      check();
      if (zxid <= lastZxid) {
        throw new IllegalArgumentException("Zxid " + zxid + " after " + lastZxid);
      }
      if (record.length == 0 || record.length > maxRecordBytes) {
        throw new IllegalArgumentException("A record of " + record.length + " bytes");
      }
      lastZxid = zxid;
      pending.add(new Pending(zxid, record.clone()));
    }

    @Override
    public void force() throws IOException {
      check();
      if (!fails()) {
        pass(pending.size());
        storage.log().force();
        return;
      }
      pass(random.nextInt(pending.size() + 1));
      pending.clear();
      if (random.nextBoolean()) {
        storage.log().force();
      }
      throw full();
    }

    private void pass(int records) throws IOException {
      for (int i = 0; i < records; i++) {
        Pending next = pending.remove();
        storage.log().append(next.zxid, next.record);
      }
    }

    @Override
    public void roll() throws IOException {
      force();
      storage.log().roll();
    }

    @Override
    public void truncate(long zxid) throws IOException {
      force();
      storage.log().truncate(zxid);
      lastZxid = Math.min(lastZxid, zxid);
    }

    @Override
    public long lastForceNanos() {
      return storage.log().lastForceNanos();
    }
  }

  private static final class Pending {
    final long zxid;
    final byte[] record;

    Pending(long zxid, byte[] record) {
      this.zxid = zxid;
      this.record = record;
    }
  }

  private final class States implements Snapshots {
    @Override
    public Loaded load(TreeStore into) throws IOException {
      check();
      return storage.snapshots().load(into);
    }

    @Override
    public long write(TreeView view) throws IOException {
      check();
      if (fails()) {
        throw full();
      }
      return storage.snapshots().write(view);
    }

    @Override
    public int purge(int retain, long sizeBudgetBytes) throws IOException {
      check();
      return storage.snapshots().purge(retain, sizeBudgetBytes);
    }
  }

  private final class EpochFiles implements Epochs {
    @Override
    public long acceptedEpoch() throws IOException {
      return storage.epochs().acceptedEpoch();
    }

    @Override
    public long currentEpoch() throws IOException {
      return storage.epochs().currentEpoch();
    }

    @Override
    public void setAcceptedEpoch(long epoch) throws IOException {
      check();
      if (fails()) {
        throw full();
      }
      storage.epochs().setAcceptedEpoch(epoch);
    }

    @Override
    public void setCurrentEpoch(long epoch) throws IOException {
      check();
      if (fails()) {
        throw full();
      }
      storage.epochs().setCurrentEpoch(epoch);
    }
  }
}
