package io.quorate.spi.storage.tck;

import io.quorate.api.Stability;

/** Lets a provider's tests make its disk fail. */
@Stability.Evolving
public interface DiskFaults {
  /** Lets {@code operations} more writes, fsyncs, renames and the like succeed, and none after. */
  void failAfter(int operations);

  /** Ends the failing. */
  void heal();
}
