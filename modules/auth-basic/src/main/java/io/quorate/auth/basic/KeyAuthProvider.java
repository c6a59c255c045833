package io.quorate.auth.basic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.api.Identity;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.spi.auth.AuthProvider;
import java.net.InetAddress;
import java.util.List;

/**
 * The scheme "key", ZooKeeper's example of a provider that reads the tree: credentials are a
 * decimal number, accepted if it is a multiple of the number in the znode {@code /key}. While there
 * is no such znode or no data in it, everyone is accepted, so that it can be written. All who are
 * accepted have the same id, the empty one. A demonstration, not a protection: whoever sends 0 is
 * accepted.
 */
public final class KeyAuthProvider implements AuthProvider {
  private static final ZnodePath KEY = ZnodePath.of("/key");

  /** For {@link java.util.ServiceLoader}. */
  public KeyAuthProvider() {}

  @Override
  public String scheme() {
    return "key";
  }

  @Override
  public List<String> aliases() {
    return List.of("org.apache.zookeeper.server.auth.KeyAuthenticationProvider");
  }

  @Override
  public boolean enabledByDefault() {
    return false;
  }

  /** Refused: without the tree nothing can be said. */
  @Override
  public Outcome authenticate(byte[] credentials, InetAddress remote) {
    return Outcome.FAILED;
  }

  @Override
  public Outcome authenticate(byte[] credentials, InetAddress remote, TreeView tree) {
    Znode znode = tree.find(KEY);
    byte[] key = znode == null ? null : znode.data();
    return key == null || isMultiple(credentials, key)
        ? Outcome.of(new Identity(scheme(), ""))
        : Outcome.FAILED;
  }

  private static boolean isMultiple(byte[] credentials, byte[] key) {
    try {
      int divisor = Integer.parseInt(new String(key, UTF_8));
      int number = Integer.parseInt(new String(credentials, UTF_8));
      return divisor == 0 || number % divisor == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public boolean isValid(String id) {
    return true;
  }

  @Override
  public boolean matches(String connectionId, String aclId) {
    return connectionId.equals(aclId);
  }

  @Override
  public boolean isAuthenticated() {
    return true;
  }
}
