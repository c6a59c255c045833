package io.quorate.auth.sasl;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.URIParameter;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The server's section of a JAAS file. Login modules named in it are not loaded: their options hold
 * all that DIGEST-MD5 needs.
 *
 * @param name of the section
 * @param passwords by user, from options {@code user_NAME="password"}
 * @param kerberos whether a Kerberos login module is named
 */
record JaasSection(String name, Map<String, String> passwords, boolean kerberos) {
  private static final String FILE_KEY = "java.security.auth.login.config";
  private static final String SECTION_KEY = "zookeeper.sasl.serverconfig";
  private static final String DEFAULT_SECTION = "Server";
  private static final String USER_PREFIX = "user_";

  JaasSection {
    passwords = Map.copyOf(passwords);
  }

  /** Without passwords. */
  @Override
  public String toString() {
    return "JAAS section " + name + " with " + passwords.size() + " users";
  }

  /**
   * Reads the section that the settings name.
   *
   * @return null if no JAAS file is set, or the default section is not in it
   * @throws IllegalArgumentException naming key and value if the file can not be read or the
   *     section was named and is not there
   */
  static @Nullable JaasSection of(Map<String, String> properties) {
    String location = properties.get(FILE_KEY);
    String named = properties.getOrDefault(SECTION_KEY, "").trim();
    boolean byName = !named.isEmpty();
    if (location == null || location.isBlank()) {
      if (byName) {
        throw new IllegalArgumentException(
            SECTION_KEY + "=" + named + ": " + FILE_KEY + " has to name the JAAS file");
      }
      return null;
    }
    String section = byName ? named : DEFAULT_SECTION;
    AppConfigurationEntry[] entries = entries(location.trim(), section);
    if (entries == null) {
      if (byName) {
        throw new IllegalArgumentException(
            SECTION_KEY + "=" + section + ": no such section in " + location);
      }
      return null;
    }
    Map<String, String> passwords = new HashMap<>();
    boolean kerberos = false;
    for (AppConfigurationEntry entry : entries) {
      kerberos |= entry.getLoginModuleName().endsWith("Krb5LoginModule");
      entry
          .getOptions()
          .forEach(
              (key, value) -> {
                if (key.startsWith(USER_PREFIX)) {
                  passwords.put(key.substring(USER_PREFIX.length()), String.valueOf(value));
                }
              });
    }
    return new JaasSection(section, passwords, kerberos);
  }

  private static AppConfigurationEntry @Nullable [] entries(String location, String section) {
    URI uri = uri(location);
    try {
      Configuration file = Configuration.getInstance("JavaLoginConfig", new URIParameter(uri));
      return file.getAppConfigurationEntry(section);
    } catch (NoSuchAlgorithmException | SecurityException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(
          FILE_KEY + "=" + location + ": not a readable JAAS file: " + cause.getMessage(), e);
    }
  }

  /** A path or a file URL; the JDK lets "=" stand before either. */
  private static URI uri(String location) {
    String place = location.startsWith("=") ? location.substring(1) : location;
    if (place.startsWith("file:")) {
      try {
        return new URI(place);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(FILE_KEY + "=" + location + ": not a URL", e);
      }
    }
    Path path = new File(place).toPath();
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(FILE_KEY + "=" + location + ": no readable file is there");
    }
    return path.toUri();
  }
}
