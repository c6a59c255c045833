package com.example.memoryfile;

import com.example.memoryfile.Entries.Kind;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Zxid;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.storage.Epochs;
import io.quorate.spi.storage.Snapshots;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.TransactionLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records, states and epochs in memory, and each change of them in the file. The log belongs to one
 * thread and states to another (rule 6), so whatever touches the maps or the file holds the lock of
 * this object.
 */
final class MemoryFileStorage implements Storage {
  private final StorageConfiguration configuration;
  private final Codec codec;
  private final DirectoryLock lock;
  private final DataFile file;
  private final TreeMap<Long, byte[]> records = new TreeMap<>();
  private final TreeMap<Long, byte[]> states = new TreeMap<>();
  private long acceptedEpoch = -1;
  private long currentEpoch = -1;

  /** Appended and not yet written. */
  private Entries pending = new Entries();

  MemoryFileStorage(StorageConfiguration configuration, DirectoryLock lock, DiskHook hook)
      throws IOException {
    this.configuration = configuration;
    this.codec = configuration.codec();
    this.lock = lock;
    this.file =
        new DataFile(
            configuration.dataDir(), configuration.forceSync(), hook, everything(), this::read);
  }

  private void read(Kind kind, long number, byte[] bytes) throws IOException {
    switch (kind) {
      case CODEC:
        String name = new String(bytes, StandardCharsets.UTF_8);
        if (!name.equals(codec.name())) {
          throw new IOException(
              configuration.dataDir()
                  + " was written with the codec "
                  + name
                  + ", and the server is to use "
                  + codec.name());
        }
        break;
      case RECORD:
        records.put(number, bytes);
        break;
      case STATE:
        states.put(number, bytes);
        break;
      case TRUNCATED:
        records.tailMap(number, false).clear();
        break;
      case ACCEPTED_EPOCH:
        acceptedEpoch = number;
        break;
      case CURRENT_EPOCH:
        currentEpoch = number;
        break;
    }
  }

  /** The whole storage, for a new file. */
  private Entries everything() {
    Entries all = new Entries();
    all.add(Kind.CODEC, 0, codec.name().getBytes(StandardCharsets.UTF_8));
    all.add(Kind.ACCEPTED_EPOCH, acceptedEpoch).add(Kind.CURRENT_EPOCH, currentEpoch);
    states.forEach((zxid, state) -> all.add(Kind.STATE, zxid, state));
    records.forEach((zxid, record) -> all.add(Kind.RECORD, zxid, record));
    return all;
  }

  @Override
  public TransactionLog log() {
    return log;
  }

  private final TransactionLog log =
      new TransactionLog() {
        @Override
        public long replay(long fromZxid, RecordVisitor visitor) throws IOException {
          Map<Long, byte[]> wanted;
          long last;
          synchronized (MemoryFileStorage.this) {
            wanted = new TreeMap<>(records.tailMap(fromZxid));
            last = records.isEmpty() ? -1 : records.lastKey();
          }
          long expectedAfter = fromZxid - 1;
          for (long zxid : wanted.keySet()) { // before the first is given: all or nothing
            if (!follows(expectedAfter, zxid)) {
              throw file.damaged(
                  -1, "The records before zxid " + Zxid.toHex(zxid) + " are missing");
            }
            expectedAfter = zxid;
          }
          for (Map.Entry<Long, byte[]> record : wanted.entrySet()) {
            visitor.record(record.getKey(), record.getValue(), 0, record.getValue().length);
          }
          return last;
        }

        @Override
        public void append(long zxid, byte[] record) throws IOException {
          synchronized (MemoryFileStorage.this) {
            file.checkUsable();
            if (record.length == 0 || record.length > configuration.maxRecordBytes()) {
              throw new IllegalArgumentException("A record of " + record.length + " bytes");
            }
            if (!records.isEmpty() && zxid <= records.lastKey()) {
              throw new IllegalArgumentException("Zxid " + zxid + " after " + records.lastKey());
            }
            records.put(zxid, record);
            pending.add(Kind.RECORD, zxid, record);
          }
        }

        @Override
        public void force() throws IOException {
          synchronized (MemoryFileStorage.this) {
            file.checkUsable();
            if (!pending.isEmpty()) {
              file.write(pending);
              pending = new Entries();
            }
          }
        }

        @Override
        public void roll() throws IOException {
          synchronized (MemoryFileStorage.this) {
            force();
            file.seal();
          }
        }

        @Override
        public void truncate(long zxid) throws IOException {
          synchronized (MemoryFileStorage.this) {
            if (!states.isEmpty() && zxid < states.lastKey()) { // rule 10
              throw new IOException(
                  "There is a state of zxid " + states.lastKey() + ", no way back to " + zxid);
            }
            records.tailMap(zxid, false).clear();
            pending.add(Kind.TRUNCATED, zxid);
            force();
          }
        }

        @Override
        public long lastForceNanos() {
          return file.lastForceNanos();
        }
      };

