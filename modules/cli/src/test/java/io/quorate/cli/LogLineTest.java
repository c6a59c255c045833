package io.quorate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default log lines are those of the pattern that the shipped logback.xml has. */
class LogLineTest {
  private final LoggerContext context = new LoggerContext();

  private String byPattern(LoggingEvent event) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{ISO8601} [myid:%X{myid}] - %-5p [%t:%logger{0}] - %m%n");
    encoder.start();
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  private static String byUs(LoggingEvent event) {
    return new String(new LogLine().encode(event), StandardCharsets.UTF_8);
  }

  private LoggingEvent event(String logger, Level level, Throwable thrown, String id) {
    LoggingEvent event =
        new LoggingEvent(
            "x", context.getLogger(logger), level, "a {} \u00e4", thrown, new Object[] {7});
    event.setMDCPropertyMap(id.isEmpty() ? Map.of() : Map.of("myid", id));
    return event;
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.quorate.server.QuorateServer", "Short", "ROOT"})
  void linesAreThoseOfThePattern(String logger) {
    for (Level level : new Level[] {Level.INFO, Level.WARN, Level.ERROR, Level.TRACE}) {
      LoggingEvent event = event(logger, level, null, "");
      assertEquals(byPattern(event), byUs(event));
    }
  }

  @Test
  void stackTracesFollow() {
    LoggingEvent event =
        event("a.B", Level.ERROR, new IllegalStateException("x", new RuntimeException("y")), "");
    assertEquals(byPattern(event), byUs(event));
  }

  @Test
  void theServersIdIsShown() {
    LoggingEvent event = event("a.B", Level.INFO, null, "3");
    assertEquals(byPattern(event), byUs(event));
  }
}
