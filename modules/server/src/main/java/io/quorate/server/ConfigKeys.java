package io.quorate.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of the configuration (reference sections 5.2 to 5.9), the one table that the reader, the
 * documentation and the suggestions for mistyped keys come from. {@link ConfigUsedKeys} holds those
 * that a server uses, {@link ConfigInertKeys} those that are accepted without effect.
 *
 * <p>Each is written in zoo.cfg under its name or under the name of its system property. Apache
 * reads some only as system properties (jute.maxbuffer, readonlymode.enabled, znode.container.*);
 * here the file may hold every one.
 */
public final class ConfigKeys {
  private static final List<ConfigKey> ALL = new ArrayList<>();
  private static final Map<String, ConfigKey> BY_NAME = new LinkedHashMap<>();
  private static final List<ConfigKey> PREFIXES = new ArrayList<>();

  static {
    ALL.addAll(ConfigUsedKeys.all());
    ALL.addAll(ConfigInertKeys.all());
    for (ConfigKey key : ALL) {
      index(key.name(), key);
      index(key.property(), key);
      key.aliases().forEach(alias -> index(alias, key));
      if (key.isPrefix()) {
        PREFIXES.add(key);
      }
    }
  }

  private ConfigKeys() {}

  /** All keys, those that are used first. */
  public static List<ConfigKey> all() {
    return List.copyOf(ALL);
  }

  /**
   * The key that is spelt so in a file or as a system property, with or without {@code zookeeper.}
   * in front.
   */
  public static Optional<ConfigKey> find(String spelling) {
    ConfigKey exact = BY_NAME.get(spelling);
    if (exact != null) {
      return Optional.of(exact);
    }
    String bare = spelling.startsWith("zookeeper.") ? spelling.substring(10) : spelling;
    exact = BY_NAME.get(bare);
    if (exact != null) {
      return Optional.of(exact);
    }
    ConfigKey longest = null;
    for (ConfigKey key : PREFIXES) {
      if (bare.startsWith(key.name().substring(0, key.name().length() - 1))
          && (longest == null || key.name().length() > longest.name().length())) {
        longest = key;
      }
    }
    return Optional.ofNullable(longest);
  }

  @SuppressWarnings("ReferenceEquality") // each key is made once
  private static void index(String spelling, ConfigKey key) {
    ConfigKey before = BY_NAME.put(spelling, key);
    if (before != null && before != key) {
      throw new IllegalStateException("two configuration keys are spelt " + spelling);
    }
  }
}
