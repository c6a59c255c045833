package io.quorate.spi.codec;

import io.quorate.api.Stability;

/** A codec by name; found by {@link java.util.ServiceLoader} through module descriptors. */
@Stability.Stable
public interface CodecProvider {
  /** The name in the configuration: what {@link FormatMark#isName} allows. */
  String name();

  /** A codec with these limits. */
  Codec open(CodecConfiguration configuration);
}
