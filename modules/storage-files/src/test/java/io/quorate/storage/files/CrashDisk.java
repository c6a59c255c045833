package io.quorate.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A disk whose power can be cut, and with it the process. It remembers what is on stable storage:
 * of each file what was last forced, of each directory the names at its last sync. What came later
 * may be there or not after a power cut: names in the order in which they changed, contents by
 * sector.
 */
final class CrashDisk implements Disk {
  private static final int SECTOR = 512;

  /** Ends everything at once. */
  static final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final class Inode {
    byte[] durable = {};
    byte[] current = {};
  }

  private final Disk disk = new SystemDisk(false);
  private final Map<String, Inode> names = new TreeMap<>();

  /** The names at the last sync, then after each change. */
  private final List<Map<String, Inode>> states = new ArrayList<>();

  private int left = Integer.MAX_VALUE;

  /** A disk that holds what is in this folder. */
  CrashDisk(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Inode inode = new Inode();
          inode.current = Files.readAllBytes(file);
          inode.durable = inode.current;
          names.put(file.getFileName().toString(), inode);
        }
      }
    }
    states.add(Map.copyOf(names));
  }

  /**
   * Ends the process at the call after {@code calls} more. Whether the power went with it is up to
   * what is read next: the folder itself, or what {@link #found} makes of it.
   */
  void cutAfter(int calls) {
    left = calls;
  }

  private void step() {
    if (left-- <= 0) {
      left = 0;
      throw new PowerCut();
    }
  }

  private void named() {
    states.add(new TreeMap<>(names));
  }

  @Override
  public DiskFile create(Path path) throws IOException {
    step();
    DiskFile file = disk.create(path);
    Inode inode = new Inode();
    names.put(path.getFileName().toString(), inode);
    named();
    return new CrashFile(file, inode);
  }

  @Override
  public DiskFile open(Path path) throws IOException {
    step();
    Inode inode = names.get(path.getFileName().toString());
    if (inode == null) {
      throw new IOException("Not made through this disk: " + path);
    }
    return new CrashFile(disk.open(path), inode);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    disk.rename(from, to);
    Inode inode = names.remove(from.getFileName().toString());
    names.put(to.getFileName().toString(), inode);
    named();
  }

  @Override
  public void delete(Path path) throws IOException {
    step();
    disk.delete(path);
    if (names.remove(path.getFileName().toString()) != null) {
      named();
    }
  }

  @Override
  public void syncDirectory(Path directory) {
    step();
    states.clear();
    states.add(new TreeMap<>(names));
  }

  /**
   * What may be found after the power was cut.
   *
   * @param anyOrder whether sectors reach the disk in any order, or from a file's start to its end
   */
  void found(Path folder, Random random, boolean anyOrder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, Inode> entry : states.get(random.nextInt(states.size())).entrySet()) {
      Files.write(folder.resolve(entry.getKey()), content(entry.getValue(), random, anyOrder));
    }
  }

  private static byte[] content(Inode inode, Random random, boolean anyOrder) {
    byte[] durable = inode.durable;
    byte[] current = inode.current;
    int shortest = Math.min(durable.length, current.length);
    int longest = Math.max(durable.length, current.length);
    int length = random.nextInt(shortest, longest + 1);
    length = random.nextBoolean() ? longest : Math.max(shortest, length / SECTOR * SECTOR);
    byte[] found = new byte[length];
    System.arraycopy(durable, 0, found, 0, Math.min(length, durable.length));
    int written = random.nextInt(length / SECTOR + 2) * SECTOR;
    for (int at = 0; at < Math.min(length, current.length); at += SECTOR) {
      boolean reached = anyOrder ? random.nextInt(4) > 0 : at < written;
      if (reached) {
        System.arraycopy(
            current, at, found, at, Math.min(SECTOR, Math.min(length, current.length) - at));
      }
    }
    return found;
  }

  private final class CrashFile implements DiskFile {
    private final DiskFile file;
    private final Inode inode;

    CrashFile(DiskFile file, Inode inode) {
      this.file = file;
      this.inode = inode;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      int n = source.remaining();
      int at = Math.toIntExact(position);
      byte[] now = new byte[Math.max(inode.current.length, at + n)];
      System.arraycopy(inode.current, 0, now, 0, inode.current.length);
      source.duplicate().get(now, at, n);
      inode.current = now;
      file.write(source, position);
      step(); // the cut may come while it is being written
    }

    @Override
    public void force() throws IOException {
      step();
      file.force();
      inode.durable = inode.current;
    }

    @Override
    public void truncate(long size) throws IOException {
      if (size < inode.current.length) {
        inode.current = java.util.Arrays.copyOf(inode.current, Math.toIntExact(size));
      }
      file.truncate(size);
      step();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
