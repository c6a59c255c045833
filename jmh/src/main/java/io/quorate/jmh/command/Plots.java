package io.quorate.jmh.command;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler;

/** Draws a chart of bars for each group, as SVG. */
final class Plots {
  static final int WIDTH = 460;
  static final int HEIGHT = 300;
  private static final int COLUMNS = 3;

  /** A whisker beyond it is cut off, so that one noisy figure does not flatten the others. */
  private static final double HEADROOM = 1.4;

  private Plots() {}

  /**
   * The charts, by group: a bar for each back-end and run, lower is better.
   *
   * @throws BenchException if this system has no fonts
   */
  static Map<String, String> draw(Comparison comparison) throws BenchException {
    Map<String, String> charts = new java.util.LinkedHashMap<>();
    int n = 0;
    for (Map.Entry<String, List<Score>> group : comparison.groups().entrySet()) {
      charts.put(group.getKey(), svg(chart(comparison, group.getKey(), group.getValue()), n++));
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
        for (String backEnd : backEnds) {
          Optional<Score> score = Comparison.find(group, run.name(), backEnd);
          scores.add(score.map(Score::score).orElse(0.0));
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

  private static String svg(CategoryChart chart, int number) throws BenchException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new BenchException("a plot can not be written: " + e.getMessage(), e);
    }
    String svg = out.toString(StandardCharsets.UTF_8);
    return svg.substring(svg.indexOf("<svg"))
        .replace("id=\"", "id=\"p" + number + "-") // all are in one document
        .replace("url(#", "url(#p" + number + "-");
  }

  /** All charts in one picture. */
  static String poster(Map<String, String> charts) {
    int rows = (charts.size() + COLUMNS - 1) / COLUMNS;
    StringBuilder svg =
        new StringBuilder(
            String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\">%n",
                COLUMNS * WIDTH, rows * HEIGHT));
    int at = 0;
    for (String chart : charts.values()) {
      svg.append(
          String.format(
              "<g transform=\"translate(%d,%d)\">%s</g>%n",
              at % COLUMNS * WIDTH, at / COLUMNS * HEIGHT, chart));
      at++;
    }
    return svg.append("</svg>").append(System.lineSeparator()).toString();
  }
}
