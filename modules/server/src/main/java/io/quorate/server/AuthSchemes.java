package io.quorate.server;

import io.quorate.acl.Scheme;
import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.SaslProvider;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up the authentication schemes that the configuration asks for. */
final class AuthSchemes {
  private static final Logger LOG = LoggerFactory.getLogger(AuthSchemes.class);

  private AuthSchemes() {}

  /**
   * The schemes in use, by name.
   *
   * @throws StartException if a named scheme is not there, a name is taken twice, or a setting is
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
        unknown(named, present, providers);
      }
    }
    return used;
  }

  /**
   * A class that is not here is only told of, as Apache does: nobody gets an id of its scheme. A
   * name that can only be a scheme's is a mistake.
   */
  private static void unknown(
      ServerConfig.NamedProvider named, List<AuthProvider> present, Providers providers)
      throws StartException {
    String problem =
        named.where()
            + ": "
            + named.key()
            + "="
            + named.name()
            + ": no such provider; present: "
            + present.stream()
                .map(p -> p.scheme() + " (" + providers.origin(p) + ")")
                .sorted()
                .collect(Collectors.joining(", "));
    if (!named.name().contains(".")) {
      throw new StartException(ExitCode.BAD_CONFIGURATION, problem);
    }
    LOG.warn(problem);
  }

  private static boolean isNamed(AuthProvider provider, ServerConfig.Auth auth) {
    return auth.named().stream().anyMatch(n -> answersTo(provider, n.name()));
  }

  private static boolean answersTo(AuthProvider provider, String name) {
    return provider.scheme().equals(name) || provider.aliases().contains(name);
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

  /** The schemes as the pure ring sees them. */
  static Map<String, Scheme> pure(Map<String, AuthProvider> providers) {
    Map<String, Scheme> schemes = new HashMap<>();
    new LinkedHashMap<>(providers)
        .forEach(
            (name, p) ->
                schemes.put(
                    name,
                    new Scheme() {
                      @Override
                      public boolean isValid(String id) {
                        return p.isValid(id);
                      }

                      @Override
                      public boolean matches(String connectionId, String aclId) {
                        return p.matches(connectionId, aclId);
                      }

                      @Override
                      public boolean isAuthenticated() {
                        return p.isAuthenticated();
                      }

                      @Override
                      public String userName(String id) {
                        return p.userName(id);
                      }
                    }));
    return schemes;
  }
}
