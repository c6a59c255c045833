package io.quorate.spi.storage;

import io.quorate.api.Stability;
import java.io.IOException;

/** The two epochs of Zab. Each is durable when its setter returns. */
@Stability.Evolving
public interface Epochs {
  /** The highest epoch this server promised to follow, or -1 if never set. */
  long acceptedEpoch() throws IOException;

  /** The epoch whose history this server holds, or -1 if never set. */
  long currentEpoch() throws IOException;

  /** Sets the accepted epoch. */
  void setAcceptedEpoch(long epoch) throws IOException;

  /** Sets the current epoch. */
  void setCurrentEpoch(long epoch) throws IOException;
}
