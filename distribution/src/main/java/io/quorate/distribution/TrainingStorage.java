package io.quorate.distribution;

import io.quorate.api.Acl;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeStore;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * The storage {@code training}, of a plug-in that is there only while the ahead-of-time cache is
 * trained: it puts the storage {@code lmdb} through a start, changes and look-ups, so that the one
 * cache of the image has its classes too, and then is the storage {@code files}, with which most
 * servers run.
 */
public final class TrainingStorage implements StorageProvider {
  private static final int PARENTS = 64;
  private static final int ZNODES = 30_000;
  private static final int VALUE_BYTES = 100;
  private static final int BATCH = 100;
  private static final int OPENINGS = 3;
  private static final long SESSION = 17;

  /** For {@link ServiceLoader}. */
  public TrainingStorage() {}

  @Override
  public String name() {
    return "training";
  }

  @Override
  public Storage open(StorageConfiguration c) throws IOException {
    Path directory = c.dataDir().resolveSibling("lmdb");
    StorageConfiguration beside =
        new StorageConfiguration(
            directory,
            directory,
            c.codec(),
            c.maxRecordBytes(),
            c.preallocateBytes(),
            c.forceSync(),
            c.logSizeLimitBytes(),
            c.compression(),
            c.trustEmptySnapshot(),
            c.autoCreate(),
            c.ownerEncoding(),
            c.digests(),
            c.properties());
    for (int i = 0; i < OPENINGS; i++) {
      try (Storage storage = provider("lmdb").open(beside)) {
        use(storage);
      }
    }
    return provider("files").open(c);
  }

  private static StorageProvider provider(String name) {
    return ServiceLoader.load(ModuleLayer.boot(), StorageProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void use(Storage storage) throws IOException {
    TreeStore store = storage.treeStore().orElseThrow();
    long opening = Math.max(0, storage.snapshots().load(store).zxid());
    long zxid = opening;
    storage.log().replay(opening + 1, (z, array, offset, length) -> {});
    if (opening == 0) {
      for (int i = 0; i < PARENTS; i++) {
        create(store, parent(i), 0, ++zxid);
      }
    }
    store.putSession(SESSION, 1000);
    for (int i = 0; i < ZNODES / OPENINGS; i++) {
      ZnodePath path = parent(i).child("znode-" + opening + "-" + i);
      create(store, path, i % 10 == 0 ? SESSION : 0, ++zxid);
      if (i % 4 == 0) {
        store.setData(path, new byte[VALUE_BYTES], 1, ++zxid, zxid);
      }
      if (i % BATCH == 0) {
        store.publish(store.seal(zxid));
      }
    }
    store.publish(store.seal(zxid));
    storage.snapshots().write(store.reader().latest());
    store.publish(store.seal(zxid));
    read(store.reader(), opening);
  }

  private static ZnodePath parent(int number) {
    return ZnodePath.of("/parent-" + number % PARENTS);
  }

  private static void create(TreeStore store, ZnodePath path, long owner, long zxid) {
    Znode parent = store.head().find(path.parent());
    if (parent == null || store.head().find(path) != null) {
      throw new IllegalStateException("where " + path + " is to be");
    }
    store.create(
        path, new byte[VALUE_BYTES], Acl.OPEN, owner, zxid, zxid, parent.createdChildren() + 1);
  }

  private static void read(TreeReader reader, long opening) {
    for (int i = 0; i < ZNODES / OPENINGS; i++) {
      Znode found = reader.latest().find(parent(i).child("znode-" + opening + "-" + i));
      if (found == null || found.dataLength() != VALUE_BYTES) {
        throw new IllegalStateException("a znode that was created is not there");
      }
    }
    for (int i = 0; i < PARENTS; i++) {
      Znode parent = reader.latest().find(parent(i));
      if (parent != null) {
        parent.children().forEach((name, offset, length, child) -> {});
      }
    }
    reader.latest().ephemerals(SESSION, path -> {});
  }
}
