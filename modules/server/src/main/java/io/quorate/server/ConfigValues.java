package io.quorate.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings by name, read with the type that {@link ConfigKeys} gives them. A value that is wrong is
 * noted as a problem, and the default stands in so that the rest can be checked too.
 */
final class ConfigValues {
  private final Map<String, ConfigSetting> settings;
  private final List<String> problems;

  ConfigValues(Map<String, ConfigSetting> settings, List<String> problems) {
    this.settings = settings;
    this.problems = problems;
  }

  void problem(String text) {
    problems.add(text);
  }

  Optional<ConfigSetting> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  boolean has(String name) {
    return settings.containsKey(name);
  }

  Collection<ConfigSetting> all() {
    return settings.values();
  }

  /** The settings of a key that stands for many, in their order. */
  List<ConfigSetting> below(String prefix) {
    List<ConfigSetting> found = new ArrayList<>();
    for (ConfigSetting setting : settings.values()) {
      if (setting.name().startsWith(prefix) && setting.name().length() > prefix.length()) {
        found.add(setting);
      }
    }
    return found;
  }

  /** The same by what follows the prefix. */
  Map<String, String> mapBelow(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    below(prefix).forEach(s -> found.put(s.name().substring(prefix.length()), s.value()));
    return found;
  }

  String text(String name) {
    return read(name, s -> s);
  }

  boolean flag(String name) {
    return read(name, ConfigValues::trueOrFalse);
  }

  private static @Nullable Boolean trueOrFalse(String s) {
    return s.equalsIgnoreCase("true")
        ? Boolean.TRUE
        : s.equalsIgnoreCase("false") ? Boolean.FALSE : null;
  }

  /** Whether a value of a key without effect is one that the key can have. */
  static boolean fits(ConfigKey key, String value) {
    return switch (key.kind()) {
      case BOOLEAN -> trueOrFalse(value) != null;
      case WHOLE -> within(key, number(value)) != null;
      case CHOICE -> key.choices().stream().anyMatch(value::equalsIgnoreCase);
      case TEXT, YES_NO, DECIMAL, HOURS -> true;
    };
  }

  boolean yes(String name) {
    return read(
        name,
        s ->
            s.equalsIgnoreCase("yes")
                ? Boolean.TRUE
                : s.equalsIgnoreCase("no") ? Boolean.FALSE : null);
  }

  int whole(String name) {
    return (int) wholeLong(name);
  }

  long wholeLong(String name) {
    ConfigKey key = key(name);
    return read(name, s -> within(key, number(s)));
  }

  double fraction(String name) {
    ConfigKey key = key(name);
    return read(
        name,
        s -> {
          double d = decimal(s);
          return d >= key.min() && d <= key.max() ? (Double) d : null;
        });
  }

  String choice(String name) {
    ConfigKey key = key(name);
    return read(name, s -> key.choices().contains(s) ? s : null);
  }

  /** A length of time whose plain number means hours, in ms. */
  long hoursMs(String name) {
    return read(name, ConfigValues::hours);
  }

  private static @Nullable Long hours(String s) {
    String digits = s.replaceFirst("\\s*[a-z]*$", "");
    String unit = s.substring(digits.length()).trim();
    long each =
        switch (unit) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          case "", "h" -> 3_600_000;
          case "d" -> 86_400_000;
          default -> -1;
        };
    Long n = number(digits);
    return each < 0 || n == null || n < 0 || n > Long.MAX_VALUE / each ? null : n * each;
  }

  private static @Nullable Long within(ConfigKey key, @Nullable Long n) {
    return n != null && n >= key.min() && n <= key.max() ? n : null;
  }

  private static @Nullable Long number(String s) {
    try {
      boolean hex = s.startsWith("0x") || s.startsWith("0X");
      return hex ? Long.parseLong(s.substring(2), 16) : Long.parseLong(s);
    } catch (NumberFormatException e) {
      return null; // the caller says what was expected
    }
  }

  private static double decimal(String s) {
    try {
      return Double.parseDouble(s);
    } catch (NumberFormatException e) {
      return Double.NaN; // the caller says what was expected
    }
  }

  private <T> T read(String name, Function<String, @Nullable T> parser) {
    ConfigKey key = key(name);
    ConfigSetting setting = settings.get(name);
    if (setting != null) {
      T value = parser.apply(setting.value());
      if (value != null) {
        return value;
      }
      problems.add(setting.problem(expected(key, setting.value())));
    }
    T value = parser.apply(key.defaultText());
    if (value == null) {
      throw new IllegalStateException("the default of " + name + " is not valid");
    }
    return value;
  }

  /** Says of a number that is too great how great it may be, where that is not said anyway. */
  private static String expected(ConfigKey key, String value) {
    boolean whole = key.kind() == ConfigKey.Kind.WHOLE && value.matches("[0-9]+|0[xX][0-9a-fA-F]+");
    Long n = whole ? number(value) : Long.valueOf(0);
    boolean tooGreat = n == null || n > key.max();
    String said = key.expected();
    return tooGreat && !said.endsWith(" to " + key.max()) ? said + ", at most " + key.max() : said;
  }

  private static ConfigKey key(String name) {
    return ConfigKeys.find(name)
        .orElseThrow(() -> new IllegalStateException("no configuration key " + name));
  }
}
