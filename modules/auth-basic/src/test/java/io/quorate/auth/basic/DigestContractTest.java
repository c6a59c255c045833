package io.quorate.auth.basic;

import io.quorate.spi.auth.tck.AuthContract;
import io.quorate.spi.auth.tck.AuthSubject;

class DigestContractTest extends AuthContract {
  private static final String PREFIX = "zookeeper.DigestAuthenticationProvider.";

  @Override
  protected AuthSubject subject() {
    return AuthSubject.of(DigestAuthProvider::new)
        .setting(PREFIX + "superDigest", "super:D/InIHSb7yEEbrWz8b9l71RjZJU=")
        .wrongSetting(PREFIX + "superDigest", "S3cret")
        .wrongSetting(PREFIX + "digestAlg", "SHA-257")
        .accepts("super:tEst-1", "super:test", "bob:S3cret", "bob", "", ":")
        .secret("S3cret", "tEst-1")
        .valid("bob:hash", ":hash", "bob:hash::")
        .invalid("", "bob", "a:b:c")
        .matches("bob:hash", "bob:hash")
        .differs("bob:hash", "bob:hasH")
        .differs("bob:hash", "bob");
  }
}
