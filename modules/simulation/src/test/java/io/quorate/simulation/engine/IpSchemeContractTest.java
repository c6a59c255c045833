package io.quorate.simulation.engine;

import io.quorate.simulation.model.Settings;
import io.quorate.spi.auth.tck.AuthContract;
import io.quorate.spi.auth.tck.AuthSubject;

class IpSchemeContractTest extends AuthContract {
  @Override
  protected AuthSubject subject() {
    return AuthSubject.of(() -> Schemes.providers(Settings.DEFAULT).get("ip"))
        .accepts("", "anything")
        .valid("10.1.0.0/16", "10.1.2.3")
        .invalid("", "10.1.0.0/33", "somewhere")
        .matches("10.1.2.3", "10.1.0.0/16")
        .differs("10.2.2.3", "10.1.0.0/16");
  }
}
