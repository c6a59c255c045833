package io.quorate.simulation.model;

/** Ends the evaluation of one request with an error number. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final int code;

  Refusal(int code) {
    super("error " + code, null, false, false);
    this.code = code;
  }
}
