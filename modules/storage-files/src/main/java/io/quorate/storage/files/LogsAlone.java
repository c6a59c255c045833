package io.quorate.storage.files;

import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.StorageConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses a start from logs alone: what went before them would be missing without a sign. */
final class LogsAlone {
  private static final Logger LOG = LoggerFactory.getLogger(LogsAlone.class);

  private final Layout layout;
  private final StorageConfiguration configuration;

  LogsAlone(Layout layout, StorageConfiguration configuration) {
    this.layout = layout;
    this.configuration = configuration;
  }

  /**
   * Throws if there are records and that was not allowed.
   *
   * @param missing what there is instead of a state
   */
  void refuse(String missing) throws IOException {
    for (StoredFile log : StoredFile.list(layout.logDir(), StoredFile.LOG_PREFIX)) {
      if (!log.suffix().isEmpty() || !hasRecord(log.path())) {
        continue;
      }
      if (configuration.trustEmptySnapshot()) {
        LOG.warn("Starting from an empty state, as snapshot.trust.empty says");
        return;
      }
      throw new CorruptStorageException(
          log.path(),
          -1,
          "There are transaction logs but " + missing,
          "If a snapshot is missing, restore it. If there never was one (data written by ZooKeeper"
              + " 3.4), start once with snapshot.trust.empty=true");
    }
  }

  private boolean hasRecord(Path log) throws IOException {
    try (LogFileReader reader = new LogFileReader(log, configuration)) {
      return reader.next()
          || (reader.damage() != null
              && RecordSearch.anyFrom(log, reader.position(), configuration.maxRecordBytes()));
    }
  }
}
