package io.quorate.auth.basic;

import io.quorate.spi.auth.tck.AuthContract;
import io.quorate.spi.auth.tck.AuthSubject;

class IpContractTest extends AuthContract {
  @Override
  protected AuthSubject subject() {
    return AuthSubject.of(IpAuthProvider::new)
        .accepts("", "anything")
        .valid("10.1.0.0/16", "10.1.2.3", "2001:db8::/32", "::1")
        .invalid("", "10.1.0.0/33", "10.1.2", "somewhere", "::1/129")
        .matches("10.1.2.3", "10.1.0.0/16")
        .matches("2001:db8::7", "2001:db8::/32")
        .differs("10.2.2.3", "10.1.0.0/16")
        .differs("10.1.2.3", "2001:db8::/32");
  }
}
