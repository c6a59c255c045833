package io.quorate.admin;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Averages as text words show them: at most four digits after the point, at least one. */
final class Decimals {
  private static final int DIGITS = 4;

  private Decimals() {}

  static double rounded(double value) {
    return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP).doubleValue();
  }

  /** Never in scientific notation, which parsers of {@code mntr} do not expect. */
  static String text(double value) {
    BigDecimal digits =
        BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
    return digits.setScale(Math.max(1, digits.scale())).toPlainString();
  }
}
