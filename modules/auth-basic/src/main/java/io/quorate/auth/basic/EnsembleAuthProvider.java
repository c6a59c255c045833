package io.quorate.auth.basic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.spi.auth.AuthProvider;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheme "ensemble": a client says which ensemble it means, and one that means another is
 * disconnected, so that it goes on along its connect string. Gives no id and is not for ACLs
 * (reference section 2.7).
 *
 * <p>Setting: {@code zookeeper.ensembleAuthName}, a comma list of names; without it, and for empty
 * credentials, everyone is accepted.
 */
public final class EnsembleAuthProvider implements AuthProvider {
  private static final String KEY = "zookeeper.ensembleAuthName";
  private static final long LOG_INTERVAL_NANOS = 1_000_000_000;
  private static final Logger LOG = LoggerFactory.getLogger(EnsembleAuthProvider.class);

  private final AtomicLong lastLog = new AtomicLong(System.nanoTime() - LOG_INTERVAL_NANOS);
  private Set<String> names = Set.of();

  /** For {@link java.util.ServiceLoader}. */
  public EnsembleAuthProvider() {}

  @Override
  public String scheme() {
    return "ensemble";
  }

  @Override
  public List<String> aliases() {
    return List.of("org.apache.zookeeper.server.auth.EnsembleAuthenticationProvider");
  }

  @Override
  public boolean enabledByDefault() {
    return false;
  }

  @Override
  public boolean configure(Map<String, String> properties) {
    String value = properties.get(KEY);
    names =
        value == null
            ? Set.of()
            : Arrays.stream(value.split(",", -1))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    return true;
  }

  @Override
  public Outcome authenticate(byte[] credentials, InetAddress remote) {
    if (credentials.length == 0
        || names.isEmpty()
        || names.contains(new String(credentials, UTF_8))) {
      return Outcome.of();
    }
    long now = System.nanoTime();
    long last = lastLog.get();
    if (now - last >= LOG_INTERVAL_NANOS && lastLog.compareAndSet(last, now)) {
      LOG.warn("disconnecting {}: it means another ensemble, not {}", remote, names);
    }
    return Outcome.DISCONNECT;
  }

  @Override
  public boolean isValid(String id) {
    return false;
  }

  @Override
  public boolean matches(String connectionId, String aclId) {
    return false;
  }

  @Override
  public boolean isAuthenticated() {
    return false;
  }
}
