package io.quorate.server;

import io.quorate.api.ErrorCode;
import io.quorate.api.Identity;
import io.quorate.api.Request;
import io.quorate.api.TreeView;
import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.SaslProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who a connection is: auth packets, SASL, and what may be asked before (section 2.7). */
final class ConnectionAuth {
  private static final int MAX_IDENTITIES = 1000;

  /** Of all ids together. */
  private static final long MAX_CHARACTERS = 256 << 10;

  private final ClientServices services;
  private final InetAddress remote;
  private List<Identity> identities;
  private SaslProvider.@Nullable Exchange exchange;
  private boolean saslDone;
  private boolean maySpeak;

  ConnectionAuth(ClientServices services, InetSocketAddress remote) {
    this.services = services;
    this.remote = remote.getAddress();
    List<Identity> ids = new ArrayList<>();
    for (AuthProvider provider : services.auth().values()) {
      ids.addAll(provider.onConnect(this.remote));
    }
    identities = List.copyOf(ids);
    update();
  }

  /** Immutable; replaced when, and only when, something is gained. */
  List<Identity> identities() {
    return identities;
  }

  /** Whether requests other than authentication are taken. */
  boolean maySpeak() {
    return maySpeak;
  }

  private void update() {
    ServerConfig.Auth auth = services.config().auth();
    boolean enforced =
        !auth.enforce()
            || identities.stream().anyMatch(i -> auth.enforceSchemes().contains(i.scheme()));
    maySpeak = enforced && (!auth.requireSasl() || saslDone);
  }

  /** Answers an auth packet, judged by this state where the provider looks at znodes. */
  AuthProvider.Outcome authenticate(Request.Auth request, TreeView view) {
    AuthProvider provider = services.auth().get(request.scheme());
    if (provider == null) {
      return AuthProvider.Outcome.FAILED;
    }
    AuthProvider.Outcome outcome;
    try {
      outcome = provider.authenticate(request.credentials(), remote, view);
    } catch (RuntimeException e) {
      return AuthProvider.Outcome.FAILED; // rule 4 of the SPI: whatever is thrown counts as failed
    }
    return outcome.success() && !gain(outcome.identities()) ? AuthProvider.Outcome.FAILED : outcome;
  }

  private boolean gain(List<Identity> more) {
    List<Identity> all = new ArrayList<>(identities);
    for (Identity identity : more) {
      if (!all.contains(identity)) {
        all.add(identity);
      }
    }
    if (all.size() == identities.size()) {
      return true;
    }
    long characters = all.stream().mapToLong(i -> i.id().length()).sum();
    if (all.size() > MAX_IDENTITIES || characters > MAX_CHARACTERS) {
      return false;
    }
    identities = List.copyOf(all);
    update();
    return true;
  }

  /** What came of a SASL token. */
  record SaslStep(ErrorCode error, byte @Nullable [] token, boolean gained, String problem) {}

  SaslStep sasl(byte @Nullable [] token) {
    SaslProvider.Exchange with = exchange;
    if (with == null) {
      with = services.sasl().flatMap(SaslProvider::start).orElse(null);
      exchange = with;
    }
    if (with == null) {
      return new SaslStep(ErrorCode.OK, null, false, "");
    }
    try {
      byte[] answer = with.step(token == null ? new byte[0] : token);
      boolean complete = with.complete();
      if (complete) {
        saslDone = true;
        gain(with.identities());
      }
      return new SaslStep(ErrorCode.OK, answer, complete, "");
    } catch (SaslProvider.FailedException e) {
      exchange = null;
      ServerConfig.Auth auth = services.config().auth();
      if (auth.allowSaslFailed() && !auth.requireSasl()) {
        return new SaslStep(ErrorCode.OK, null, false, "");
      }
      boolean required = auth.requireSasl() || (auth.enforce() && !maySpeak);
      return new SaslStep(
          required ? ErrorCode.SESSION_CLOSED_REQUIRE_SASL_AUTH : ErrorCode.AUTH_FAILED,
          null,
          false,
          String.valueOf(e.getMessage()));
    }
  }
}
