package io.quorate.server;

/** Why the process ends, with the numbers that supervisors know (reference section 6.9). */
public enum ExitCode {
  NORMAL(0),
  UNEXPECTED_ERROR(1),
  BAD_CONFIGURATION(2),
  DATA_DIRECTORY(3),
  ADMIN_SERVER(4),
  SNAPSHOT_ERROR(10);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The exit status. */
  public int number() {
    return number;
  }
}
