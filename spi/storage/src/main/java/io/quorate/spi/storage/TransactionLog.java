package io.quorate.spi.storage;

import io.quorate.api.Stability;
import java.io.IOException;

/** The log of transactions: opaque records, each with its zxid, in order. */
@Stability.Stable
public interface TransactionLog {
  /** Takes one record at replay. */
  @FunctionalInterface
  interface RecordVisitor {
    /** The record is {@code length} bytes of {@code array} from {@code offset}. */
    void record(long zxid, byte[] array, int offset, int length) throws IOException;
  }

  /**
   * Gives every record with a zxid of at least {@code fromZxid}, then stands ready to append after
   * the last. Call once, before the first append. What was given is on stable storage when it
   * returns, also where the process that wrote it ended before it was forced.
   *
   * @return the zxid of the last record, or -1 if the log holds none at all
   * @throws CorruptStorageException on damage, or if records between {@code fromZxid} and the first
   *     record present are missing
   */
  long replay(long fromZxid, RecordVisitor visitor) throws IOException;

  /**
   * Adds a record behind the last; durable after the next {@link #force}. A zxid that does not
   * follow the last one (behind a state that came from elsewhere) is allowed; replay then has to
   * start from that state.
   *
   * @throws IllegalArgumentException if the zxid is not greater than the last, or the record is
   *     empty or longer than could be read back; nothing was changed
   */
  void append(long zxid, byte[] record) throws IOException;

  /** Puts everything appended on stable storage. */
  void force() throws IOException;

  /** Ends the current file, so that the next append starts another. Forces first. */
  void roll() throws IOException;

  /** Drops every record after {@code zxid}, durably, and those not forced yet (rule 10). */
  void truncate(long zxid) throws IOException;

  /** The last forced fsync's duration in ns, for measurement; 0 before the first. Any thread. */
  long lastForceNanos();
}
