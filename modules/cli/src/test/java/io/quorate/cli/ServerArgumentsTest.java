package io.quorate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerArgumentsTest {
  private static ServerArguments parse(String... arguments) throws Exception {
    return ServerArguments.parse(List.of(arguments));
  }

  @Test
  void aFileAndSettingsInAnyOrder() throws Exception {
    ServerArguments parsed =
        parse("-Da=1", "-D", "b=x=y", "conf/zoo.cfg", "--strict", "-Dzookeeper.c=");

    assertEquals(Optional.of(Path.of("conf/zoo.cfg")), parsed.file());
    assertEquals(Map.of("a", "1", "b", "x=y", "zookeeper.c", ""), parsed.settings());
    assertTrue(parsed.strict());
  }

  @Test
  void nothingIsEnough() throws Exception {
    ServerArguments parsed = parse();

    assertEquals(Optional.empty(), parsed.file());
    assertEquals(Map.of(), parsed.settings());
    assertFalse(parsed.strict());
  }

  @Test
  void apachesShortForm() throws Exception {
    assertEquals(
        Map.of("clientPort", "2181", "dataDir", "/data", "clientPortAddress", "0.0.0.0"),
        parse("2181", "/data").settings());
    assertEquals(
        Map.of(
            "clientPort",
            "2181",
            "dataDir",
            "/data",
            "tickTime",
            "500",
            "maxClientCnxns",
            "7",
            "clientPortAddress",
            "127.0.0.1"),
        parse("-DclientPortAddress=127.0.0.1", "2181", "/data", "500", "7").settings());
  }

  @Test
  void aFileMayHaveANumberForAName() throws Exception {
    assertEquals(Optional.of(Path.of("2181")), parse("2181").file());
  }

  @ParameterizedTest
  @CsvSource({
    "-D, -D: expected key=value",
    "-Dx, -D x: expected key=value",
    "-D=1, -D =1: expected key=value",
    "--fast, unknown option --fast"
  })
  void whatCanNotBeUnderstood(String argument, String message) {
    var e = assertThrows(ServerArguments.UsageException.class, () -> parse(argument));

    assertEquals(message, e.getMessage());
  }

  @Test
  void oneFileAtMost() {
    assertThrows(ServerArguments.UsageException.class, () -> parse("a.cfg", "b.cfg"));
    assertThrows(ServerArguments.UsageException.class, () -> parse("1", "/data", "3", "4", "5"));
  }
}
