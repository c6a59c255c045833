package io.quorate.spi.codec;

import io.quorate.api.Stability;
import java.io.IOException;

/** Bytes that are no valid record: says what was expected and at which offset. */
@Stability.Stable
public final class CodecException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public CodecException(String message) {
    super(message);
  }

  /** With what is wrong and why. */
  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
