package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @Test
  void keepsTheLineThatAnEntryBeginsOn() throws Exception {
    String text = "# one\n\n  tickTime = 2000\r\ndataDir: /a\\\n   /b\n!c\nclientPort 2181";

    List<ConfigFile.Line> lines = ConfigFile.parse(text);

    assertEquals(
        List.of(
            new ConfigFile.Line("tickTime", "2000", 3),
            new ConfigFile.Line("dataDir", "/a/b", 4),
            new ConfigFile.Line("clientPort", "2181", 7)),
        lines);
  }

  @Test
  void readsWhatPropertiesReads() throws Exception {
    // blanks at the end of values are the one difference: zoo.cfg trims them
    String[] pieces = {
      "a", "b", "=", ":", " ", "\t", "\f", "\\", "\\\\", "\\\n", "\\\r\n", "\n", "\r", "\r\n", "#",
      "!", "\\=", "\\u0041", "\\n", "1"
    };
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i >= 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      Properties expected = new Properties();
      expected.load(new StringReader(text.toString()));
      Map<String, String> trimmed = new HashMap<>();
      Map<String, String> actual = new HashMap<>();
      // two keys may differ only in blanks, which trimming makes one: compare the set of keys then
      expected.forEach((k, v) -> trimmed.put(k.toString().trim(), v.toString().trim()));
      for (ConfigFile.Line line : ConfigFile.parse(text.toString())) {
        actual.put(line.key(), line.value());
      }
      trimmed.remove(""); // Properties makes one of a continuation at the end of the text
      actual.remove("");
      if (expected.stringPropertyNames().stream().map(String::trim).distinct().count()
          == expected.size()) {
        assertEquals(trimmed, actual, () -> "text: " + Arrays.toString(text.chars().toArray()));
      } else {
        assertEquals(trimmed.keySet(), actual.keySet());
      }
    }
  }

  @Test
  void namesTheLineOfABadEscape() {
    ConfigFile.SyntaxException e =
        assertThrows(ConfigFile.SyntaxException.class, () -> ConfigFile.parse("a=1\nb=\\u12G4\n"));

    assertEquals(2, e.line);
  }

  @Test
  void readsUtf8AndLatin1(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("zoo.cfg");
    Files.write(file, "dataDir=/d\u00e4ten".getBytes(StandardCharsets.UTF_8));
    assertEquals("dataDir=/d\u00e4ten", ConfigFile.load(file));
    Files.write(file, "dataDir=/d\u00e4ten".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals("dataDir=/d\u00e4ten", ConfigFile.load(file));
  }

  @Test
  void refusesAFileThatCanNotBeAConfiguration(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("big");
    Files.write(file, new byte[2 << 20]);

    IOException e = assertThrows(IOException.class, () -> ConfigFile.load(file));

    assertTrue(e.getMessage().contains("larger"), e.getMessage());
  }
}
