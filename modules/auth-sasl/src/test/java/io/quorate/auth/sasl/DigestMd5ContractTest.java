package io.quorate.auth.sasl;

import io.quorate.spi.auth.tck.SaslContract;
import io.quorate.spi.auth.tck.SaslSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.junit.jupiter.api.io.TempDir;

class DigestMd5ContractTest extends SaslContract {
  @TempDir Path folder;

  @Override
  protected SaslSubject subject() {
    Path file = folder.resolve("jaas.conf");
    try {
      Files.writeString(
          file, "Server { any.Module required user_bob=\"S3cret\" user_super=\"0ther\"; };");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SaslSubject.of(DigestMd5SaslProvider::new)
        .setting("java.security.auth.login.config", file.toString())
        .accepts(client("bob", "S3cret"))
        .accepts(client("super", "0ther"))
        .refuses(client("bob", "secret"))
        .refuses(client("eve", "S3cret"))
        .secret("S3cret", "0ther");
  }

  private static Supplier<SaslSubject.Client> client(String user, String password) {
    return () -> {
      try {
        SaslClient client =
            Sasl.createSaslClient(
                new String[] {"DIGEST-MD5"},
                null,
                "zookeeper",
                "zk-sasl-md5",
                Map.of(),
                callbacks -> DigestMd5SaslProviderTest.answer(callbacks, user, password));
        return client::evaluateChallenge;
      } catch (SaslException e) {
        throw new AssertionError(e);
      }
    };
  }
}
