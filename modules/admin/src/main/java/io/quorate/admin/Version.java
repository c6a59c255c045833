package io.quorate.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
  private static final String COMMIT = resource("commit.txt").trim();

  private Version() {}

  /** Our own version, such as {@code 0.1.0}. */
  public static String product() {
    return value("product").replace("-SNAPSHOT", "");
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
        + COMMIT
        + ", built on "
        + date
        + " UTC";
  }

  private static String value(String key) {
    String value = BUILT.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("version.properties has no " + key);
    }
    return value;
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try {
      properties.load(new java.io.StringReader(resource("version.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  private static String resource(String name) {
    try (InputStream in = Version.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
