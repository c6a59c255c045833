package io.quorate.storage.lmdb;

import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Map;

/**
 * Storage that keeps znodes in a memory map (LMDB), so that they may be more than the heap holds
 * and a start does not read them all. Log files are rolled at 16 MB unless the configuration has
 * another limit. Transaction log and epochs are files as those of the storage {@code files}; the
 * tree is in {@code version-2/tree.<number>.lmdb} of the data directory.
 *
 * <p>Properties:
 *
 * <ul>
 *   <li>{@code overlayMb}: about how much memory changes take until they are written to the map, in
 *       MB, 1 to 1024; by default a sixteenth of the heap, at most 32. Three times as much may be
 *       in use.
 *   <li>{@code mapMb}: how large the map is at first, in MB, 1 to 1048576; it doubles by itself
 *       when it is full. Address space, not memory or disk. By default 4096.
 * </ul>
 */
public final class LmdbStorageProvider implements StorageProvider {
  private static final long MB = 1 << 20;
  private static final long MAX_DEFAULT_OVERLAY_MB = 32;
  private static final long LOG_FILE_BYTES = 16 << 20;

  /** For {@link java.util.ServiceLoader}. */
  public LmdbStorageProvider() {}

  @Override
  public String name() {
    return "lmdb";
  }

  /**
   * Opens the two directories.
   *
   * @throws IOException if one of them is missing and may not be made, can not be written, is in
   *     use (naming the process), or holds what belongs into the other
   * @throws IllegalArgumentException if a property is not a number in its range
   */
  @Override
  public Storage open(StorageConfiguration configuration) throws IOException {
    Map<String, String> properties = configuration.properties();
    long overlay =
        Math.clamp(Runtime.getRuntime().maxMemory() / 16 / MB, 1, MAX_DEFAULT_OVERLAY_MB);
    return LmdbStorage.open(
        withLogSizeLimit(configuration),
        new TreeSettings(
            new SecureRandom().nextInt(),
            configuration.ownerEncoding(),
            configuration.digests(),
            number(properties, "overlayMb", overlay, 1024) * MB,
            number(properties, "mapMb", 4096, 1 << 20) * MB,
            configuration.forceSync()));
  }

  /** A start reads all of the last log file, so it should not be long. */
  static StorageConfiguration withLogSizeLimit(StorageConfiguration c) {
    return c.logSizeLimitBytes() > 0
        ? c
        : new StorageConfiguration(
            c.dataDir(),
            c.logDir(),
            c.codec(),
            c.maxRecordBytes(),
            c.preallocateBytes(),
            c.forceSync(),
            LOG_FILE_BYTES,
            c.compression(),
            c.trustEmptySnapshot(),
            c.autoCreate(),
            c.ownerEncoding(),
            c.digests(),
            c.properties());
  }

  private static long number(
      Map<String, String> properties, String key, long defaultValue, long max) {
    String text = properties.get(key);
    if (text == null) {
      return defaultValue;
    }
    long value = text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "storage." + key + " must be a number from 1 to " + max + ", not \"" + text + "\"");
    }
    return value;
  }
}
