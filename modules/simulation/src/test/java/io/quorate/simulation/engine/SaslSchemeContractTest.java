package io.quorate.simulation.engine;

import io.quorate.spi.auth.tck.SaslContract;
import io.quorate.spi.auth.tck.SaslSubject;

class SaslSchemeContractTest extends SaslContract {
  @Override
  protected SaslSubject subject() {
    return SaslSubject.of(Schemes.Sasl::new);
  }
}
