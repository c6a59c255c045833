package io.quorate.spi.auth;

import io.quorate.api.Identity;
import io.quorate.api.Stability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes SASL exchanges for client connections; found by {@link java.util.ServiceLoader}. */
@Stability.Stable
public interface SaslProvider {
  /**
   * Takes the settings under their property names ({@code java.security.auth.login.config} ...).
   *
   * @return whether SASL is configured
   * @throws IllegalArgumentException naming key and value if a setting is wrong
   */
  boolean configure(Map<String, String> properties);

  /** Starts an exchange for one connection; empty if none can be made. */
  Optional<Exchange> start();

  /** One exchange; used by one thread at a time. */
  interface Exchange {
    /**
     * Takes the client's token.
     *
     * @return the server's token; null if there is none to send
     * @throws FailedException if the exchange has failed and can not go on
     */
    byte @Nullable [] step(byte[] token) throws FailedException;

    /** Whether the exchange has ended with success. */
    boolean complete();

    /** The ids gained, once complete. */
    List<Identity> identities();
  }

  /** The exchange has failed; the message holds no secret. */
  final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the reason, for the log. */
    public FailedException(String message) {
      super(message);
    }
  }
}
