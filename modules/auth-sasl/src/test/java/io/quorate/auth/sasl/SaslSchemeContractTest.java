package io.quorate.auth.sasl;

import io.quorate.spi.auth.tck.AuthContract;
import io.quorate.spi.auth.tck.AuthSubject;

class SaslSchemeContractTest extends AuthContract {
  @Override
  protected AuthSubject subject() {
    return AuthSubject.of(SaslAuthProvider::new)
        .setting("zookeeper.letAnySaslUserDoX", "anyone")
        .refuses("", "bob", "bob:S3cret")
        .secret("S3cret")
        .valid("", "bob", "bob@REALM", "service/host@REALM")
        .invalid("bob@REALM@OTHER", "a/b/c@REALM", "a@b/c")
        .matches("bob", "bob")
        .matches("bob", "anyone")
        .matches("super", "bob")
        .differs("bob", "eve")
        .differs("anyone", "bob");
  }
}
