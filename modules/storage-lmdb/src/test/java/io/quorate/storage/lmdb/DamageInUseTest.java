package io.quorate.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner.Encoding;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import io.quorate.spi.storage.CorruptStorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage that is found while the store is in use is told at once, whoever finds it. */
class DamageInUseTest {
  private static final long MB = 1 << 20;
  private static final int LARGE_ZNODES = 75;

  @TempDir Path temp;
  private Path directory;
  private final BlockingQueue<Throwable> told = new ArrayBlockingQueue<>(10);

  @BeforeEach
  void nameDirectory() {
    directory = temp.resolve("data");
  }

  private LmdbStorage open() throws IOException {
    LmdbStorage storage =
        LmdbStorage.open(
            Directories.configuration(directory),
            new TreeSettings(7, Encoding.EXTENDED, true, MB, 256 * MB, true));
    store(storage).onFailure(told::add);
    return storage;
  }

  private static TreeStore store(LmdbStorage storage) {
    return storage.treeStore().orElseThrow();
  }

  private static void start(LmdbStorage storage) throws IOException {
    storage.snapshots().load(store(storage));
    replay(storage);
  }

  private static void replay(LmdbStorage storage) throws IOException {
    storage.log().replay(LARGE_ZNODES + 1, (zxid, array, offset, length) -> {});
  }

  /** A pattern that is found again in the file. */
  private static byte[] data(int number, int length) {
    byte[] data = new byte[length];
    new Random(number).nextBytes(data);
    return data;
  }

  private void fill(int count, int length) throws IOException {
    try (LmdbStorage storage = open()) {
      storage.snapshots().load(store(storage));
      for (int i = 1; i <= count; i++) {
        store(storage).create(ZnodePath.of("/n" + i), data(i, length), Acl.OPEN, 0, i, i, i);
      }
      TreeView view = store(storage).seal(count);
      store(storage).publish(view);
      storage.snapshots().write(view);
    }
  }

  private Path treeFile() {
    return directory.resolve("version-2").resolve("tree.1.lmdb");
  }

  /** Changes one bit of these data in the file, wherever they are. */
  private void damage(byte[] data) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(treeFile().toFile(), "rw")) {
      var map = file.getChannel().map(MapMode.READ_WRITE, 0, file.length());
      for (int at = 0; at < map.limit() - data.length; at++) {
        if (map.get(at) == data[0] && map.slice(at, 16).equals(head(data))) {
          map.put(at + data.length / 2, (byte) (map.get(at + data.length / 2) ^ 1));
          return;
        }
      }
    }
    throw new AssertionError("not in the file");
  }

  private static java.nio.ByteBuffer head(byte[] data) {
    return java.nio.ByteBuffer.wrap(data, 0, 16);
  }

  private void assertTold() throws InterruptedException {
    Throwable t = told.poll(30, TimeUnit.SECONDS);
    assertInstanceOf(CorruptStorageException.class, t);
    assertTrue(t.toString().contains(treeFile().toString()), t::toString);
  }

  @Test
  void whatAReaderFindsIsTold() throws Exception {
    fill(3, 5000);
    try (LmdbStorage storage = open()) {
      storage.snapshots().load(store(storage));
      damage(data(2, 5000));
      TreeReader reader = store(storage).reader();
      assertNotNull(reader.latest().find(ZnodePath.of("/n1")));
      assertNull(told.peek());
      CompletableFuture<Object> read =
          CompletableFuture.supplyAsync(() -> reader.latest().find(ZnodePath.of("/n2")));
      CompletionException thrown = assertThrows(CompletionException.class, read::join);
      assertInstanceOf(UncheckedIOException.class, thrown.getCause());
      assertTold();
      assertThrows(UncheckedIOException.class, () -> reader.latest().find(ZnodePath.of("/n2")));
      assertNull(told.peek(), "once");

      TreeView sealed = store(storage).seal(4);
      assertThrows(IllegalStateException.class, () -> store(storage).publish(sealed));
      assertThrows(IllegalStateException.class, () -> storage.snapshots().write(sealed));
    }
  }

  @Test
  void whoAsksLateIsToldToo() throws Exception {
    fill(3, 5000);
    try (LmdbStorage storage = open()) {
      storage.snapshots().load(store(storage));
      damage(data(2, 5000));
      TreeView view = store(storage).head();
      assertThrows(UncheckedIOException.class, () -> view.find(ZnodePath.of("/n2")));
      assertTold();
      store(storage).onFailure(told::add);
      assertTold();
    }
  }

  /** Larger than what is read whole at the start. */
  @Test
  void aLargeFileIsReadWholeWhileItIsInUse() throws Exception {
    fill(LARGE_ZNODES, (int) MB - 1000);
    try (RandomAccessFile file = new RandomAccessFile(treeFile().toFile(), "r");
        FileChannel channel = file.getChannel()) {
      assertTrue(channel.size() > 70 * MB, "size " + channel.size());
    }
    try (LmdbStorage storage = open()) {
      start(storage);
      storage.checkpoints().awaitCheck();
      assertNull(told.peek(), "it is sound");
      assertEquals(LARGE_ZNODES + 1, store(storage).head().nodeCount());
    }
    damage(data(LARGE_ZNODES - 1, (int) MB - 1000));
    try (LmdbStorage storage = open()) {
      storage.snapshots().load(store(storage));
      storage.checkpoints().awaitCheck();
      assertNull(told.peek(), "the replay goes first");
      replay(storage);
      assertTold();
    }
    open().close();
  }

  @Test
  void aStopDoesNotWaitForTheReading() throws Exception {
    fill(LARGE_ZNODES, (int) MB - 1000);
    for (int i = 0; i < 5; i++) {
      try (LmdbStorage storage = open()) {
        start(storage);
      }
    }
    assertNull(told.peek());
  }
}
