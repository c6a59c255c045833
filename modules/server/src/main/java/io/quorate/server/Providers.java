package io.quorate.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds providers in the image and among the plug-ins, by name; names are unique or nothing starts.
 * Without plug-ins it costs one look into their folder.
 */
final class Providers {
  private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

  private final PluginFolder plugins;
  private final ClassLoader loader;

  private Providers(PluginFolder plugins, ClassLoader loader) {
    this.plugins = plugins;
    this.loader = loader;
  }

  /** Something at a provider's start that may fail as declared. */
  @FunctionalInterface
  interface Opening<R> {
    R run() throws IOException;
  }

  /**
   * With the plug-ins of this configuration.
   *
   * @throws StartException if something is wrong with one of them
   */
  static Providers of(ServerConfig config) throws StartException {
    Providers providers = of(PluginFolder.read(config));
    for (PluginJar jar : providers.plugins.jars()) {
      LOG.info("Plug-in {} from {}", jar.module(), jar.file());
    }
    return providers;
  }

  static Providers of(PluginFolder plugins) throws StartException {
    return new Providers(plugins, plugins.load());
  }

  /** With those of the image alone. */
  static Providers withoutPlugins() {
    return new Providers(PluginFolder.NONE, Providers.class.getClassLoader());
  }

  /**
   * The provider of this service with this name.
   *
   * @param kind what the configuration calls it
   * @throws StartException if none has the name, or any name is taken twice; says what is present
   *     and where each is from
   */
  <T> T find(Class<T> service, String kind, String name, Function<T, String> nameOf)
      throws StartException {
    Map<String, T> byName = new HashMap<>();
    List<T> all = all(service);
    for (T provider : all) {
      String its = nameOf(provider, nameOf);
      T other = byName.putIfAbsent(its, provider);
      if (other != null) {
        throw new StartException(
            ExitCode.BAD_CONFIGURATION,
            "two providers of "
                + kind
                + " have the name "
                + its
                + ": "
                + origin(other)
                + " and "
                + origin(provider));
      }
    }
    T found = byName.get(name);
    if (found == null) {
      List<String> present = new ArrayList<>();
      for (T provider : all) {
        present.add(nameOf(provider, nameOf) + " (" + origin(provider) + ")");
      }
      throw new StartException(
          ExitCode.BAD_CONFIGURATION,
          kind
              + "="
              + name
              + ": no provider has this name; present: "
              + String.join(", ", present));
    }
    return found;
  }

  private <T> String nameOf(T provider, Function<T, String> nameOf) throws StartException {
    try {
      return nameOf.apply(provider);
    } catch (RuntimeException | LinkageError e) {
      throw new StartException(
          ExitCode.BAD_CONFIGURATION, origin(provider) + " can not say its name: " + e, e);
    }
  }

  /**
   * All providers of a service, in a fixed order.
   *
   * @throws StartException if one of them can not be made
   */
  <T> List<T> all(Class<T> service) throws StartException {
    List<String> problems = new ArrayList<>();
    List<T> providers = makeable(service, problems);
    if (!problems.isEmpty()) {
      throw new StartException(ExitCode.BAD_CONFIGURATION, problems.get(0));
    }
    return providers;
  }

  /**
   * All providers of a service that can be made, in a fixed order.
   *
   * @param problems takes a line for each of the others, once
   */
  <T> List<T> makeable(Class<T> service, List<String> problems) {
    List<T> providers = new ArrayList<>();
    Iterator<ServiceLoader.Provider<T>> found =
        ServiceLoader.load(service, loader).stream().iterator();
    for (ServiceLoader.Provider<T> next = next(service, found, problems);
        next != null;
        next = next(service, found, problems)) {
      try {
        providers.add(next.get());
      } catch (ServiceConfigurationError | LinkageError e) {
        tell(
            problems,
            "the provider "
                + next.type().getName()
                + " ("
                + origin(next.type())
                + ") can not be made: "
                + (e.getCause() == null ? e : e.getCause()));
      }
    }
    providers.sort((a, b) -> a.getClass().getName().compareTo(b.getClass().getName()));
    return providers;
  }

  /** The next whose class can be loaded, or null. */
  private <T> ServiceLoader.@Nullable Provider<T> next(
      Class<T> service, Iterator<ServiceLoader.Provider<T>> found, List<String> problems) {
    while (true) {
      try {
        return found.hasNext() ? found.next() : null;
      } catch (ServiceConfigurationError e) {
        tell(problems, unloadable(service, e)); // the loader goes on with the one behind
      }
    }
  }

  private static void tell(List<String> problems, String problem) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** The message names the class; where it is from the descriptors know. */
  private String unloadable(Class<?> service, ServiceConfigurationError e) {
    String message = String.valueOf(e.getMessage());
    for (String word : message.split("[\\s,:]+")) {
      PluginJar jar = plugins.declaring(service.getName(), word).orElse(null);
      if (jar != null) {
        message += " (" + origin(jar) + ")";
        break;
      }
    }
    return e.getCause() == null ? message : message + ": " + e.getCause();
  }

  /**
   * Runs what a provider does at the start.
   *
   * @param what the provider as the configuration names it
   * @throws StartException if it throws anything that is not declared; says where it is from
   */
  <R> R open(Object provider, String what, Opening<R> opening) throws StartException, IOException {
    try {
      return opening.run();
    } catch (IllegalArgumentException e) {
      throw new StartException(
          ExitCode.BAD_CONFIGURATION, what + " (" + origin(provider) + "): " + e.getMessage(), e);
    } catch (RuntimeException | LinkageError e) {
      throw new StartException(
          ExitCode.UNEXPECTED_ERROR,
          what + " (" + origin(provider) + ") can not be opened: " + e,
          e);
    }
  }

  /** Where a provider is from: its module with version, and the jar or the image. */
  String origin(Object provider) {
    return origin(provider.getClass());
  }

  private String origin(Class<?> type) {
    Module module = type.getModule();
    return plugins
        .ofModule(module)
        .map(Providers::origin)
        .orElseGet(
            () ->
                module.isNamed()
                    ? "module " + module.getDescriptor().toNameAndVersion() + " of the image"
                    : type.getName() + " of the class path");
  }

  private static String origin(PluginJar jar) {
    return "module " + jar.module() + " in " + jar.fileName();
  }

  /** The plug-ins. */
  PluginFolder plugins() {
    return plugins;
  }
}
