package io.quorate.storage.files;

import io.quorate.api.Zxid;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Epochs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The epoch files (reference section 4.5): the epoch in decimal in the first line, which is all
 * that Apache reads, and in a second line its CRC-32C, so that a flipped bit can not make it
 * another epoch. Files without a second line are Apache's and are accepted.
 */
final class FileEpochs implements Epochs {
  private static final Logger LOG = LoggerFactory.getLogger(FileEpochs.class);
  private static final String ACCEPTED = "acceptedEpoch";
  private static final String CURRENT = "currentEpoch";
  private static final String TEMP_SUFFIX = ".tmp";
  private static final int MAX_FILE_BYTES = 256;
  private static final long MAX_EPOCH = 0xffff_ffffL;
  private static final String CHECKSUM = "crc32c ";

  private final Path directory;
  private final Disk disk;

  FileEpochs(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  @Override
  public long acceptedEpoch() throws IOException {
    return read(directory.resolve(ACCEPTED));
  }

  @Override
  public long currentEpoch() throws IOException {
    return read(directory.resolve(CURRENT));
  }

  @Override
  public void setAcceptedEpoch(long epoch) throws IOException {
    write(ACCEPTED, epoch);
  }

  @Override
  public void setCurrentEpoch(long epoch) throws IOException {
    write(CURRENT, epoch);
  }

  /**
   * Ends an interrupted update of the current epoch. It is written after the history of that epoch;
   * so if the history is there and the file is older, the update is completed, as Apache does;
   * otherwise it is dropped.
   */
  void settle(long lastZxid) throws IOException {
    Path unfinished = directory.resolve(CURRENT + TEMP_SUFFIX);
    if (Files.exists(unfinished)) {
      long current = currentEpoch();
      if (current >= 0 && lastZxid >= 0 && current < Zxid.epoch(lastZxid)) {
        long epoch = read(unfinished);
        LOG.info("Completing the interrupted update of the current epoch to {}", epoch);
        setCurrentEpoch(epoch);
      } else {
        disk.delete(unfinished);
      }
    }
    disk.delete(directory.resolve(ACCEPTED + TEMP_SUFFIX));
  }

  private void write(String name, long epoch) throws IOException {
    if (epoch < 0 || epoch > MAX_EPOCH) {
      throw new IllegalArgumentException("Not an epoch: " + epoch);
    }
    String line = Long.toString(epoch);
    String text = line + "\n" + CHECKSUM + checksum(line) + "\n";
    // Apache's name for it: an Apache server that starts next knows what to make of it.
    Path temporary = directory.resolve(name + TEMP_SUFFIX);
    disk.delete(temporary);
    try (DiskFile file = disk.create(temporary)) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      file.force();
    }
    disk.rename(temporary, directory.resolve(name));
    disk.syncDirectory(directory);
  }

  private static long read(Path path) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_FILE_BYTES + 1);
    } catch (NoSuchFileException e) {
      return -1;
    }
    String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
    String line = lines[0].strip();
    boolean checked = lines.length > 1 && !lines[1].isBlank();
    if (bytes.length > MAX_FILE_BYTES
        || !line.matches("[0-9]{1,10}")
        || Long.parseLong(line) > MAX_EPOCH
        || (checked && !lines[1].strip().equals(CHECKSUM + checksum(line)))) {
      throw new CorruptStorageException(
          path,
          -1,
          "It does not hold an epoch",
          "Without it this server could break a promise it gave. Restore it from a backup, or move"
              + " this server's version-2 folders away and let it fetch the state from its"
              + " ensemble");
    }
    return Long.parseLong(line);
  }

  private static String checksum(String line) {
    CRC32C crc = new CRC32C();
    crc.update(line.getBytes(StandardCharsets.ISO_8859_1));
    return String.format("%08x", crc.getValue());
  }
}
