package io.quorate.server;

import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.SaslProvider;
import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.transport.TransportProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What can be chosen from, and what a configuration chooses.
 *
 * @param folder where plug-ins were looked for; empty if there is no such folder
 * @param providers by SPI, then in a fixed order
 * @param problems why a server would not start with them; if plug-ins can not be used, {@code
 *     providers} holds those of the image
 */
public record ProviderReport(Optional<Path> folder, List<Entry> providers, List<String> problems) {
  /**
   * A provider.
   *
   * @param spi storage, codec, transport, auth, sasl or metrics
   * @param name what the configuration calls it; of sasl, which has no names, the class
   * @param module its module
   * @param version the module's version; empty if it has none
   * @param from "image", or the file name of the jar
   * @param used whether the configuration uses it
   */
  public record Entry(
      String spi, String name, String module, String version, String from, boolean used) {}

  public ProviderReport {
    providers = List.copyOf(providers);
    problems = List.copyOf(problems);
  }

  /** Looks, without opening anything but the providers themselves. */
  public static ProviderReport of(ServerConfig config) {
    PluginFolder plugins = PluginFolder.read(config);
    Collector collector = new Collector(config);
    collector.problems.addAll(plugins.problems());
    try {
      Providers providers =
          plugins.problems().isEmpty() ? Providers.of(plugins) : Providers.withoutPlugins();
      collector.collect(providers);
    } catch (StartException e) {
      collector.problems.add(String.valueOf(e.getMessage()));
      collector.collect(Providers.withoutPlugins());
    }
    return new ProviderReport(
        plugins.folder(),
        collector.entries,
        collector.problems.stream().map(config::placed).toList());
  }

  private static final class Collector {
    private final ServerConfig config;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    Collector(ServerConfig config) {
      this.config = config;
    }

    void collect(Providers providers) {
      ServerConfig.Providers chosen = config.providers();
      named(providers, StorageProvider.class, "storage", chosen.storage(), StorageProvider::name);
      named(providers, CodecProvider.class, "codec", chosen.codec(), CodecProvider::name);
      named(
          providers,
          TransportProvider.class,
          "transport",
          chosen.transport(),
          TransportProvider::name);
      Optional<Map<String, AuthProvider>> schemes = schemes(providers);
      Optional<SaslProvider> sasl = sasl(providers);
      try {
        if (schemes.isPresent()) {
          AuthSchemes.checkEnforced(config.auth(), schemes.get(), sasl);
        }
      } catch (StartException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
      named(providers, MetricsProvider.class, "metrics", chosen.metrics(), MetricsProvider::name);
    }

    private <T> void named(
        Providers providers, Class<T> spi, String kind, String chosen, Function<T, String> nameOf) {
      try {
        String key = kind.equals("metrics") ? "metricsProvider.className" : kind;
        providers.find(spi, key, chosen, nameOf);
      } catch (StartException e) {
        problems.add(e.getMessage());
      }
      list(providers, spi, kind, nameOf, p -> nameOf.apply(p).equals(chosen));
    }

    private Optional<Map<String, AuthProvider>> schemes(Providers providers) {
      Optional<Map<String, AuthProvider>> used = Optional.empty();
      try {
        used = Optional.of(AuthSchemes.configure(providers, config.auth(), config.properties()));
      } catch (StartException e) {
        problems.add(e.getMessage());
      }
      Map<String, AuthProvider> inUse = used.orElse(Map.of());
      list(
          providers,
          AuthProvider.class,
          "auth",
          AuthProvider::scheme,
          p -> {
            AuthProvider same = inUse.get(p.scheme());
            return same != null && same.getClass() == p.getClass();
          });
      return used;
    }

    private Optional<SaslProvider> sasl(Providers providers) {
      Optional<SaslProvider> used = Optional.empty();
      try {
        used = AuthSchemes.sasl(providers.all(SaslProvider.class), config.properties());
      } catch (StartException e) {
        problems.add(e.getMessage());
      }
      Optional<Class<?>> type = used.map(Object::getClass);
      list(
          providers,
          SaslProvider.class,
          "sasl",
          p -> p.getClass().getSimpleName(),
          p -> type.isPresent() && type.get() == p.getClass());
      return used;
    }

    /** Those that can be made; what can not was told before. */
    private <T> void list(
        Providers providers,
        Class<T> spi,
        String kind,
        Function<T, String> nameOf,
        Predicate<T> used) {
      for (T provider : providers.makeable(spi, problems)) {
        Module module = provider.getClass().getModule();
        try {
          entries.add(
              new Entry(
                  kind,
                  nameOf.apply(provider),
                  module.isNamed() ? module.getName() : "",
                  module.isNamed() ? module.getDescriptor().rawVersion().orElse("") : "",
                  providers.plugins().ofModule(module).map(PluginJar::fileName).orElse("image"),
                  used.test(provider)));
        } catch (RuntimeException | LinkageError e) {
          problems.add(providers.origin(provider) + " can not be asked: " + e);
        }
      }
    }
  }
}
