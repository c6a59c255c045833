package io.quorate.server;

import java.util.Locale;

/**
 * One value as somebody gave it.
 *
 * @param name the key's own name, whatever the spelling was; for keys that stand for many, and for
 *     unknown ones, as it was spelt but without {@code zookeeper.}
 * @param spelling as it was spelt
 * @param value trimmed
 * @param where "zoo.cfg:12: ", "-D " or "system property ", to stand in front of the spelling
 */
record ConfigSetting(String name, String spelling, String value, String where) {
  /** A message about this setting; a secret's value is not shown. */
  String problem(String expected) {
    return where + spelling + "=" + shown() + ": expected " + expected;
  }

  /** The name under which plug-ins find it. */
  String property() {
    var key = ConfigKeys.find(name);
    if (key.isPresent() && !key.get().isPrefix()) {
      return key.get().property();
    }
    boolean bare = name.startsWith("java.") || name.startsWith("quorate.");
    return bare ? name : "zookeeper." + name;
  }

  private String shown() {
    String lower = spelling.toLowerCase(Locale.ROOT);
    boolean secret =
        lower.endsWith("password")
            || lower.endsWith("passwd")
            || lower.endsWith("superdigest")
            || lower.endsWith("secret");
    return secret ? "***" : value;
  }
}
