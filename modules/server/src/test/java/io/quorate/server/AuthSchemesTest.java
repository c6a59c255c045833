package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSchemesTest {
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
}
