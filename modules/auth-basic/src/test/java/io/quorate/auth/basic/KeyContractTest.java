package io.quorate.auth.basic;

import io.quorate.spi.auth.tck.AuthContract;
import io.quorate.spi.auth.tck.AuthSubject;

class KeyContractTest extends AuthContract {
  @Override
  protected AuthSubject subject() {
    return AuthSubject.of(KeyAuthProvider::new)
        .tree(() -> KeyAuthProviderTest.tree(true, "7"))
        .accepts("7", "14", "0", "-7")
        .refuses("8", "", "seven", "77777777777777")
        .valid("", "anything")
        .matches("", "")
        .differs("", "a");
  }
}
