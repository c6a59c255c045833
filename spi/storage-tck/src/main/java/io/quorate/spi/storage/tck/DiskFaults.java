package io.quorate.spi.storage.tck;

/** Lets a provider's tests make its disk fail. */
public interface DiskFaults {
  /** Lets {@code operations} more writes, fsyncs, renames and the like succeed, and none after. */
  void failAfter(int operations);

  /** Ends the failing. */
  void heal();
}