  /** The next transaction, or the first one of a later epoch. */
  private static boolean follows(long previous, long next) {
    return next == previous + 1
        || (Zxid.epoch(next) > Zxid.epoch(previous) && Zxid.counter(next) <= 1);
  }

  @Override
  public Snapshots snapshots() {
    return snapshots;
  }

  private final Snapshots snapshots =
      new Snapshots() {
        @Override
        public Loaded load(TreeStore into) throws IOException {
          Map.Entry<Long, byte[]> newest;
          synchronized (MemoryFileStorage.this) {
            newest = states.lastEntry();
            if (newest == null && !records.isEmpty() && !configuration.trustEmptySnapshot()) {
              throw file.damaged(-1, "There are records without a state"); // rule 9
            }
          }
          if (newest == null) {
            return Loaded.NOTHING;
          }
          Codec.StateInfo info = codec.readState(new ByteArrayInputStream(newest.getValue()), into);
          return new Loaded(newest.getKey(), info.digestZxid(), info.digest());
        }

        /** The whole state is one block, so it is there or it is not (rule 4). */
        @Override
        public long write(TreeView view) throws IOException {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          codec.writeState(view, bytes); // the log goes on meanwhile
          synchronized (MemoryFileStorage.this) {
            file.write(new Entries().add(Kind.STATE, view.zxid(), bytes.toByteArray()));
            states.put(view.zxid(), bytes.toByteArray());
            return bytes.size();
          }
        }

        @Override
        public int purge(int retain, long sizeBudgetBytes) throws IOException {
          if (retain < 1) {
            throw new IllegalArgumentException("At least one state has to stay, not " + retain);
          }
          synchronized (MemoryFileStorage.this) {
            int before = states.size();
            long stateBytes = states.values().stream().mapToLong(state -> state.length).sum();
            while (states.size() > retain
                || (states.size() > 1 && sizeBudgetBytes > 0 && stateBytes > sizeBudgetBytes)) {
              stateBytes -= states.pollFirstEntry().getValue().length;
            }
            int gone = before - states.size();
            if (gone > 0) {
              records.headMap(states.firstKey(), true).clear(); // rule 5
              file.replace(everything()); // with what was pending
              pending = new Entries();
            }
            return gone;
          }
        }
      };

  @Override
  public Epochs epochs() {
    return epochs;
  }

  private final Epochs epochs =
      new Epochs() {
        @Override
        public long acceptedEpoch() {
          synchronized (MemoryFileStorage.this) {
            return acceptedEpoch;
          }
        }

        @Override
        public long currentEpoch() {
          synchronized (MemoryFileStorage.this) {
            return currentEpoch;
          }
        }

        @Override
        public void setAcceptedEpoch(long epoch) throws IOException {
          write(Kind.ACCEPTED_EPOCH, epoch);
        }

        @Override
        public void setCurrentEpoch(long epoch) throws IOException {
          write(Kind.CURRENT_EPOCH, epoch);
        }

        /** An epoch is a promise: it is sealed at once, so that its loss is noticed (rule 11). */
        private void write(Kind kind, long epoch) throws IOException {
          synchronized (MemoryFileStorage.this) {
            file.write(new Entries().add(kind, epoch));
            file.seal();
            read(kind, epoch, new byte[0]);
          }
        }

        private void read(Kind kind, long epoch, byte[] bytes) throws IOException {
          MemoryFileStorage.this.read(kind, epoch, bytes);
        }
      };

  /** Znodes are on the server's heap. */
  @Override
  public Optional<TreeStore> treeStore() {
    return Optional.empty();
  }

  @Override
  public long dataSizeBytes() {
    return file.size();
  }

  @Override
  public long logSizeBytes() {
    return file.size();
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      try (lock;
          file) {
        // Appended and not forced: lost, as after a power cut.
        pending = new Entries();
      }
    }
  }
}
