package com.example.memoryfile;

import io.quorate.spi.storage.CorruptStorageException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The one file. It begins with two slots of {@value #SLOT_BYTES} bytes; blocks follow, each its
 * length, its CRC-32C, and entries.
 *
 * <p>A slot says up to where blocks are known to be durable. Each write of a block rewrites the
 * older slot, with the end of the block before, so that one fsync does for both. What is damaged
 * before that point is corruption and refused; behind it there is one block at most, which was
 * being written when the process ended or the power was cut, and may be dropped (rule 3).
 *
 * <p>Not safe for threads; {@link MemoryFileStorage} lets one in at a time.
 */
final class DataFile implements AutoCloseable {
  private static final String NAME = "memory-file.data";
  private static final int SLOT_BYTES = 512;
  private static final int FIRST_BLOCK = 2 * SLOT_BYTES;
  private static final long MAGIC = 0x514d_454d_4649_4c31L;
  private static final int SLOT_CONTENT = 3 * Long.BYTES;
  private static final int BLOCK_HEAD = 2 * Integer.BYTES;
  private static final String ADVICE =
      "Restore the file from a backup; or, in an ensemble whose other servers are well, move it"
          + " away, so that this server fetches the state";

  private final Path path;
  private final boolean forceSync;
  private final DiskHook hook;
  private FileChannel channel;
  private long generation;
  private long end;
  private boolean failed;
  private volatile long size;
  private volatile long lastForceNanos;

  /** Opens the file, making it with {@code first} if it is missing, and reads all there is. */
  DataFile(Path directory, boolean forceSync, DiskHook hook, Entries first, Entries.Visitor visitor)
      throws IOException {
    this.path = directory.resolve(NAME);
    this.forceSync = forceSync;
    this.hook = hook;
    if (Files.exists(path)) {
      channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        read(first, visitor);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } else {
      replace(first);
    }
  }

  private void read(Entries first, Entries.Visitor visitor) throws IOException {
    long length = channel.size();
    long sealed = Math.max(readSlot(0), readSlot(1));
    if (sealed < FIRST_BLOCK || sealed > length) {
      throw damaged(0, sealed < 0 ? "Both slots are damaged" : "The file ends at " + length);
    }
    end = FIRST_BLOCK;
    while (end < length) {
      byte[] block = readBlock(length);
      if (block == null) {
        if (end < sealed) {
          throw damaged(end, "The block here is damaged");
        }
        break;
      }
      Entries.read(new DataInputStream(new ByteArrayInputStream(block)), block.length, visitor);
      end += BLOCK_HEAD + block.length;
    }
    // What is read from here on is durable, and what is dropped does not come back (rule 8).
    channel.truncate(end);
    size = end;
    seal();
  }

  /** The end that a slot names, or -1 if it is damaged. */
  private long readSlot(int slot) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SLOT_CONTENT + Integer.BYTES);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, (long) slot * SLOT_BYTES + bytes.position()) < 0) {
        return -1;
      }
    }
    bytes.flip();
    if (bytes.getInt(SLOT_CONTENT) != checksum(bytes.array(), 0, SLOT_CONTENT)
        || bytes.getLong() != MAGIC) {
      return -1;
    }
    generation = Math.max(generation, bytes.getLong());
    return bytes.getLong();
  }

  /** The block at the end so far, or null if it is not whole. */
  private byte[] readBlock(long length) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(BLOCK_HEAD);
    if (length - end < BLOCK_HEAD || !readFully(head, end)) {
      return null;
    }
    int bytes = head.getInt(0);
    if (bytes < 1 || bytes > length - end - BLOCK_HEAD) {
      return null;
    }
    ByteBuffer block = ByteBuffer.allocate(bytes);
    return readFully(block, end + BLOCK_HEAD)
            && checksum(block.array(), 0, bytes) == head.getInt(Integer.BYTES)
        ? block.array()
        : null;
  }

  private boolean readFully(ByteBuffer into, long at) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, at + into.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  CorruptStorageException damaged(long offset, String problem) {
    return new CorruptStorageException(path, offset, problem, ADVICE);
  }

  /** Writes a block; it is durable on return (rule 1). */
  void write(Entries entries) throws IOException {
    byte[] block = block(entries);
    operation(() -> writeSlot(channel));
    operation(() -> writeFully(channel, block, end));
    long start = System.nanoTime();
    force(channel);
    lastForceNanos = Math.max(1, System.nanoTime() - start);
    end += block.length;
    size = end;
  }

  /** Says in a slot that all blocks are durable, so that damage to any of them is noticed. */
  void seal() throws IOException {
    operation(() -> writeSlot(channel));
    force(channel);
  }

  /** Writes a new file with these entries alone and puts it in this one's place. */
  void replace(Entries entries) throws IOException {
    Path next = path.resolveSibling(NAME + ".new");
    byte[] block = block(entries);
    operation(
        () -> {
          FileChannel file =
              FileChannel.open(
                  next,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          try {
            writeFully(file, block, FIRST_BLOCK);
            end = FIRST_BLOCK + block.length;
            writeSlot(file);
            force(file);
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
          } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
          }
          if (channel != null) {
            channel.close();
          }
          channel = file;
        });
    try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent())) {
      force(directory);
    }
    size = end;
  }

  private static byte[] block(Entries entries) {
    byte[] content = entries.toBytes();
    ByteBuffer block = ByteBuffer.allocate(BLOCK_HEAD + content.length);
    block.putInt(content.length).putInt(checksum(content, 0, content.length)).put(content);
    return block.array();
  }

  private void writeSlot(FileChannel to) throws IOException {
    generation++;
    ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
    slot.putLong(MAGIC).putLong(generation).putLong(end);
    slot.putInt(checksum(slot.array(), 0, SLOT_CONTENT));
    writeFully(to, slot.array(), (generation & 1) * SLOT_BYTES);
  }

  private static void writeFully(FileChannel to, byte[] bytes, long at) throws IOException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    while (from.hasRemaining()) {
      to.write(from, at + from.position());
    }
  }

  private void force(FileChannel file) throws IOException {
    if (forceSync) {
      operation(() -> file.force(true));
    }
  }

  @FunctionalInterface
  private interface Operation {
    void run() throws IOException;
  }

  /** After one has failed none is tried again (rule 2). */
  private void operation(Operation operation) throws IOException {
    checkUsable();
    try {
      hook.beforeOperation();
      operation.run();
    } catch (IOException | RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  /** Throws if something has failed before. */
  void checkUsable() throws IOException {
    if (failed) {
      throw new IOException(path + " is not used any more: writing it has failed");
    }
  }

  long size() {
    return size;
  }

  long lastForceNanos() {
    return lastForceNanos;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
