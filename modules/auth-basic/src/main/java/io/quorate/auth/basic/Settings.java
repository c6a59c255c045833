package io.quorate.auth.basic;

import java.util.Map;

/** Reads settings. */
final class Settings {
  private Settings() {}

  /**
   * True or false, in any case.
   *
   * @throws IllegalArgumentException naming key and value if it is anything else
   */
  static boolean flag(Map<String, String> properties, String key, boolean unset) {
    String value = properties.get(key);
    if (value == null || value.isBlank()) {
      return unset;
    }
    String v = value.trim();
    if (v.equalsIgnoreCase("true")) {
      return true;
    }
    if (v.equalsIgnoreCase("false")) {
      return false;
    }
    throw new IllegalArgumentException(key + "=" + value + ": expected true or false");
  }
}
