package io.quorate.jmh.command;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler;

/** Draws a chart of bars for each group. */
final class Plots {
  static final int WIDTH = 460;
  static final int HEIGHT = 300;
  private static final int COLUMNS = 3;

  /** What is behind a hundredth of a pixel. */
  private static final Pattern MORE_DIGITS = Pattern.compile("(\\d\\.\\d\\d)\\d+");

  /** A whisker beyond it is cut off, so that one noisy figure does not flatten the others. */
  private static final double HEADROOM = 1.4;

  private Plots() {}

  /**
   * The charts, by group: a bar for each back-end and run, lower is better. What {@link
   * Comparison#notDrawn} names is left out, and so is a group of nothing else.
   *
   * @throws BenchException if this system has no fonts
   */
  static Map<String, CategoryChart> charts(Comparison comparison) throws BenchException {
    Map<String, CategoryChart> charts = new LinkedHashMap<>();
    for (Map.Entry<String, List<Score>> group : comparison.groups().entrySet()) {
      List<Score> drawn =
          group.getValue().stream().filter(score -> score.notDrawn().isEmpty()).toList();
      if (!drawn.isEmpty()) {
        charts.put(group.getKey(), chart(comparison, group.getKey(), drawn));
      }
    }
    return charts;
  }

  private static CategoryChart chart(Comparison comparison, String name, List<Score> group)
      throws BenchException {
    try {
      CategoryChart chart =
          new CategoryChartBuilder()
              .width(WIDTH)
              .height(HEIGHT)
              .title(name)
              .yAxisTitle(group.get(0).unit())
              .build();
      chart.getStyler().setChartBackgroundColor(Color.WHITE);
      chart.getStyler().setChartTitleFont(chart.getStyler().getChartTitleFont().deriveFont(13f));
      chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
      chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
      chart.getStyler().setLegendVisible(comparison.runs().size() > 1);
      chart.getStyler().setYAxisMin(0.0);
      double highest = group.stream().mapToDouble(Score::score).max().orElse(1);
      chart.getStyler().setYAxisMax(HEADROOM * Math.max(highest, Double.MIN_NORMAL));
      List<String> backEnds = Comparison.backEnds(group);
      for (Run run : comparison.runs()) {
        List<Double> scores = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        if (group.stream().noneMatch(score -> score.run().equals(run.name()))) {
          continue;
        }
        for (String backEnd : backEnds) {
          Optional<Score> score = Comparison.find(group, run.name(), backEnd);
          scores.add(score.map(Score::score).orElse(Double.NaN)); // no bar
          double error = score.map(Score::error).orElse(0.0);
          errors.add(Double.isNaN(error) ? 0.0 : error);
        }
        chart.addSeries(run.name(), backEnds, scores, errors);
      }
      return chart;
    } catch (InternalError | NoClassDefFoundError | RuntimeException e) {
      throw new BenchException(
          "the plots can not be drawn: "
              + e
              + " (Java draws text with the system's fontconfig and a font, as the Debian packages"
              + " fontconfig and fonts-dejavu-core)",
          e);
    }
  }

  /** Each chart as an element for a page of HTML. */
  static Map<String, String> svg(Map<String, CategoryChart> charts) throws BenchException {
    Map<String, String> elements = new LinkedHashMap<>();
    for (Map.Entry<String, CategoryChart> chart : charts.entrySet()) {
      elements.put(chart.getKey(), svg(chart.getValue(), elements.size()));
    }
    return elements;
  }

  private static String svg(CategoryChart chart, int number) throws BenchException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new BenchException("a plot can not be written: " + e.getMessage(), e);
    }
    String svg = out.toString(StandardCharsets.UTF_8);
    return MORE_DIGITS
        .matcher(svg.substring(svg.indexOf("<svg")))
        .replaceAll("$1")
        .replace("id=\"", "id=\"p" + number + "-") // all are in one document
        .replace("url(#", "url(#p" + number + "-");
  }

  /** All charts in one picture, written to a file. */
  static void png(Collection<CategoryChart> charts, Path file) throws IOException {
    int rows = (charts.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage image =
        new BufferedImage(COLUMNS * WIDTH, Math.max(1, rows) * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D all = image.createGraphics();
    all.setColor(Color.WHITE);
    all.fillRect(0, 0, image.getWidth(), image.getHeight());
    int at = 0;
    for (CategoryChart chart : charts) {
      Graphics2D own =
          (Graphics2D) all.create(at % COLUMNS * WIDTH, at / COLUMNS * HEIGHT, WIDTH, HEIGHT);
      chart.paint(own, WIDTH, HEIGHT);
      own.dispose();
      at++;
    }
    all.dispose();
    ImageIO.write(image, "png", file.toFile());
  }
}
