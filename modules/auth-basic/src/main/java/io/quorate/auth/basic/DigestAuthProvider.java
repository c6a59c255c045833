package io.quorate.auth.basic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.api.Identity;
import io.quorate.spi.auth.AuthProvider;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheme "digest": the id is {@code user:} and the base64 of a hash of {@code user:password}.
 * Whoever knows a password has the id; nobody is refused (reference section 2.7).
 *
 * <p>Settings: {@code zookeeper.DigestAuthenticationProvider.enabled}, {@code .digestAlg} (a name
 * of {@link MessageDigest}, SHA1 unless set; the same on every server) and {@code .superDigest},
 * the id that gets the identity "super" as well.
 */
public final class DigestAuthProvider implements AuthProvider {
  private static final String PREFIX = "zookeeper.DigestAuthenticationProvider.";
  private static final Logger LOG = LoggerFactory.getLogger(DigestAuthProvider.class);

  /** Every Java has it. */
  private static final String DEFAULT_ALGORITHM = "SHA1";

  private String algorithm = DEFAULT_ALGORITHM;
  private byte @Nullable [] superDigest;

  /** For {@link java.util.ServiceLoader}. */
  public DigestAuthProvider() {}

  @Override
  public String scheme() {
    return "digest";
  }

  @Override
  public List<String> aliases() {
    return List.of("org.apache.zookeeper.server.auth.DigestAuthenticationProvider");
  }

  @Override
  public boolean configure(Map<String, String> properties) {
    if (!Settings.flag(properties, PREFIX + "enabled", true)) {
      return false;
    }
    String name = properties.getOrDefault(PREFIX + "digestAlg", DEFAULT_ALGORITHM).trim();
    if (!name.equals(DEFAULT_ALGORITHM)) {
      hashLength(
          name); // not for the default: a start is a tenth shorter without Java's cryptography
    }
    algorithm = name;
    superDigest = superDigest(properties, name);
    return true;
  }

  private static int hashLength(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm).getDigestLength();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(
          PREFIX + "digestAlg=" + algorithm + ": expected a hash such as SHA1, SHA-256 or SHA3-256",
          e);
    }
  }

  private static byte @Nullable [] superDigest(Map<String, String> properties, String algorithm) {
    String key = PREFIX + "superDigest";
    String value = properties.get(key);
    if (value == null || value.isBlank()) {
      return null;
    }
    String id = value.trim();
    int colon = id.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          key + ": expected user:hash (the value is a secret and not shown)");
    }
    int length = -1;
    try {
      length = Base64.getDecoder().decode(id.substring(colon + 1)).length;
    } catch (IllegalArgumentException e) {
      LOG.debug("{} is not base64", key, e);
    }
    if (length != hashLength(algorithm)) {
      // Apache starts with such a value too; it only never matches.
      LOG.warn("{} is no hash of the configured algorithm: nobody can become super user", key);
    }
    return id.getBytes(UTF_8);
  }

  /** Accepts whatever is sent: {@code user:password} as UTF-8. */
  @Override
  public Outcome authenticate(byte[] credentials, InetAddress remote) {
    String id = idOf(credentials);
    Identity identity = new Identity(scheme(), id);
    byte[] wanted = superDigest;
    if (wanted != null && MessageDigest.isEqual(wanted, id.getBytes(UTF_8))) {
      return Outcome.of(new Identity("super", ""), identity);
    }
    return Outcome.of(identity);
  }

  private String idOf(byte[] credentials) {
    String text = new String(credentials, UTF_8);
    int colon = text.indexOf(':');
    String user = colon < 0 ? text : text.substring(0, colon);
    try {
      byte[] hash = MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
      return user + ":" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm + " was there at the start", e);
    }
  }

  /**
   * Two parts at a colon. Colons at the very end are not counted, because Apache does not count
   * them and both must accept the same ids in one ensemble.
   */
  @Override
  public boolean isValid(String id) {
    int end = id.length();
    while (end > 0 && id.charAt(end - 1) == ':') {
      end--;
    }
    return id.substring(0, end).chars().filter(c -> c == ':').count() == 1;
  }

  @Override
  public boolean matches(String connectionId, String aclId) {
    return connectionId.equals(aclId);
  }

  @Override
  public boolean isAuthenticated() {
    return true;
  }

  @Override
  public String userName(String id) {
    int colon = id.indexOf(':');
    return colon < 0 ? id : id.substring(0, colon);
  }
}
