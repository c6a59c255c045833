package io.quorate.auth.sasl;

import io.quorate.spi.auth.AuthProvider;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scheme "sasl" in ACLs. Its ids come from SASL exchanges, not from auth packets (reference
 * section 2.7), so it has to be named in {@code authProvider.N} beside the JAAS settings.
 *
 * <p>Setting: {@code zookeeper.letAnySaslUserDoX}, an ACL id that every SASL user satisfies.
 */
public final class SaslAuthProvider implements AuthProvider {
  private @Nullable String anyUser;

  /** For {@link java.util.ServiceLoader}. */
  public SaslAuthProvider() {}

  @Override
  public String scheme() {
    return "sasl";
  }

  @Override
  public List<String> aliases() {
    return List.of("org.apache.zookeeper.server.auth.SASLAuthenticationProvider");
  }

  @Override
  public boolean enabledByDefault() {
    return false;
  }

  @Override
  public boolean configure(Map<String, String> properties) {
    anyUser = properties.get("zookeeper.letAnySaslUserDoX");
    return true;
  }

  /** Refused: an auth packet proves nothing here. */
  @Override
  public Outcome authenticate(byte[] credentials, InetAddress remote) {
    return Outcome.FAILED;
  }

  /**
   * Any text without an at sign, or a Kerberos principal of one or two components: {@code
   * name@REALM}, {@code service/host@REALM}.
   */
  @Override
  public boolean isValid(String id) {
    int at = id.indexOf('@');
    if (at < 0) {
      return true;
    }
    int slash = id.indexOf('/');
    boolean oneAt = id.indexOf('@', at + 1) < 0;
    return oneAt && (slash < 0 || slash < at && id.indexOf('/', slash + 1) < 0);
  }

  /** The same id, or the user "super", or the id that stands for every SASL user. */
  @Override
  public boolean matches(String connectionId, String aclId) {
    return connectionId.equals("super") || connectionId.equals(aclId) || aclId.equals(anyUser);
  }

  @Override
  public boolean isAuthenticated() {
    return true;
  }
}
