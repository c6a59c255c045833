package io.quorate.server;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One key of the configuration. {@link ConfigKeys} holds all of them.
 *
 * @param name as written in zoo.cfg; a name that ends in {@code *} stands for all that begin so
 * @param property the name as a system property
 * @param aliases other spellings that are accepted
 * @param kind what its value looks like
 * @param effect what Quorate does with it
 * @param defaultText its value where none is given, in the form of a value; "" where there is none.
 *     For a key without effect: the value that asks for nothing
 * @param min the least number, for numbers
 * @param max the greatest number, for numbers
 * @param unit of numbers, in words; "" for plain numbers
 * @param choices the only values, for {@link Kind#CHOICE}
 * @param meaning one line for the documentation
 */
public record ConfigKey(
    String name,
    String property,
    List<String> aliases,
    Kind kind,
    Effect effect,
    String defaultText,
    long min,
    long max,
    String unit,
    List<String> choices,
    String meaning) {

  /** What a value looks like. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** {@code yes} or {@code no}. */
    YES_NO,
    /** A whole number, decimal or with 0x. */
    WHOLE,
    /** A number with a fraction. */
    DECIMAL,
    /** A length of time: a number of hours, or a number with ms, s, m, h or d. */
    HOURS,
    /** One of a few words. */
    CHOICE
  }

  /** What Quorate does with a key. */
  public enum Effect {
    /** It is used. */
    USED(""),
    /** It concerns servers of an ensemble. */
    ENSEMBLE("has no effect on a standalone server"),
    /** It concerns a feature that is not there yet. */
    LATER("has no effect in this release"),
    /** It tunes machinery of Apache's server that has no counterpart here. */
    TUNING("has no effect: it tunes a part of Apache's server that Quorate does not have"),
    /** Clients read it; on a server it is passed over without a word. */
    CLIENT(""),
    /** Start scripts and loggers read it; passed over without a word. */
    LAUNCHER("");

    private final String notice;

    Effect(String notice) {
      this.notice = notice;
    }

    /** What is said when it is set; empty if nothing is. */
    public String notice() {
      return notice;
    }
  }

  /** Whether this key stands for all names with its prefix. */
  public boolean isPrefix() {
    return name.endsWith("*");
  }

  /** What a value has to be, for messages: "a whole number of milliseconds, at least 1". */
  public String expected() {
    return switch (kind) {
      case TEXT -> "some text";
      case BOOLEAN -> "true or false";
      case YES_NO -> "yes or no";
      case WHOLE -> "a whole number" + (unit.isEmpty() ? "" : " of " + unit) + range();
      case DECIMAL -> "a number" + range();
      case HOURS -> "a number of hours, or a number with ms, s, m, h or d; 0 turns it off";
      case CHOICE ->
          choices.stream()
              .map(choice -> choice.isEmpty() ? "nothing" : choice)
              .collect(Collectors.joining(" or "));
    };
  }

  private String range() {
    boolean top = max == Integer.MAX_VALUE || max == Long.MAX_VALUE;
    boolean bottom = min == Integer.MIN_VALUE || min == Long.MIN_VALUE;
    if (top && bottom) {
      return "";
    }
    return top ? ", at least " + min : " from " + min + " to " + max;
  }
}
