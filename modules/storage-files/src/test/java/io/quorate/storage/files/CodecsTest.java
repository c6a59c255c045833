package io.quorate.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.TreeStore;
import io.quorate.api.TxnRecord;
import io.quorate.codec.kryo.KryoCodecProvider;
import io.quorate.jute.JuteCodecProvider;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.tree.ChangeListener;
import io.quorate.tree.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.zookeeper.server.DataTree;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files with each codec: states and logs come back, and no other codec is tried on them. */
class CodecsTest {
  private static final CodecProvider JUTE = new JuteCodecProvider();
  private static final CodecProvider KRYO = new KryoCodecProvider();

  @TempDir Path temp;

  private record Setting(CodecProvider codec, String compression) {
    @Override
    public String toString() {
      return codec.name() + " " + compression;
    }

    Codec open() {
      return codec.open(new CodecConfiguration(1 << 20, true, true));
    }
  }

  static Stream<Setting> settings() {
    return Stream.of("", "gz", "snappy")
        .flatMap(c -> Stream.of(new Setting(JUTE, c), new Setting(KRYO, c)));
  }

  private Storage open(Setting setting) throws IOException {
    return new FilesStorageProvider()
        .open(
            new StorageConfiguration(
                temp,
                temp,
                setting.open(),
                1 << 20,
                1 << 16,
                false,
                0,
                setting.compression(),
                false,
                true,
                Map.of()));
  }

  /** Starts as a server does, checking the digest after each record. */
  private static TreeStore start(Storage storage, Codec codec) throws IOException {
    TreeStore store = Workload.newStore();
    long from = storage.snapshots().load(store).zxid() + 1;
    Tree tree = new Tree(store, Workload.RULES);
    storage
        .log()
        .replay(
            from,
            (zxid, array, offset, length) -> {
              TxnRecord record = codec.decode(array, offset, length);
              assertEquals(zxid, record.header().zxid());
              tree.apply(record.header(), record.txn(), ChangeListener.NONE);
              assertEquals(record.digest(), store.head().digest());
            });
    return store;
  }

  private static void append(Storage storage, Codec codec, Workload workload, int records)
      throws IOException {
    for (int i = 0; i < records; i++) {
      TxnRecord record = workload.next();
      storage.log().append(record.header().zxid(), codec.encode(record));
    }
    storage.log().force();
  }

  private Workload written(Setting setting) throws IOException {
    Codec codec = setting.open();
    Workload workload = new Workload(11);
    try (Storage storage = open(setting)) {
      storage.snapshots().write(workload.store.head());
      storage.log().replay(1, (zxid, array, offset, length) -> {});
      append(storage, codec, workload, 300);
      storage.snapshots().write(workload.store.head());
      append(storage, codec, workload, 300);
    }
    return workload;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everythingComesBack(Setting setting) throws IOException {
    Workload workload = written(setting);
    for (int round = 0; round < 3; round++) {
      try (Storage storage = open(setting)) {
        TreeStore store = start(storage, setting.open());
        assertEquals(workload.store.head().digest(), store.head().digest());
        assertEquals(workload.store.head().nodeCount(), store.head().nodeCount());
        assertEquals(workload.store.head().sessionCount(), store.head().sessionCount());
        append(storage, setting.open(), workload, 20);
        if (round == 1) {
          storage.snapshots().write(workload.store.head());
          assertTrue(storage.snapshots().purge(1, 0) > 0);
        }
      }
    }
  }

  private List<Path> files(String prefix) throws IOException {
    try (Stream<Path> all = Files.list(temp.resolve("version-2"))) {
      return all.filter(f -> f.getFileName().toString().startsWith(prefix)).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void anotherCodecIsRefused(Setting setting) throws IOException {
    written(setting);
    CodecProvider other = setting.codec() == JUTE ? KRYO : JUTE;
    try (Storage storage = open(new Setting(other, setting.compression()))) {
      assertNamesBoth(
          setting,
          assertThrows(
              CorruptStorageException.class, () -> storage.snapshots().load(Workload.newStore())));
      assertNamesBoth(
          setting,
          assertThrows(CorruptStorageException.class, () -> storage.snapshots().purge(1, 0)));
      assertNamesBoth(
          setting,
          assertThrows(
              CorruptStorageException.class,
              () -> storage.log().replay(1, (zxid, array, offset, length) -> {})));
    }
  }

  private static void assertNamesBoth(Setting setting, CorruptStorageException e) {
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("version-2"), message);
    assertTrue(message.contains("written by codec " + setting.codec().name()), message);
    assertTrue(message.contains("Start with codec=" + setting.codec().name()), message);
  }

  private void restoreWithApache() throws IOException {
    FileTxnSnapLog files = new FileTxnSnapLog(temp.toFile(), temp.toFile());
    files.restore(new DataTree(), new ConcurrentHashMap<>(), (header, txn, digest) -> {});
  }

  /** Whatever part of the files it sees, it must not start with less than there is. */
  @Test
  void apacheRefusesThem() throws IOException {
    written(new Setting(KRYO, ""));
    assertThrows(IOException.class, this::restoreWithApache);
    List<Path> logs = files("log.");
    byte[] log = Files.readAllBytes(logs.getFirst());
    for (Path file : logs) {
      Files.delete(file);
    }
    assertThrows(IOException.class, this::restoreWithApache);
    for (Path file : files("snapshot.")) {
      Files.delete(file);
    }
    Files.write(logs.getFirst(), log);
    assertThrows(IOException.class, this::restoreWithApache);
  }
}
