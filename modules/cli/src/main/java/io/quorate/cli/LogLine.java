package io.quorate.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Log lines in the form of Apache's server: {@code 2026-11-22 15:49:22,326 [myid:] - INFO
 * [main:Class] - message}, then a stack trace if there is one. Does what a pattern would do,
 * without loading the machinery of patterns, which is a good part of a server's start.
 */
final class LogLine extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = new byte[0];
  private static final int LEVEL_WIDTH = 5;

  private final ZoneId zone = ZoneId.systemDefault();

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    time(event.getTimeStamp(), line);
    line.append(" [myid:")
        .append(event.getMDCPropertyMap().getOrDefault("myid", ""))
        .append("] - ");
    String level = event.getLevel().toString();
    line.append(level).append(" ".repeat(Math.max(0, LEVEL_WIDTH - level.length())));
    String logger = event.getLoggerName();
    line.append(" [").append(event.getThreadName()).append(':');
    line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append("] - ");
    line.append(event.getFormattedMessage()).append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void time(long ms, StringBuilder line) {
    LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochMilli(ms), zone);
    digits(at.getYear(), 4, line).append('-');
    digits(at.getMonthValue(), 2, line).append('-');
    digits(at.getDayOfMonth(), 2, line).append(' ');
    digits(at.getHour(), 2, line).append(':');
    digits(at.getMinute(), 2, line).append(':');
    digits(at.getSecond(), 2, line).append(',');
    digits(at.getNano() / 1_000_000, 3, line);
  }

  private static StringBuilder digits(int value, int width, StringBuilder line) {
    String text = Integer.toString(value);
    return line.append("0".repeat(Math.max(0, width - text.length()))).append(text);
  }
}
