package io.quorate.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The real disk. */
final class SystemDisk implements Disk {
  private final boolean sync;

  /**
   * A disk.
   *
   * @param sync false leaves out every fsync
   */
  SystemDisk(boolean sync) {
    this.sync = sync;
  }

  @Override
  public DiskFile create(Path path) throws IOException {
    return new ChannelFile(
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), sync);
  }

  @Override
  public DiskFile open(Path path) throws IOException {
    return new ChannelFile(FileChannel.open(path, StandardOpenOption.WRITE), sync);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    if (!sync) {
      return;
    }
    // Linux lets a directory be opened for reading, and fsync on it makes its entries durable.
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private record ChannelFile(FileChannel channel, boolean sync) implements DiskFile {
    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      long at = position;
      while (source.hasRemaining()) {
        at += channel.write(source, at);
      }
    }

    @Override
    public void force() throws IOException {
      if (sync) {
        // fdatasync: data, and of the metadata the length, which is all that is needed to read
        // back.
        channel.force(false);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
