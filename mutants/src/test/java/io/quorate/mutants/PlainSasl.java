package io.quorate.mutants;

import io.quorate.api.Identity;
import io.quorate.spi.auth.SaslProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A right SASL provider of the simplest kind: the client says "bob:" and the password. */
final class PlainSasl implements SaslProvider {
  static final String PASSWORD = "plain.password";
  private String password = "";

  @Override
  public boolean configure(Map<String, String> properties) {
    password = properties.getOrDefault(PASSWORD, "");
    return !password.isEmpty();
  }

  @Override
  public Optional<Exchange> start() {
    return password.isEmpty() ? Optional.empty() : Optional.of(new Plain("bob:" + password));
  }

  private static final class Plain implements Exchange {
    private final String wanted;
    private boolean complete;

    Plain(String wanted) {
      this.wanted = wanted;
    }

    @Override
    public byte[] step(byte[] token) throws FailedException {
      if (token.length == 0) {
        return new byte[] {'?'};
      }
      if (complete || !wanted.equals(new String(token, StandardCharsets.UTF_8))) {
        throw new FailedException("not that user's password");
      }
      complete = true;
      return new byte[0];
    }

    @Override
    public boolean complete() {
      return complete;
    }

    @Override
    public List<Identity> identities() {
      return complete ? List.of(new Identity("sasl", "bob")) : List.of();
    }
  }
}
