package io.quorate.simulation.disk;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Epochs;
import io.quorate.spi.storage.Snapshots;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.TransactionLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The storage SPI over a {@link Disk}: one incarnation's view of it. */
public final class VirtualStorage implements Storage {
  private static final long FORCE_NANOS = 1_000_000;

  private final Disk disk;
  private final Codec codec;
  private final int maxRecordBytes;
  private final Log log = new Log();
  private final Images images = new Images();

  /**
   * Over what the disk holds.
   *
   * @param maxRecordBytes longer records are not taken
   * @throws IOException if another incarnation has the disk
   */
  public VirtualStorage(Disk disk, Codec codec, int maxRecordBytes) throws IOException {
    this.disk = disk;
    this.codec = codec;
    this.maxRecordBytes = maxRecordBytes;
    disk.take();
  }

  @Override
  public TransactionLog log() {
    return log;
  }

  @Override
  public Snapshots snapshots() {
    return images;
  }

  @Override
  public Epochs epochs() {
    return new DiskEpochs();
  }

  @Override
  public Optional<TreeStore> treeStore() {
    return Optional.empty();
  }

  @Override
  public long dataSizeBytes() {
    return disk.images.values().stream().mapToLong(i -> i.bytes().length).sum();
  }

  @Override
  public long logSizeBytes() {
    long sum = 0;
    for (Disk.LogFile file : disk.files) {
      for (Disk.Entry e : file.entries) {
        sum += e.bytes.length;
      }
    }
    return sum;
  }

  @Override
  public void close() {
    disk.processEnded(); // and the disk stays
  }

  private static CorruptStorageException corrupt(String problem) {
    return new CorruptStorageException(Path.of("virtual"), -1, problem, "This disk is simulated");
  }

  private final class Log implements TransactionLog {
    private boolean rolled = true;
    private boolean forced;

    @Override
    public long replay(long fromZxid, RecordVisitor visitor) throws IOException {
      trimTornTail();
      long last = -1;
      boolean first = true;
      for (Disk.LogFile file : disk.files) {
        for (Disk.Entry e : file.entries) {
          if (last >= fromZxid && !follows(last, e.zxid)) {
            throw corrupt("a gap before " + Long.toHexString(e.zxid));
          }
          last = e.zxid;
          if (e.zxid >= fromZxid) {
            if (first && e.zxid != fromZxid && fromZxid > 1 && !follows(fromZxid - 1, e.zxid)) {
              throw corrupt("records from " + Long.toHexString(fromZxid) + " are missing");
            }
            first = false;
            visitor.record(e.zxid, e.bytes, 0, e.bytes.length);
          }
        }
      }
      rolled = disk.files.isEmpty();
      disk.forced();
      return last;
    }

    private boolean follows(long last, long next) {
      return next == last + 1 || (next >>> 32 > last >>> 32 && (next & 0xffffffffL) == 1);
    }

    /** Everything from the first damaged record on goes: none of it was ever forced. */
    private void trimTornTail() {
      boolean torn = false;
      for (Disk.LogFile file : disk.files) {
        for (Disk.Entry e : List.copyOf(file.entries)) {
          torn |= e.torn;
          if (torn) {
            file.entries.remove(e);
            disk.dropped(e);
          }
        }
      }
      disk.files.removeIf(f -> f.entries.isEmpty());
    }

    @Override
    public void append(long zxid, byte[] record) throws IOException {
      if (record.length == 0 || record.length > maxRecordBytes) {
        throw new IllegalArgumentException("a record of " + record.length + " bytes");
      }
      disk.may(Disk.Fault.APPEND, "append");
      if (rolled || disk.files.isEmpty()) {
        disk.files.add(new Disk.LogFile());
        rolled = false;
      }
      Disk.Entry e = new Disk.Entry(zxid, record.clone());
      disk.files.getLast().entries.add(e);
      disk.appended(e);
    }

    @Override
    public void force() throws IOException {
      disk.may(Disk.Fault.FORCE, "force");
      disk.forced();
      forced = true;
    }

    @Override
    public void roll() throws IOException {
      force();
      rolled = true;
    }

    @Override
    public void truncate(long zxid) throws IOException {
      force();
      if (!disk.images.isEmpty() && zxid < disk.images.lastKey()) {
        throw new IOException(
            "the snapshot of " + Long.toHexString(disk.images.lastKey()) + " is newer");
      }
      for (Disk.LogFile file : disk.files) {
        for (Disk.Entry e : List.copyOf(file.entries)) {
          if (e.zxid > zxid) {
            file.entries.remove(e);
            disk.dropped(e);
          }
        }
      }
      disk.files.removeIf(f -> f.entries.isEmpty());
    }

    @Override
    public long lastForceNanos() {
      return forced ? FORCE_NANOS : 0; // virtual time passes elsewhere
    }
  }

  private final class Images implements Snapshots {
    @Override
    public Loaded load(TreeStore into) throws IOException {
      if (disk.images.isEmpty()) {
        if (!disk.files.isEmpty()) {
          throw corrupt("logs without a snapshot");
        }
        return Loaded.NOTHING;
      }
      Disk.Image newest = disk.images.lastEntry().getValue();
      Codec.StateInfo info = codec.readState(new ByteArrayInputStream(newest.bytes()), into);
      return new Loaded(newest.zxid(), info.digestZxid(), info.digest());
    }

    @Override
    public long write(TreeView view) throws IOException {
      byte[] bytes = encode(view);
      keep(view.zxid(), bytes);
      return bytes.length;
    }

    @Override
    public int purge(int retain, long sizeBudgetBytes) {
      int before = disk.fileCount();
      List<Long> zxids = new ArrayList<>(disk.images.keySet());
      for (long zxid : zxids.subList(0, Math.max(0, zxids.size() - retain))) {
        disk.images.remove(zxid);
      }
      if (!disk.images.isEmpty()) {
        long oldest = disk.images.firstKey();
        while (disk.files.size() > 1 && disk.files.get(1).entries.getFirst().zxid <= oldest + 1) {
          disk.files.removeFirst();
        }
      }
      return before - disk.fileCount();
    }
  }

  /** The bytes of a snapshot, which nobody sees before {@link #keep}. */
  public byte[] encode(TreeView view) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    codec.writeState(view, out);
    return out.toByteArray();
  }

  /** Makes a snapshot visible and safe at once. */
  public void keep(long zxid, byte[] bytes) throws IOException {
    disk.may(Disk.Fault.SNAPSHOT, "snapshot");
    disk.images.put(zxid, new Disk.Image(zxid, bytes));
  }

  private final class DiskEpochs implements Epochs {
    @Override
    public long acceptedEpoch() {
      return disk.acceptedEpoch;
    }

    @Override
    public long currentEpoch() {
      return disk.currentEpoch;
    }

    @Override
    public void setAcceptedEpoch(long epoch) throws IOException {
      disk.may(Disk.Fault.EPOCH, "epoch");
      disk.acceptedEpoch = epoch;
    }

    @Override
    public void setCurrentEpoch(long epoch) throws IOException {
      disk.may(Disk.Fault.EPOCH, "epoch");
      disk.currentEpoch = epoch;
    }
  }
}
