package io.quorate.server;

import io.quorate.acl.Scheme;
import io.quorate.spi.auth.AuthProvider;
import java.util.HashMap;
import java.util.Map;

/** An authentication provider as the pure ring sees it, which knows no provider interfaces. */
public record ProviderScheme(AuthProvider provider) implements Scheme {
  /** The schemes of these providers, by the same names. */
  public static Map<String, Scheme> of(Map<String, AuthProvider> providers) {
    Map<String, Scheme> schemes = new HashMap<>();
    providers.forEach((name, provider) -> schemes.put(name, new ProviderScheme(provider)));
    return schemes;
  }

  @Override
  public boolean isValid(String id) {
    return provider.isValid(id);
  }

  @Override
  public boolean matches(String connectionId, String aclId) {
    return provider.matches(connectionId, aclId);
  }

  @Override
  public boolean isAuthenticated() {
    return provider.isAuthenticated();
  }

  @Override
  public String userName(String id) {
    return provider.userName(id);
  }
}
