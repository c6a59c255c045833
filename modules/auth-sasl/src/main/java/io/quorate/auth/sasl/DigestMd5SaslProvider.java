package io.quorate.auth.sasl;

import io.quorate.spi.auth.SaslProvider;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.sasl.SaslException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SASL exchanges with DIGEST-MD5 for the users in a JAAS file (reference sections 1.10 and 5.4).
 * What decides about using it is the JAAS section alone: like Apache 3.9.5, a server offers it in
 * FIPS mode too, where clients refuse it.
 *
 * <p>Settings: {@code java.security.auth.login.config}, the file; {@code
 * zookeeper.sasl.serverconfig}, its section ("Server" unless set); {@code zookeeper.superUser} and
 * {@code zookeeper.superUser.N}, users that get the identity "super" as well; {@code
 * zookeeper.SASLAuthenticationProvider.superPassword}, the password of the user "super" in place of
 * the file's.
 *
 * <p>Kerberos (GSSAPI) is not supported.
 */
public final class DigestMd5SaslProvider implements SaslProvider {
  private static final String SUPER_USER_KEY = "zookeeper.superUser";
  private static final String SUPER_PASSWORD_KEY =
      "zookeeper.SASLAuthenticationProvider.superPassword";
  private static final Logger LOG = LoggerFactory.getLogger(DigestMd5SaslProvider.class);

  private Map<String, String> passwords = Map.of();
  private Set<String> superUsers = Set.of();
  private boolean configured;

  /** For {@link java.util.ServiceLoader}. */
  public DigestMd5SaslProvider() {}

  @Override
  public boolean configure(Map<String, String> properties) {
    JaasSection section = JaasSection.of(properties);
    if (section == null) {
      return false;
    }
    if (section.kerberos()) {
      LOG.error(
          "JAAS section {}: Kerberos (GSSAPI) is not supported in this release; clients that use it"
              + " can not authenticate. DIGEST-MD5 with user_NAME=\"password\" options is",
          section.name());
      if (section.passwords().isEmpty()) {
        return false;
      }
    }
    Map<String, String> all = new HashMap<>(section.passwords());
    String superPassword = properties.get(SUPER_PASSWORD_KEY);
    if (superPassword != null) {
      all.replace("super", superPassword);
    }
    passwords = Map.copyOf(all);
    superUsers = superUsers(properties);
    configured = true;
    LOG.info("SASL: DIGEST-MD5 for {} users of JAAS section {}", all.size(), section.name());
    return true;
  }

  private static Set<String> superUsers(Map<String, String> properties) {
    Set<String> users = new HashSet<>();
    properties.forEach(
        (key, value) -> {
          boolean named = key.equals(SUPER_USER_KEY) || key.startsWith(SUPER_USER_KEY + ".");
          if (named && !value.isEmpty()) {
            users.add(value);
          }
        });
    return Set.copyOf(users);
  }

  @Override
  public Optional<Exchange> start() {
    if (!configured) {
      return Optional.empty();
    }
    try {
      return Optional.of(new DigestMd5Exchange(passwords, superUsers));
    } catch (SaslException e) {
      LOG.error("DIGEST-MD5 can not be used with this run-time", e);
      return Optional.empty();
    }
  }
}
