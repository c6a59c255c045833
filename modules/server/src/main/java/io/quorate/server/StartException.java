package io.quorate.server;

/** The server can not start; the message is for the one who started it. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /** With the exit status and the reason. */
  public StartException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** With the exit status, the reason and what caused it. */
  public StartException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What the process is to exit with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
