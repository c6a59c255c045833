package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.SaslProvider;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSchemesTest {
  private static final AuthProvider NONE =
      new AuthProvider() {
        @Override
        public String scheme() {
          return "digest";
        }

        @Override
        public boolean configure(Map<String, String> properties) {
          return true;
        }

        @Override
        public Outcome authenticate(byte[] credentials, InetAddress remote) {
          return Outcome.FAILED;
        }

        @Override
        public boolean isValid(String id) {
          return false;
        }

        @Override
        public boolean matches(String connectionId, String aclId) {
          return false;
        }

        @Override
        public boolean isAuthenticated() {
          return true;
        }
      };

  private static final SaslProvider SASL =
      new SaslProvider() {
        @Override
        public boolean configure(Map<String, String> properties) {
          return true;
        }

        @Override
        public Optional<Exchange> start() {
          return Optional.empty();
        }
      };

  @TempDir Path temp;

  /** Nobody is to serve with fewer schemes than the configuration names. */
  @ParameterizedTest
  @ValueSource(strings = {"mine", "com.example.MyAuthenticationProvider"})
  void aNamedProviderThatIsNotThereStopsTheStart(String name) throws Exception {
    Path file = temp.resolve("zoo.cfg");
    Files.writeString(
        file, "dataDir=%s\nclientPort=0\nauthProvider.1=%s\n".formatted(temp.resolve("d"), name));
    ServerConfig config = ConfigReader.read(file, Map.of(), Map.of(), false).config();

    StartException e =
        assertThrows(
            StartException.class,
            () -> AuthSchemes.configure(Providers.withoutPlugins(), config.auth(), Map.of()));

    assertEquals(ExitCode.BAD_CONFIGURATION, e.exitCode());
    assertEquals(
        file
            + ":3: authProvider.1="
            + name
            + ": no authentication provider has this name; present: ",
        e.getMessage());
  }

  /** Every client would be sent away. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "enforce.auth.schemes=digest,mine: there is no scheme mine; present: digest",
        "enforce.auth.schemes=sasl: there is no scheme sasl; present: digest",
        "sessionRequireClientSASLAuth=true: expected java.security.auth.login.config with the users"
            + " that clients can be"
      })
  void enforcedSchemesThatAreNotThereStopTheStart(String told) throws Exception {
    String line = told.substring(0, told.indexOf(':'));
    ServerConfig config = enforcing(line);

    StartException e =
        assertThrows(
            StartException.class,
            () ->
                AuthSchemes.checkEnforced(config.auth(), Map.of("digest", NONE), Optional.empty()));

    assertEquals(ExitCode.BAD_CONFIGURATION, e.exitCode());
    assertEquals(temp + "/zoo.cfg:4: " + told, e.placed(config).getMessage());
  }

  @Test
  void enforcedSchemesThatAreThereDoNot() throws Exception {
    AuthSchemes.checkEnforced(
        enforcing("enforce.auth.schemes=digest").auth(), Map.of("digest", NONE), Optional.empty());
    for (String line : List.of("enforce.auth.schemes=sasl", "sessionRequireClientSASLAuth=true")) {
      AuthSchemes.checkEnforced(enforcing(line).auth(), Map.of("digest", NONE), Optional.of(SASL));
    }
  }

  private ServerConfig enforcing(String line) throws Exception {
    Path file = temp.resolve("zoo.cfg");
    boolean schemes = line.startsWith("enforce");
    Files.writeString(
        file,
        "dataDir=%s\nclientPort=0\nenforce.auth.enabled=%s\n%s\n"
            .formatted(temp.resolve("d"), schemes, line));
    return ConfigReader.read(file, Map.of(), Map.of(), false).config();
  }
}
