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

  /** This, with the place of the setting that it is about. */
  StartException placed(ServerConfig config) {
    String message = String.valueOf(getMessage());
    String placed = config.placed(message);
    return placed.equals(message) ? this : new StartException(exitCode, placed, this);
  }
}
