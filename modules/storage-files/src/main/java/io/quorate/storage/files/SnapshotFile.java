package io.quorate.storage.files;

import io.quorate.api.NodeDigest;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.FormatMark;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Snapshots.Loaded;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes one snapshot file. */
final class SnapshotFile {
  private static final int BUFFER_BYTES = 1 << 18;

  private SnapshotFile() {}

  /**
   * Reads a snapshot into an empty store, and to its end, where a compression has its checksum. A
   * thread of its own reads, the caller's changes the store.
   *
   * @throws CorruptStorageException if another codec wrote it
   * @throws IOException if it is not whole; the store then holds a part of it
   */
  static Loaded read(StoredFile file, Codec codec, TreeStore into) throws IOException {
    try {
      return LoadAhead.run(into, ahead -> check(file, codec, ahead));
    } catch (RuntimeException e) {
      throw unfit(e);
    }
  }

  /** Bytes can be damaged so that each value can be read but the whole makes no tree. */
  private static IOException unfit(RuntimeException e) {
    return new IOException("The state does not fit together: " + e, e);
  }

  /** Reads a snapshot on this thread, as {@link #read}. */
  static Loaded check(StoredFile file, Codec codec, TreeStore into) throws IOException {
    try (InputStream raw = Files.newInputStream(file.path());
        InputStream in =
            Compression.of(file.suffix()).decompress(new BufferedInputStream(raw, BUFFER_BYTES))) {
      byte[] first = in.readNBytes(FormatMark.BYTES);
      OtherCodec.refuse(file.path(), first, codec.name());
      PushbackInputStream whole = new PushbackInputStream(in, FormatMark.BYTES);
      whole.unread(first);
      Codec.StateInfo info = codec.readState(whole, into);
      whole.transferTo(OutputStream.nullOutputStream());
      if (info.lastZxid() >= 0 && info.lastZxid() < file.zxid()) {
        // Starting from the name would leave out what is between.
        throw new IOException(
            "It ends at zxid 0x" + Long.toHexString(info.lastZxid()) + ", before that of its name");
      }
      boolean comparable = info.digestVersion() == NodeDigest.VERSION;
      return new Loaded(
          file.zxid(), comparable ? info.digestZxid() : -1, comparable ? info.digest() : 0);
    } catch (RuntimeException e) {
      throw unfit(e);
    }
  }

  /**
   * Writes a snapshot, durable and whole or not there at all.
   *
   * @return its size
   */
  static long write(
      Disk disk, Path directory, String name, Codec codec, TreeView view, Compression compression)
      throws IOException {
    Path temporary = directory.resolve(Layout.TEMP_PREFIX + name);
    disk.delete(temporary);
    long size;
    try {
      try (DiskFile file = disk.create(temporary)) {
        DiskOutput disked = new DiskOutput(file);
        try (OutputStream out = compression.compress(disked)) {
          codec.writeState(view, out);
        }
        size = disked.finish();
      }
      disk.rename(temporary, directory.resolve(name));
    } catch (Throwable t) {
      try {
        disk.delete(temporary);
      } catch (IOException e) {
        t.addSuppressed(e);
      }
      throw t;
    }
    disk.syncDirectory(directory);
    return size;
  }
}
