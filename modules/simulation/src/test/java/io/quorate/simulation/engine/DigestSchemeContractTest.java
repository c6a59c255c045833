package io.quorate.simulation.engine;

import io.quorate.simulation.model.Settings;
import io.quorate.spi.auth.tck.AuthContract;
import io.quorate.spi.auth.tck.AuthSubject;

/** The simulator's schemes keep to the rules that its servers count on. */
class DigestSchemeContractTest extends AuthContract {
  @Override
  protected AuthSubject subject() {
    return AuthSubject.of(() -> Schemes.providers(Settings.DEFAULT).get("digest"))
        .accepts("bob:S3cret", "bob", "")
        .secret("S3cret")
        .valid("bob:hash")
        .invalid("", "bob", "a:b:c")
        .matches("bob:hash", "bob:hash")
        .differs("bob:hash", "eve:hash");
  }
}
