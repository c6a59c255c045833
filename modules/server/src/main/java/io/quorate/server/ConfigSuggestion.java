package io.quorate.server;

import java.util.Locale;
import java.util.Optional;

/** Finds the key that somebody probably meant. */
final class ConfigSuggestion {
  private ConfigSuggestion() {}

  /** The nearest key, if one is near. */
  static Optional<String> nearest(String name) {
    String best = null;
    int bestDistance = Math.max(1, Math.min(3, name.length() / 4)) + 1;
    for (ConfigKey key : ConfigKeys.all()) {
      if (key.isPrefix() || key.effect() == ConfigKey.Effect.LAUNCHER) {
        continue;
      }
      int distance = distanceOf(name, key.name());
      if (distance < bestDistance) {
        bestDistance = distance;
        best = key.name();
      }
    }
    return Optional.ofNullable(best);
  }

  private static int distanceOf(String name, String key) {
    String a = name.toLowerCase(Locale.ROOT);
    String b = key.toLowerCase(Locale.ROOT);
    boolean lastWord = b.endsWith("." + a);
    return a.equals(b) || lastWord ? 0 : distance(a, b);
  }

  /** Insertions, deletions, replacements and swaps of neighbours from one to the other. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
