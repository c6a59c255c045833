package io.quorate.mutants;

import java.util.function.UnaryOperator;

/**
 * A wrong provider.
 *
 * @param contract the class whose tests it is put through
 * @param wrong what it does wrong, for the table
 * @param caughtBy the test that has to fail
 * @param twist makes it out of the right one
 */
record Mutant<P>(
    Class<? extends Subjects.Subject> contract,
    String wrong,
    String caughtBy,
    UnaryOperator<P> twist) {
  /** Which SPI it is about. */
  String spi() {
    return contract.getAnnotation(Subjects.Spi.class).value();
  }

  /** The number of the rule that it breaks. */
  String rule() {
    return caughtBy.replaceFirst("^rules?([0-9]+(To[0-9]+)?).*", "$1").replace("To", " to ");
  }

  @Override
  public String toString() {
    return spi() + ": " + wrong;
  }
}
