package io.quorate.compat.server;

/** Which implementation a {@link ServerProcess} runs. */
public enum ServerKind {
  /** Apache ZooKeeper 3.9.5 from the jars of the test class path: the oracle. */
  APACHE,
  /**
   * The system under test: the shipped image, or whatever {@link ServerProcess#COMMAND_PROPERTY}
   * names.
   */
  QUORATE
}
