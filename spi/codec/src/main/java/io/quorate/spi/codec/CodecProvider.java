package io.quorate.spi.codec;

/** A codec by name; found by {@link java.util.ServiceLoader} through module descriptors. */
public interface CodecProvider {
  /** The name in the configuration: what {@link FormatMark#isName} allows. */
  String name();

  /** A codec with these limits. */
  Codec open(CodecConfiguration configuration);
}
