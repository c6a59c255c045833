package io.quorate.spi.storage;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.Stability;
import io.quorate.spi.codec.Codec;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a storage is opened with.
 *
 * @param dataDir snapshots, epochs and myid; version-2 is below it
 * @param logDir transaction logs; may equal {@code dataDir}
 * @param codec writes and reads records and states
 * @param maxRecordBytes the longest log record that is read back
 * @param preallocateBytes how far a log file is extended with zeros at a time; 0 turns it off
 * @param forceSync false skips fsync (dangerous: only for tests and bulk loads)
 * @param logSizeLimitBytes a log file is rolled past this size; 0 or less turns it off
 * @param compression of snapshots: "", "gz" or "snappy"
 * @param trustEmptySnapshot whether logs without any snapshot may be replayed from an empty state
 * @param autoCreate whether missing directories are made
 * @param ownerEncoding how the owner fields of znodes are read, for a storage with a tree store
 * @param digests whether a tree store keeps the tree digest
 * @param properties further settings, by their key without the storage's prefix
 */
@Stability.Evolving
public record StorageConfiguration(
    Path dataDir,
    Path logDir,
    Codec codec,
    int maxRecordBytes,
    long preallocateBytes,
    boolean forceSync,
    long logSizeLimitBytes,
    String compression,
    boolean trustEmptySnapshot,
    boolean autoCreate,
    EphemeralOwner.Encoding ownerEncoding,
    boolean digests,
    Map<String, String> properties) {
  public StorageConfiguration {
    properties = Map.copyOf(properties);
  }

  /** With owners read as {@link EphemeralOwner.Encoding#PLAIN}, and digests. */
  public StorageConfiguration(
      Path dataDir,
      Path logDir,
      Codec codec,
      int maxRecordBytes,
      long preallocateBytes,
      boolean forceSync,
      long logSizeLimitBytes,
      String compression,
      boolean trustEmptySnapshot,
      boolean autoCreate,
      Map<String, String> properties) {
    this(
        dataDir,
        logDir,
        codec,
        maxRecordBytes,
        preallocateBytes,
        forceSync,
        logSizeLimitBytes,
        compression,
        trustEmptySnapshot,
        autoCreate,
        EphemeralOwner.Encoding.PLAIN,
        true,
        properties);
  }
}
