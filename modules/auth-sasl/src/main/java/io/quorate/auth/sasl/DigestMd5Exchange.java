package io.quorate.auth.sasl;

import io.quorate.api.Identity;
import io.quorate.spi.auth.SaslProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;

/** One DIGEST-MD5 exchange. The names are those that ZooKeeper's clients expect. */
final class DigestMd5Exchange implements SaslProvider.Exchange {
  private static final String MECHANISM = "DIGEST-MD5";
  private static final String PROTOCOL = "zookeeper";
  private static final String SERVER_NAME = "zk-sasl-md5";

  private final Map<String, String> passwords;
  private final Set<String> superUsers;
  private final SaslServer server;
  private List<Identity> identities = List.of();

  DigestMd5Exchange(Map<String, String> passwords, Set<String> superUsers) throws SaslException {
    this.passwords = passwords;
    this.superUsers = superUsers;
    SaslServer made =
        Sasl.createSaslServer(MECHANISM, PROTOCOL, SERVER_NAME, Map.of(), this::answer);
    if (made == null) {
      throw new SaslException("the run-time has no " + MECHANISM);
    }
    server = made;
  }

  @Override
  public byte @Nullable [] step(byte[] token) throws SaslProvider.FailedException {
    byte[] answer;
    try {
      answer = server.evaluateResponse(token);
      if (server.isComplete()) {
        String user = server.getAuthorizationID();
        Identity identity = new Identity("sasl", user);
        identities =
            superUsers.contains(user)
                ? List.of(identity, new Identity("super", ""))
                : List.of(identity);
      }
    } catch (SaslException | RuntimeException e) {
      // Mechanisms tell of misuse by unchecked exceptions too.
      throw new SaslProvider.FailedException(String.valueOf(e.getMessage()));
    }
    return answer;
  }

  @Override
  public boolean complete() {
    return server.isComplete();
  }

  @Override
  public List<Identity> identities() {
    return identities;
  }

  private void answer(Callback[] callbacks) throws UnsupportedCallbackException {
    String user = null;
    for (Callback callback : callbacks) {
      switch (callback) {
        case RealmCallback realm -> realm.setText(realm.getDefaultText());
        case NameCallback name -> {
          user = name.getDefaultName();
          if (passwords.containsKey(user)) {
            name.setName(user);
          }
        }
        case PasswordCallback password -> {
          String wanted = user == null ? null : passwords.get(user);
          if (wanted != null) {
            password.setPassword(wanted.toCharArray());
          }
        }
        case AuthorizeCallback authorize -> {
          // Who asks to be somebody else is let in as who he is.
          authorize.setAuthorized(true);
          authorize.setAuthorizedID(authorize.getAuthenticationID());
        }
        default -> throw new UnsupportedCallbackException(callback);
      }
    }
  }
}
