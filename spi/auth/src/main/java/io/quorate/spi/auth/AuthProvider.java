package io.quorate.spi.auth;

import io.quorate.api.Identity;
import io.quorate.api.Stability;
import io.quorate.api.TreeView;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * One scheme; found by {@link java.util.ServiceLoader} through module descriptors. Configured once,
 * before any other call.
 */
@Stability.Stable
public interface AuthProvider {
  /** The scheme's name in ACLs and auth packets. */
  String scheme();

  /** Class names of Apache's providers that this one stands for in {@code authProvider.N}. */
  default List<String> aliases() {
    return List.of();
  }

  /**
   * Whether the scheme is there without being named in the configuration. Others must be named by
   * scheme or alias.
   */
  default boolean enabledByDefault() {
    return true;
  }

  /**
   * Takes the settings, all keys of the configuration file and system properties under their
   * property names ({@code zookeeper.DigestAuthenticationProvider.superDigest} ...).
   *
   * @return whether the scheme is to be used; false if the settings turn it off
   * @throws IllegalArgumentException naming key and value if a setting is wrong
   */
  default boolean configure(Map<String, String> properties) {
    return true;
  }

  /** Ids that a connection has from its address alone. */
  default List<Identity> onConnect(InetAddress remote) {
    return List.of();
  }

  /** Answers an auth packet of this scheme. */
  Outcome authenticate(byte[] credentials, InetAddress remote);

  /**
   * Answers an auth packet; this is what a server calls. Providers that judge credentials by what
   * is stored in the tree override it.
   *
   * @param tree a published state, valid during the call only
   */
  default Outcome authenticate(byte[] credentials, InetAddress remote, TreeView tree) {
    return authenticate(credentials, remote);
  }

  /** Whether an ACL may hold this id. */
  boolean isValid(String id);

  /** Whether a connection's id satisfies an ACL's id, both of this scheme. */
  boolean matches(String connectionId, String aclId);

  /** Whether an id of this scheme proves who somebody is, so that the scheme "auth" includes it. */
  boolean isAuthenticated();

  /** What whoAmI shows of an id; never a secret. */
  default String userName(String id) {
    return id;
  }

  /**
   * What came of an auth packet.
   *
   * @param success whether it is accepted
   * @param identities what the connection gains; may include scheme "super", may be empty
   * @param disconnect if not accepted: close without an answer, so that the client tries another
   *     server; an answer would make it give up for good
   */
  record Outcome(boolean success, List<Identity> identities, boolean disconnect) {
    /** Refused: the client is told and the connection closed. */
    public static final Outcome FAILED = new Outcome(false, List.of(), false);

    /** Not for this server: the connection is closed without an answer. */
    public static final Outcome DISCONNECT = new Outcome(false, List.of(), true);

    public Outcome {
      identities = List.copyOf(identities);
    }

    /** Accepted, with these ids. */
    public static Outcome of(Identity... identities) {
      return new Outcome(true, List.of(identities), false);
    }
  }
}
