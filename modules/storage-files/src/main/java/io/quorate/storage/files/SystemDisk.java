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
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new ChannelFile(path, channel, sync);
  }

  @Override
  public DiskFile open(Path path) throws IOException {
    return new ChannelFile(path, FileChannel.open(path, StandardOpenOption.WRITE), sync);
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

  /** Says in each failure which file it was about; the system's messages do not. */
  private record ChannelFile(Path path, FileChannel channel, boolean sync) implements DiskFile {
    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      try {
        long at = position;
        while (source.hasRemaining()) {
          at += channel.write(source, at);
        }
      } catch (IOException e) {
        throw failed("write to", e);
      }
    }

    @Override
    public void force() throws IOException {
      if (!sync) {
        return;
      }
      try {
        // fdatasync: data, and of the metadata the length, which is all that is needed to read
        // back.
        channel.force(false);
      } catch (IOException e) {
        throw failed("fsync", e);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      try {
        channel.truncate(size);
      } catch (IOException e) {
        throw failed("cut", e);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }

    private IOException failed(String what, IOException e) {
      String reason = e.getMessage();
      return new IOException(
          "Can not " + what + " " + path + ": " + (reason == null ? e.toString() : reason), e);
    }
  }
}
