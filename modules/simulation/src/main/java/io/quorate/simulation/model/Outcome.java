package io.quorate.simulation.model;

import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.LoggedTxn;

/**
 * What a write comes to.
 *
 * @param err of the reply's header
 * @param type of the transaction
 */
public record Outcome(int err, Answer answer, int type, LoggedTxn txn) {
  static Outcome refused(int code) {
    return new Outcome(code, Answer.None.INSTANCE, -1, new LoggedTxn.Failure(code));
  }
}
