package io.quorate.jmh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a recorded run, alone and beside another. */
class ReportTest {
  private static final Pattern LOADED =
      Pattern.compile(
          "(?i)(src|href|data|action)\\s*=\\s*[\"']?\\s*(https?:)?//|@import|url\\((?!#)");

  /** Of all that is filled, only bars are translucent. */
  private static final Pattern BAR = Pattern.compile("fill-opacity:0\\.");

  @TempDir Path folder;

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private Path recorded;

  @BeforeEach
  void copy() throws Exception {
    recorded = folder.resolve("recorded.json");
    try (InputStream in = ReportTest.class.getResourceAsStream("recorded.json")) {
      Files.copy(Objects.requireNonNull(in), recorded);
    }
    Files.writeString(folder.resolve("recorded.properties"), "commit=abc<1>\n");
  }

  private String report(String... more) throws Exception {
    List<String> args =
        new java.util.ArrayList<>(
            List.of("--from", recorded.toString(), "--out", folder.resolve("page").toString()));
    args.addAll(List.of(more));
    int status =
        Bench.command(new PrintStream(screen, true, StandardCharsets.UTF_8))
            .execute(args.toArray(String[]::new));
    assertEquals(0, status);
    return Files.readString(folder.resolve("page.html"));
  }

  @Test
  void aChartAndATableForEachGroup() throws Exception {
    String page = report();
    Matcher titles = Pattern.compile("<section><h2>([^<]*)</h2>").matcher(page);
    List<String> found = titles.results().map(m -> m.group(1)).toList();
    assertEquals(
        List.of(
                "Codec.decode",
                "Codec: bytes a record",
                "Codec.encode",
                "Read.getData, 100000 znodes",
                "Read.getData, 100000 znodes, 2 threads",
                "Restart.restart, 100000 znodes",
                "Restart.restart: disk a znode, 100000 znodes",
                "Restart.restart: heap a znode, 100000 znodes")
            .stream()
            .sorted()
            .toList(),
        found.stream().sorted().toList());
    assertEquals(found.size(), count(page, "<svg"));
    assertEquals(found.size(), count(page, "</svg>"));
    assertEquals(found.size() + 1, count(page, "</table>"));
    assertTrue(page.contains("<td>lmdb/kryo<td>recorded<td class=\"n\">1,000"), page);
    assertTrue(page.contains("<td class=\"n\">± 20.5<td>ns/op"), page);
    assertTrue(page.contains("abc&lt;1&gt;"), "escaped");
  }

  @Test
  void opensWithoutANetwork() throws Exception {
    String page = report();
    Matcher loaded = LOADED.matcher(page);
    assertFalse(loaded.find(), () -> "loads something: " + loaded.group());
    assertFalse(page.contains("<script"));
    assertFalse(page.contains("<!DOCTYPE svg"));
    assertTrue(Files.size(folder.resolve("page.png")) > 10_000);
    assertTrue(LOADED.matcher("<img src=\"https://example.org/x.png\">").find());
  }

  @Test
  void eachIdIsThereOnce() throws Exception {
    List<String> ids =
        Pattern.compile(" id=\"([^\"]*)\"")
            .matcher(report())
            .results()
            .map(m -> m.group(1))
            .toList();
    assertEquals(ids.stream().distinct().toList(), ids);
  }

  @Test
  void anEarlierRunIsShownBesideWithTheRatio() throws Exception {
    Path earlier = folder.resolve("earlier.json");
    Files.writeString(
        earlier, Files.readString(recorded).replace("\"score\": 500.0", "\"score\": 250.0"));
    String page = report("--compare", earlier.toString());
    assertTrue(
        page.contains("<td>files/jute<td>earlier<td class=\"n\">250<td class=\"n\">± 20.5"), page);
    assertTrue(page.contains("<td>ns/op<td class=\"n\">2.00"), page);
    String table = screen.toString(StandardCharsets.UTF_8);
    assertTrue(table.contains("now 2.00 of it"), table);
  }

  private static long count(String text, String part) {
    return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }

  @Test
  void aHeapThatIsNotAboveItsErrorIsNotDrawn() throws Exception {
    change(
        result -> {
          JsonObject heap = heap(result);
          if (heap != null && backEnd(result).equals("lmdb/kryo")) {
            heap.addProperty("score", 12.0);
            heap.addProperty("scoreError", 40.0);
          } else if (heap != null && backEnd(result).equals("lmdb/jute")) {
            heap.addProperty("score", -3.5);
          }
          return true;
        });
    String heap = section(report(), "Restart.restart: heap a znode, 100000 znodes");
    assertEquals(2, bars(heap), heap);
    assertTrue(heap.contains("<li>lmdb/jute: -3.50 B is not above its error\n"), heap);
    assertTrue(heap.contains("<li>lmdb/kryo: 12.0 ± 40.0 B is not above its error\n"), heap);
    assertTrue(heap.indexOf("</svg>") < heap.indexOf("Not drawn"), "below the plot");
    assertTrue(heap.contains("<td>lmdb/kryo<td>recorded<td class=\"n\">12.0"), "in the table");
    String disk = section(report(), "Restart.restart: disk a znode, 100000 znodes");
    assertEquals(4, bars(disk), disk);
    assertFalse(disk.contains("Not drawn"), disk);
  }

  @Test
  void aPlotOfNothingIsLeftOut() throws Exception {
    change(
        result -> {
          JsonObject heap = heap(result);
          if (heap != null) {
            heap.addProperty("score", 0.0);
          }
          return true;
        });
    String heap = section(report(), "Restart.restart: heap a znode, 100000 znodes");
    assertFalse(heap.contains("<svg"), heap);
    assertEquals(4, count(heap, "<li>"), heap);
  }

  @Test
  void aMissingResultHasNoBarAndIsNamed() throws Exception {
    Path earlier = folder.resolve("earlier.json");
    Files.copy(recorded, earlier);
    String title = "Read.getData, 100000 znodes";
    long all = bars(section(report("--compare", earlier.toString()), title));
    change(
        result ->
            !result.get("benchmark").getAsString().contains(".ReadBenchmark")
                || !backEnd(result).equals("files/kryo"));
    String page = report("--compare", earlier.toString());
    String read = section(page, title);
    assertEquals(all - 1, bars(read));
    assertTrue(read.contains("<li>files/kryo of recorded: no result\n"), read);
    assertEquals(1, count(page, "Not drawn"));
  }

  /** Changes the recorded run; what the function says false to is left out. */
  private void change(Predicate<JsonObject> keep) throws Exception {
    JsonArray kept = new JsonArray();
    for (JsonElement each : JsonParser.parseString(Files.readString(recorded)).getAsJsonArray()) {
      if (keep.test(each.getAsJsonObject())) {
        kept.add(each);
      }
    }
    Files.writeString(recorded, kept.toString());
  }

  private static JsonObject heap(JsonObject result) {
    return result.getAsJsonObject("secondaryMetrics").getAsJsonObject("heap a znode");
  }

  private static String backEnd(JsonObject result) {
    JsonObject params = result.getAsJsonObject("params");
    return params.has("storage")
        ? params.get("storage").getAsString() + "/" + params.get("codec").getAsString()
        : params.get("codec").getAsString();
  }

  private static String section(String page, String title) {
    int from = page.indexOf("<h2>" + title + "</h2>");
    return page.substring(from, page.indexOf("</section>", from));
  }

  /** How many areas are filled with the colour of a run. */
  private static long bars(String section) {
    return BAR.matcher(section).results().count();
  }
}
