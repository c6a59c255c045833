package io.quorate.cli;

/** Entry point of the {@code quorate} program: the first argument names a command. */
public final class Main {
  private static final int BAD_INVOCATION = 2;

  private Main() {}

  /**
   * Runs one command and ends the process with its exit status.
   *
   * @param args the command's name, then its own arguments
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    String command = args.length == 0 ? "help" : args[0];
    switch (command) {
      case "version" -> {
        System.out.println("Quorate 0.1.0-SNAPSHOT");
        return 0;
      }
      case "four-letter" -> {
        return FourLetterWord.run(args);
      }
      default -> {
        System.err.println("quorate: no command named '" + command + "'");
        return BAD_INVOCATION;
      }
    }
  }
}
