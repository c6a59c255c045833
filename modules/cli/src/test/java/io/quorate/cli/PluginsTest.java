package io.quorate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.server.ProviderReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
  private static final ProviderReport REPORT =
      new ProviderReport(
          Optional.of(Path.of("/opt/a \"b\"")),
          List.of(
              new ProviderReport.Entry("storage", "files", "io.q", "1.0", "image", true),
              new ProviderReport.Entry("codec", "x", "org.x", "", "x.jar", false)),
          List.of("line\nbreak"));

  @TempDir Path dir;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int commands(String... arguments) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Commands.run(List.of(arguments), stream, stream);
  }

  @Test
  void tablesAreAligned() {
    StringWriter text = new StringWriter();
    PluginList.table(REPORT, new PrintWriter(text));

    assertEquals(
        List.of(
            "SPI      NAME   IN USE  MODULE  VERSION  FROM",
            "storage  files  yes     io.q    1.0      image",
            "codec    x              org.x            x.jar",
            "plug-ins: /opt/a \"b\"",
            "problem: line",
            "break"),
        text.toString().lines().toList());
  }

  @Test
  void jsonIsWellFormed() {
    StringWriter text = new StringWriter();
    PluginList.json(REPORT, new PrintWriter(text));

    assertEquals(
        """
        {
          "folder": "/opt/a \\"b\\"",
          "providers": [
            {"spi": "storage", "name": "files", "module": "io.q", "version": "1.0", "from": "image", "used": true},
            {"spi": "codec", "name": "x", "module": "org.x", "version": "", "from": "x.jar", "used": false}
          ],
          "problems": [
            "line\\u000abreak"
          ]
        }
        """,
        text.toString());
  }

  @Test
  void theConfigurationTellsWhatIsInUse() throws Exception {
    Path file = Files.writeString(dir.resolve("zoo.cfg"), "dataDir=/d\nclientPort=1\ncodec=x\n");

    assertEquals(2, commands("plugins", "--config", file.toString(), "--json"));
    assertTrue(out.toString().contains("codec=x: no provider has this name"), out.toString());
    out.reset();
    commands("plugins", "--config", file.toString(), "-D", "codec=jute");
    assertTrue(
        out.toString().lines().anyMatch(l -> l.matches("codec +jute +yes +io.quorate.jute .*")),
        out.toString());
    assertTrue(
        out.toString().lines().anyMatch(l -> l.matches("metrics +default +yes .* image")),
        out.toString());
  }
}
