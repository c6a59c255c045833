package io.quorate.cli;

import io.quorate.server.Version;
import java.util.Arrays;
import java.util.List;

/**
 * Entry point of the {@code quorate} program: the first argument names a command.
 *
 * <p>What has to start quickly (the server, and what health checks call) is told apart here;
 * picocli and its model of the commands are only loaded for the others.
 */
public final class Main {
  private Main() {}

  /**
   * Runs one command and ends the process with its exit status (reference section 6.9).
   *
   * @param args the command's name, then its own arguments
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String[] args) {
    String command = args.length == 0 ? "help" : args[0];
    List<String> arguments = List.of(args).subList(Math.min(1, args.length), args.length);
    boolean help = arguments.contains("--help") || arguments.contains("-h");
    if (command.equals("server") && help) {
      System.out.println(ServerArguments.USAGE);
      return 0;
    }
    if (command.equals("server")) {
      return new ServerCommand(System.out, System.err).run(arguments).number();
    }
    if (command.equals("four-letter")) {
      return FourLetterWord.run(args);
    }
    if (command.equals("version")) {
      System.out.println("Quorate " + Version.product() + " (ZooKeeper " + Version.text() + ")");
      return 0;
    }
    return Commands.run(Arrays.asList(args), System.out, System.err);
  }
}
