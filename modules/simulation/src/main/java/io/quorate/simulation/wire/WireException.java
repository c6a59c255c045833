package io.quorate.simulation.wire;

/** Bytes from the server that no client could read. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public WireException(String message) {
    super(message);
  }

  /** With what is wrong and why. */
  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
