package io.quorate.server;

import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.SaslProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sets up the authentication schemes that the configuration asks for. */
final class AuthSchemes {
  private AuthSchemes() {}

  /**
   * The schemes in use, by name.
   *
   * @throws StartException if a named provider is not there, a name is taken twice, or a setting is
   *     wrong
   */
  static Map<String, AuthProvider> configure(
      Providers providers, ServerConfig.Auth auth, Map<String, String> properties)
      throws StartException {
    List<AuthProvider> present = providers.all(AuthProvider.class);
    Map<String, AuthProvider> used = new TreeMap<>();
    for (AuthProvider provider : present) {
      if (!provider.enabledByDefault() && !isNamed(provider, auth)) {
        continue;
      }
      try {
        if (!provider.configure(properties)) {
          continue;
        }
      } catch (IllegalArgumentException e) {
        throw new StartException(ExitCode.BAD_CONFIGURATION, String.valueOf(e.getMessage()), e);
      }
      AuthProvider other = used.put(provider.scheme(), provider);
      if (other != null) {
        throw new StartException(
            ExitCode.BAD_CONFIGURATION,
            "two providers of the scheme "
                + provider.scheme()
                + ": "
                + providers.origin(other)
                + " and "
                + providers.origin(provider));
      }
    }
    for (ServerConfig.NamedProvider named : auth.named()) {
      if (present.stream().noneMatch(p -> answersTo(p, named.name()))) {
        throw unknown(named, present, providers);
      }
    }
    return used;
  }

  /**
   * Apache logs a class that it can not load and serves without the scheme. Who names one counts on
   * it, so here the server does not start (decision 14).
   */
  private static StartException unknown(
      ServerConfig.NamedProvider named, List<AuthProvider> present, Providers providers) {
    return new StartException(
        ExitCode.BAD_CONFIGURATION,
        named.where()
            + "="
            + named.name()
            + ": no authentication provider has this name; present: "
            + present.stream()
                .map(p -> names(p) + " (" + providers.origin(p) + ")")
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  /** As {@code authProvider.N} may call it. */
  private static String names(AuthProvider provider) {
    return String.join(
        " or ", Stream.concat(Stream.of(provider.scheme()), provider.aliases().stream()).toList());
  }

  private static boolean isNamed(AuthProvider provider, ServerConfig.Auth auth) {
    return auth.named().stream().anyMatch(n -> answersTo(provider, n.name()));
  }

  private static boolean answersTo(AuthProvider provider, String name) {
    return provider.scheme().equals(name) || provider.aliases().contains(name);
  }

  /**
   * Looks whether clients can do what they have to do first. Where they can not, every one of them
   * would be sent away.
   *
   * @throws StartException if a scheme that they may use is not there
   */
  static void checkEnforced(
      ServerConfig.Auth auth, Map<String, AuthProvider> schemes, Optional<SaslProvider> sasl)
      throws StartException {
    if (auth.requireSasl() && sasl.isEmpty()) {
      throw new StartException(
          ExitCode.BAD_CONFIGURATION,
          "zookeeper.sessionRequireClientSASLAuth=true: expected java.security.auth.login.config"
              + " with the users that clients can be");
    }
    Set<String> wanted = new TreeSet<>(auth.enforce() ? auth.enforceSchemes() : Set.of());
    for (String scheme : wanted) {
      if (!schemes.containsKey(scheme) && !(scheme.equals("sasl") && sasl.isPresent())) {
        throw new StartException(
            ExitCode.BAD_CONFIGURATION,
            "zookeeper.enforce.auth.schemes="
                + String.join(",", wanted)
                + ": there is no scheme "
                + scheme
                + "; present: "
                + String.join(", ", schemes.keySet()));
      }
    }
  }

  /** The first SASL provider that is configured. */
  static Optional<SaslProvider> sasl(List<SaslProvider> present, Map<String, String> properties)
      throws StartException {
    for (SaslProvider provider : present) {
      try {
        if (provider.configure(properties)) {
          return Optional.of(provider);
        }
      } catch (IllegalArgumentException e) {
        throw new StartException(ExitCode.BAD_CONFIGURATION, String.valueOf(e.getMessage()), e);
      }
    }
    return Optional.empty();
  }
}
