package io.quorate.simulation.engine;

/** Ends the server in the middle of whatever it does; an error, so that nobody handles it. */
final class PowerCut extends Error {
  private static final long serialVersionUID = 1L;

  PowerCut() {
    super("the simulated process ends here", null, false, false);
  }
}
