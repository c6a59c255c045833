package io.quorate.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;

/**
 * The version as tools parse it: the release of Apache ZooKeeper whose behaviour this is, then
 * ours. Letters, digits, dots and dashes only, and a date in UTC, since that is what monitoring
 * tools accept. Fixed at build time.
 */
public final class Version {
  private static final Properties BUILT = properties();

  private Version() {}

  /** Our own version, such as {@code 0.1.0}. */
  public static String product() {
    return value("version").replace("-SNAPSHOT", "");
  }

  /** {@code 3.9.5-quorate.0.1.0.HASH, built on YYYY-MM-DD HH:MM UTC}. */
  public static String text() {
    String date =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(Instant.parse(value("built")));
    return value("zookeeper")
        + "-quorate."
        + product()
        + "."
        + commit()
        + ", built on "
        + date
        + " UTC";
  }

  /** Sources that were built without their repository have none. */
  private static String commit() {
    String commit = value("commit");
    return commit.matches("[A-Za-z0-9]+") ? commit : "unknown";
  }

  private static String value(String key) {
    String value = BUILT.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("build.properties has no " + key);
    }
    return value;
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        throw new IllegalStateException("the build left out build.properties");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
