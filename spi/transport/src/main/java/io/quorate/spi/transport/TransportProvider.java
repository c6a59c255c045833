package io.quorate.spi.transport;

import io.quorate.api.Stability;
import java.io.IOException;

/** A transport by name; found by {@link java.util.ServiceLoader} through module descriptors. */
@Stability.Evolving
public interface TransportProvider {
  /** The name in the configuration, lower case. */
  String name();

  /** Starts the loops; listens to nothing yet. */
  Transport open(TransportConfiguration configuration) throws IOException;
}
