package io.quorate.server;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Finds providers by name; names are unique or nothing starts. */
final class Providers {
  private Providers() {}

  /**
   * The provider of this service with this name.
   *
   * @param kind what the configuration calls it
   * @throws StartException if none or more than one has the name; lists the names present and the
   *     module of each
   */
  static <T> T find(Class<T> service, String kind, String name, Function<T, String> nameOf)
      throws StartException {
    List<T> matches = new ArrayList<>();
    List<String> present = new ArrayList<>();
    for (T provider : all(service)) {
      String its = nameOf.apply(provider);
      present.add(its + " (module " + provider.getClass().getModule().getName() + ")");
      if (its.equals(name)) {
        matches.add(provider);
      }
    }
    if (matches.size() == 1) {
      return matches.get(0);
    }
    throw new StartException(
        ExitCode.BAD_CONFIGURATION,
        kind
            + "="
            + name
            + ": "
            + (matches.isEmpty() ? "no provider has this name" : "more than one has this name")
            + "; present: "
            + String.join(", ", present));
  }

  /** All providers of a service, in a fixed order. */
  static <T> List<T> all(Class<T> service) {
    List<T> providers = new ArrayList<>();
    for (T provider : load(service)) {
      providers.add(provider);
    }
    providers.sort((a, b) -> a.getClass().getName().compareTo(b.getClass().getName()));
    return providers;
  }

  private static <T> ServiceLoader<T> load(Class<T> service) {
    return ServiceLoader.load(service, Providers.class.getClassLoader());
  }
}
