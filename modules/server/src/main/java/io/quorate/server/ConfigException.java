package io.quorate.server;

import java.util.List;

/**
 * The configuration can not be used. Holds every problem that was found, not only the first; each
 * names where it is (file and line), the key, the value and what was expected. Values of secret
 * keys are not shown.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialised
  private final List<String> problems;

  /** With at least one problem. */
  public ConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems, one line each. */
  public List<String> problems() {
    return problems;
  }
}
