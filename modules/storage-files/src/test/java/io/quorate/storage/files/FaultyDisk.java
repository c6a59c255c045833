package io.quorate.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A disk on which every call from the n-th on fails, as one does that was pulled out, or only that
 * one. A failing write first writes a part.
 */
final class FaultyDisk implements Disk {
  static final String MESSAGE = "No space left on device";

  private final Disk disk;
  private int left = Integer.MAX_VALUE;
  private boolean once;

  FaultyDisk(Disk disk) {
    this.disk = disk;
  }

  /** Lets {@code calls} more calls succeed and all after them fail. */
  void failAfter(int calls) {
    left = calls;
    once = false;
  }

  /** Lets {@code calls} more calls succeed, one fail, and all after it succeed. */
  void failOnceAfter(int calls) {
    left = calls;
    once = true;
  }

  void heal() {
    left = Integer.MAX_VALUE;
  }

  private boolean fails() {
    if (left > 0) {
      left--;
      return false;
    }
    if (once) {
      heal();
    }
    return true;
  }

  private void check() throws IOException {
    if (fails()) {
      throw new IOException(MESSAGE);
    }
  }

  @Override
  public DiskFile create(Path path) throws IOException {
    check();
    return new FaultyFile(disk.create(path));
  }

  @Override
  public DiskFile open(Path path) throws IOException {
    check();
    return new FaultyFile(disk.open(path));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    check();
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path); // so that what failed can be cleaned up, as on a full disk
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    check();
    disk.syncDirectory(directory);
  }

  private final class FaultyFile implements DiskFile {
    private final DiskFile file;

    FaultyFile(DiskFile file) {
      this.file = file;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      if (fails()) {
        ByteBuffer part = source.slice(source.position(), source.remaining() / 2);
        file.write(part, position);
        throw new IOException(MESSAGE);
      }
      file.write(source, position);
    }

    @Override
    public void force() throws IOException {
      check();
      file.force();
    }

    @Override
    public void truncate(long size) throws IOException {
      check();
      file.truncate(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
