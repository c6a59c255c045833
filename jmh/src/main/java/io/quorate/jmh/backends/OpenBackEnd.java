package io.quorate.jmh.backends;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.OpCode;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.ZnodePath;
import io.quorate.server.StartedState;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.tree.ChangeListener;
import io.quorate.tree.HeapTreeStore;
import io.quorate.tree.Tree;
import io.quorate.tree.TreeRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A storage with a codec, opened and recovered as a server does it, with the tree over it. One
 * thread, but for readers of the store.
 */
final class OpenBackEnd implements AutoCloseable {
  /** System property with the folder in which data folders are made. */
  static final String DATA = "quorate.jmh.data";

  static final TreeRules RULES = new TreeRules(EphemeralOwner.Encoding.EXTENDED, true, false);
  private static final int MAX_RECORD = 1 << 21;
  private static final long PREALLOCATE = 64 << 20;
  private static final int BATCH = 1000;

  final Codec codec;
  final Storage storage;
  final TreeStore store;
  final Tree tree;
  long zxid;

  private OpenBackEnd(Codec codec, Storage storage, TreeStore store, Tree tree, long zxid) {
    this.codec = codec;
    this.storage = storage;
    this.store = store;
    this.tree = tree;
    this.zxid = zxid;
  }

  static OpenBackEnd open(String storageName, String codecName, Path folder) throws IOException {
    Codec codec = codec(codecName);
    Storage storage =
        BackEnds.storage(storageName)
            .open(
                new StorageConfiguration(
                    folder.resolve("data"),
                    folder.resolve("log"),
                    codec,
                    MAX_RECORD,
                    PREALLOCATE,
                    true,
                    0,
                    "",
                    false,
                    true,
                    RULES.encoding(),
                    true,
                    Map.of()));
    TreeStore store =
        storage.treeStore().orElseGet(() -> new HeapTreeStore(42, RULES.encoding(), true));
    long zxid = StartedState.recover(storage, store, RULES, codec).recovered().lastZxid();
    store.publish(store.seal(zxid));
    return new OpenBackEnd(codec, storage, store, new Tree(store, RULES), zxid);
  }

  static Codec codec(String name) {
    return BackEnds.codec(name).open(new CodecConfiguration(MAX_RECORD, true, true));
  }

  static Path newFolder() throws IOException {
    Path parent = Path.of(System.getProperty(DATA, System.getProperty("java.io.tmpdir")));
    return Files.createTempDirectory(Files.createDirectories(parent), "quorate-jmh");
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  /** Creates these znodes and writes the state; readers see it. */
  void fill(Znodes znodes) throws IOException {
    create(ZnodePath.of("/bench"), 1);
    for (int p = 0; p < znodes.parents(); p++) {
      create(znodes.parent(p), p + 1);
      for (int c = 0; c < znodes.children(); c++) {
        create(znodes.path(p * znodes.children() + c), c + 1);
      }
    }
    writeState();
  }

  private void create(ZnodePath path, int created) {
    store.create(path, Znodes.data(zxid), Acl.OPEN, 0, ++zxid, 1_700_000_000_000L, created);
    if (zxid % BATCH == 0) {
      publish();
    }
  }

  /** Applies one transaction to the head. */
  void apply(int type, Txn txn) {
    tree.apply(header(++zxid, type), txn, ChangeListener.NONE);
  }

  void setData(ZnodePath path, byte[] data) {
    apply(OpCode.SET_DATA, new Txn.SetData(path, data, 1));
  }

  /** Applies one transaction and appends it to the log. */
  void setDataLogged(ZnodePath path, byte[] data) throws IOException {
    Txn txn = new Txn.SetData(path, data, 1);
    apply(OpCode.SET_DATA, txn);
    TxnRecord record =
        new TxnRecord(header(zxid, OpCode.SET_DATA), txn, true, store.head().digest());
    storage.log().append(zxid, codec.encode(record));
  }

  static TxnHeader header(long zxid, int type) {
    return new TxnHeader(0x100000000000001L, (int) zxid, zxid, 1_700_000_000_000L, type);
  }

  /** Makes what was applied visible to readers. */
  TreeView publish() {
    TreeView sealed = store.seal(zxid);
    store.publish(sealed);
    return sealed;
  }

  /** Publishes, and writes the state: a snapshot or a checkpoint. */
  void writeState() throws IOException {
    storage.snapshots().write(publish());
    storage.snapshots().purge(1, 0);
  }

  @Override
  public void close() throws IOException {
    store.close();
    storage.close();
  }
}
