package com.example.memoryfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One process has a directory (rule 7). The operating system ends the lock with the process; the
 * file says which one it is.
 */
final class DirectoryLock implements AutoCloseable {
  /** Locks are the process's, not the channel's: this one knows its own. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static DirectoryLock take(Path path) throws IOException {
    Path directory = path.toRealPath();
    long pid = ProcessHandle.current().pid();
    if (!HELD.add(directory)) {
      throw new IOException(directory + " is in use by this process, " + pid);
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              directory.resolve("memory-file.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        ByteBuffer holder = ByteBuffer.allocate(20);
        channel.read(holder, 0);
        String text = StandardCharsets.US_ASCII.decode(holder.flip()).toString();
        throw new IOException(directory + " is in use by process " + text.strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
      return new DirectoryLock(directory, channel);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      HELD.remove(directory);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      channel.truncate(0);
    } finally {
      HELD.remove(directory);
    }
  }
}
