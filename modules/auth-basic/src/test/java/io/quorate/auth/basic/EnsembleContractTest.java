package io.quorate.auth.basic;

import io.quorate.spi.auth.tck.AuthContract;
import io.quorate.spi.auth.tck.AuthSubject;

class EnsembleContractTest extends AuthContract {
  @Override
  protected AuthSubject subject() {
    return AuthSubject.of(EnsembleAuthProvider::new)
        .setting("zookeeper.ensembleAuthName", "north, south")
        .accepts("", "north", "south")
        .refuses("west", "north,south", " ")
        .invalid("", "north")
        .differs("north", "north");
  }
}
