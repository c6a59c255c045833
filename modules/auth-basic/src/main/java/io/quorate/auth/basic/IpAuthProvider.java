package io.quorate.auth.basic;

import io.quorate.api.Identity;
import io.quorate.spi.auth.AuthProvider;
import java.net.InetAddress;
import java.util.List;

/**
 * The scheme "ip": a connection has the id of its address; an ACL holds an address or a network
 * ({@code 10.1.0.0/16}, {@code 2001:db8::/32}). An address proves nobody's identity, so "auth" does
 * not include it (reference section 2.7).
 */
public final class IpAuthProvider implements AuthProvider {
  /** For {@link java.util.ServiceLoader}. */
  public IpAuthProvider() {}

  @Override
  public String scheme() {
    return "ip";
  }

  @Override
  public List<String> aliases() {
    return List.of("org.apache.zookeeper.server.auth.IPAuthenticationProvider");
  }

  @Override
  public List<Identity> onConnect(InetAddress remote) {
    return List.of(new Identity(scheme(), text(remote)));
  }

  /** The address without the name of the network interface it was reached over. */
  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  /** Accepted; the credentials do not matter. */
  @Override
  public Outcome authenticate(byte[] credentials, InetAddress remote) {
    return Outcome.of(new Identity(scheme(), text(remote)));
  }

  @Override
  public boolean isValid(String id) {
    return IpNetwork.parse(id) != null;
  }

  @Override
  public boolean matches(String connectionId, String aclId) {
    IpNetwork network = IpNetwork.parse(aclId);
    return network != null && network.contains(connectionId);
  }

  @Override
  public boolean isAuthenticated() {
    return false;
  }
}
