package io.quorate.server;

import io.quorate.spi.codec.FormatMark;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What a data directory says of itself, in {@code quorate.data}: which storage and which codec its
 * data is for, and which release made it. A directory without it that has logs or snapshots is one
 * of {@code files}; those say themselves which codec wrote them.
 *
 * @param storage the storage's name
 * @param codec the codec's name
 */
record DataRecord(String storage, String codec) {
  /** In a directory whose conversion has not come to its end. */
  static final String UNFINISHED = "quorate.converting";

  private static final String NAME = "quorate.data";
  private static final String VERSION = "1";
  private static final int MAX_BYTES = 4096;
  private static final String FILES = "files";

  /**
   * What the directories hold; empty if there is nothing.
   *
   * @throws IOException if it can not be told
   */
  static Optional<DataRecord> find(Path dataDir, Path logDir) throws IOException {
    Path file = dataDir.resolve(NAME);
    if (Files.exists(file)) {
      return Optional.of(parse(file));
    }
    List<Path> files = new ArrayList<>(files(dataDir, "snapshot.*"));
    files.addAll(files(logDir, "log.*"));
    for (Path each : files) {
      try (InputStream in = Files.newInputStream(each)) {
        String codec = FormatMark.codecOf(in.readNBytes(FormatMark.BYTES));
        if (codec != null) {
          return Optional.of(new DataRecord(FILES, codec));
        }
      }
    }
    // What is there but does not tell is compressed or damaged.
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(new DataRecord(FILES, FormatMark.APACHE));
  }

  private static List<Path> files(Path directory, String glob) throws IOException {
    Path folder = directory.resolve("version-2");
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
        files.forEach(found::add);
      }
    }
    return found;
  }

  private static DataRecord parse(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": too long to be a record of what the directory holds");
    }
    Properties values = new Properties();
    try {
      values.load(new StringReader(Files.readString(file)));
    } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException e) {
      throw new IOException(file + ": not a record of what the directory holds", e);
    }
    String version = values.getProperty("record", "");
    if (!version.equals(VERSION)) {
      throw new IOException(
          file + ": record=" + version + ", and this release knows 1; a newer one wrote it");
    }
    String storage = values.getProperty("storage", "");
    String codec = values.getProperty("codec", "");
    if (storage.isEmpty() || codec.isEmpty()) {
      throw new IOException(file + ": it names no storage or no codec; restore it from a backup");
    }
    return new DataRecord(storage, codec);
  }

  /** As equals, which a record has made at run time: slow, and this is on the way to READY. */
  private boolean isSame(DataRecord other) {
    return storage.equals(other.storage) && codec.equals(other.codec);
  }

  /**
   * Refuses settings that are not those of the data.
   *
   * @throws StartException with what is there and the command that converts
   */
  static void check(ServerConfig config) throws StartException, IOException {
    Path dataDir = config.data().dataDir();
    if (Files.exists(dataDir.resolve(UNFINISHED))) {
      throw new StartException(
          ExitCode.DATA_DIRECTORY,
          dataDir + " is being converted, or was when that was cut short: repeat quorate convert");
    }
    DataRecord wanted = of(config);
    Optional<DataRecord> found = find(dataDir, config.data().logDir());
    if (found.isPresent() && !found.get().isSame(wanted)) {
      throw new StartException(
          ExitCode.DATA_DIRECTORY,
          dataDir
              + " holds data of "
              + found.get()
              + ", and the server is to use "
              + wanted
              + ". Start with the former, or convert: quorate convert --from "
              + dataDir
              + " --to NEWDIR --storage "
              + wanted.storage
              + " --codec "
              + wanted.codec);
    }
  }

  static DataRecord of(ServerConfig config) {
    return new DataRecord(config.providers().storage(), config.providers().codec());
  }

  /** Writes it, durably, unless there is one. */
  void writeIfAbsent(Path dataDir) throws IOException {
    Path file = dataDir.resolve(NAME);
    if (Files.exists(file)) {
      return;
    }
    String text =
        "# What this data directory is for; do not change or remove.\nrecord="
            + VERSION
            + "\nstorage="
            + storage
            + "\ncodec="
            + codec
            + "\nversion="
            + Version.product()
            + "\n";
    Path temporary = dataDir.resolve(NAME + ".tmp");
    try (FileChannel out =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(dataDir);
  }

  static void syncDirectory(Path path) throws IOException {
    try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  @Override
  public String toString() {
    return "storage=" + storage + " codec=" + codec;
  }
}
