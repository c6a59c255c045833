package io.quorate.jmh.command;

/** Tells which JDK the build has found, for the script {@code jmh/bench}. */
final class JavaHome {
  private JavaHome() {}

  /** Prints its folder. */
  public static void main(String[] args) {
    System.out.println(System.getProperty("java.home"));
  }
}
