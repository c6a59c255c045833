package io.quorate.spi.auth.tck;

import io.quorate.api.Identity;
import io.quorate.api.Stability;
import io.quorate.api.TreeView;
import io.quorate.spi.auth.AuthProvider;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A scheme that fails when it is told to, for tests of those who use one: whatever is thrown counts
 * as refused (rule 4). Any thread.
 */
@Stability.Evolving
public final class FaultyAuth implements AuthProvider {
  private final AuthProvider behind;
  private final Random random;
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

  /**
   * A scheme in front of another.
   *
   * @param seed decides how it fails
   */
  public FaultyAuth(AuthProvider behind, long seed) {
    this.behind = behind;
    this.random = new Random(seed);
  }

  /**
   * Lets {@code calls} more auth packets be answered; from then on each is refused, disconnected or
   * ends with an exception, until {@link #heal}.
   */
  public void failAfter(int calls) {
    left.set(calls);
  }

  /** Ends the failing. */
  public void heal() {
    left.set(Integer.MAX_VALUE);
  }

  private boolean fails() {
    return left.getAndUpdate(n -> n == Integer.MAX_VALUE || n == 0 ? n : n - 1) == 0;
  }

  private Outcome failure() {
    switch (random.nextInt(4)) {
      case 0:
        return Outcome.FAILED;
      case 1:
        return Outcome.DISCONNECT;
      case 2:
        throw new IllegalStateException("FaultyAuth was told to fail");
      default:
        throw new NullPointerException("FaultyAuth was told to fail");
    }
  }

  @Override
  public String scheme() {
    return behind.scheme();
  }

  @Override
  public List<String> aliases() {
    return behind.aliases();
  }

  @Override
  public boolean enabledByDefault() {
    return behind.enabledByDefault();
  }

  @Override
  public boolean configure(Map<String, String> properties) {
    return behind.configure(properties);
  }

  @Override
  public List<Identity> onConnect(InetAddress remote) {
    return behind.onConnect(remote);
  }

  @Override
  public Outcome authenticate(byte[] credentials, InetAddress remote) {
    return fails() ? failure() : behind.authenticate(credentials, remote);
  }

  @Override
  public Outcome authenticate(byte[] credentials, InetAddress remote, TreeView tree) {
    return fails() ? failure() : behind.authenticate(credentials, remote, tree);
  }

  @Override
  public boolean isValid(String id) {
    return behind.isValid(id);
  }

  @Override
  public boolean matches(String connectionId, String aclId) {
    return behind.matches(connectionId, aclId);
  }

  @Override
  public boolean isAuthenticated() {
    return behind.isAuthenticated();
  }

  @Override
  public String userName(String id) {
    return behind.userName(id);
  }
}
