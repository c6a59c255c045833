package io.quorate.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether what was compiled against one release of a module runs with another. Up to 1.0 the first
 * two numbers have to be the same; from then on the first, and the second at least that of the
 * compilation. Whatever else is in a version does not count.
 */
final class SpiVersion {
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:[.+-].*)?");

  private SpiVersion() {}

  /** Whether it does; versions of another form only fit themselves. */
  static boolean fits(String compiled, String present) {
    Matcher c = NUMBERS.matcher(compiled);
    Matcher p = NUMBERS.matcher(present);
    if (!c.matches() || !p.matches()) {
      return compiled.equals(present);
    }
    int minorCompiled = Integer.parseInt(c.group(2));
    int minorPresent = Integer.parseInt(p.group(2));
    int major = Integer.parseInt(p.group(1));
    return Integer.parseInt(c.group(1)) == major
        && (major == 0 ? minorCompiled == minorPresent : minorCompiled <= minorPresent);
  }
}
