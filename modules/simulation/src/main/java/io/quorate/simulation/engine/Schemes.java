package io.quorate.simulation.engine;

import io.quorate.api.Identity;
import io.quorate.simulation.history.IdEntry;
import io.quorate.simulation.model.Access;
import io.quorate.simulation.model.Settings;
import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.SaslProvider;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The authentication schemes of a simulated server: "digest" and "ip", and one exchange of SASL, as
 * the model has them.
 */
final class Schemes {
  private Schemes() {}

  static Map<String, AuthProvider> providers(Settings settings) {
    return Map.of("digest", new Provider("digest", settings), "ip", new Provider("ip", settings));
  }

  /** Answers or refuses every token by itself, and gives no id. */
  static final class Sasl implements SaslProvider, SaslProvider.Exchange {
    @Override
    public boolean configure(Map<String, String> properties) {
      return true;
    }

    @Override
    public Optional<Exchange> start() {
      return Optional.of(this);
    }

    @Override
    public byte[] step(byte[] token) throws FailedException {
      byte[] answer = Access.saslAnswer(token);
      if (answer == null) {
        throw new FailedException("as the token asks");
      }
      return answer;
    }

    @Override
    public boolean complete() {
      return false;
    }

    @Override
    public List<Identity> identities() {
      return List.of();
    }
  }

  private record Provider(String scheme, Settings settings) implements AuthProvider {
    /** The model knows no others; they gain nothing. */
    private boolean isKnown(InetAddress remote) {
      return !scheme.equals("ip") || remote instanceof Inet4Address;
    }

    @Override
    public List<Identity> onConnect(InetAddress remote) {
      return scheme.equals("ip") && isKnown(remote)
          ? List.of(new Identity("ip", remote.getHostAddress()))
          : List.of();
    }

    @Override
    public Outcome authenticate(byte[] credentials, InetAddress remote) {
      if (!isKnown(remote)) {
        return Outcome.of();
      }
      List<IdEntry> ids =
          Access.authenticate(settings, remote.getHostAddress(), scheme, credentials);
      return ids == null
          ? Outcome.FAILED
          : Outcome.of(
              ids.stream().map(i -> new Identity(i.scheme(), i.id())).toArray(Identity[]::new));
    }

    @Override
    public boolean isValid(String id) {
      return Access.validId(scheme, id);
    }

    @Override
    public boolean matches(String connectionId, String aclId) {
      return Access.sameId(scheme, connectionId, aclId);
    }

    @Override
    public boolean isAuthenticated() {
      return scheme.equals("digest");
    }

    @Override
    public String userName(String id) {
      return scheme.equals("digest") ? id.substring(0, Math.max(0, id.indexOf(':'))) : id;
    }
  }
}
