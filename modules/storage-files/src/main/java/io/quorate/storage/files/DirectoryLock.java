package io.quorate.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes a directory for this process, by a lock on a file in it. The operating system drops the
 * lock when the process ends, however it ends; the file stays and is of no interest to Apache.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String NAME = "quorate.lock";
  private static final int MAX_PID_BYTES = 20;

  /**
   * What this process holds: closing a second channel of a file would drop the first one's lock.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes {@code directory}.
   *
   * @throws IOException if it is in use, naming the process that uses it
   */
  static DirectoryLock take(Path directory) throws IOException {
    Path real = directory.toRealPath();
    long pid = ProcessHandle.current().pid();
    if (!HELD.add(real)) {
      throw inUse(real, "this process (" + pid + ")");
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              real.resolve(NAME),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(real, "process " + holder(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
      return new DirectoryLock(real, channel);
    } catch (Throwable t) {
      if (channel != null) {
        channel.close();
      }
      HELD.remove(real);
      throw t;
    }
  }

  private static IOException inUse(Path directory, String holder) {
    return new IOException("The directory " + directory + " is in use by " + holder);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MAX_PID_BYTES);
    channel.read(text, 0);
    String pid = StandardCharsets.ISO_8859_1.decode(text.flip()).toString().strip();
    return pid.isEmpty() ? "(unknown)" : pid;
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
