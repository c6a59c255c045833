package io.quorate.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines {@code server.N=host:quorumPort:electionPort[:role][;[address:]clientPort]}. A
 * standalone server may have one, for the sake of its client part (reference sections 1.3 D22 of
 * the deployments and 5.1).
 */
final class ConfigServers {
  private static final String FORM =
      "host:quorumPort:electionPort[:participant|observer][;[address:]clientPort]";

  /** The client part of a server line; a null host is the wildcard address. */
  record ClientPart(@Nullable String host, int port, ConfigSetting from) {}

  private ConfigServers() {}

  /** Checks the server lines and gives the client part of the only one, if it has one. */
  static Optional<ClientPart> clientPart(ConfigValues values, List<ConfigSetting> lines) {
    boolean standalone = values.flag("standaloneEnabled"); // looked at wherever it is given
    Set<Long> ids = new HashSet<>();
    List<ClientPart> parts = new ArrayList<>();
    for (ConfigSetting line : lines) {
      String id = line.name().substring("server.".length());
      if (!id.matches("-?[0-9]{1,18}")) {
        values.problem(line.where() + line.spelling() + ": expected a number after server.");
        continue;
      }
      ids.add(Long.parseLong(id));
      String[] halves = line.value().split(";", 2);
      if (!isServer(halves[0])) {
        values.problem(line.problem(FORM));
      } else if (halves.length == 2) {
        client(values, line, halves[1].trim()).ifPresent(parts::add);
      }
    }
    if (ids.size() > 1) {
      values.problem(
          lines.get(1).where()
              + lines.get(1).spelling()
              + ": "
              + lines.size()
              + " servers are configured, but ensembles are not in this release: expected one"
              + " server line or none");
    } else if (ids.size() == 1 && !standalone) {
      values.problem(
          values.setting("standaloneEnabled").orElseThrow().problem("true")
              + ": false makes one server an ensemble of one, and ensembles are not in this"
              + " release");
    }
    return parts.size() == 1 ? Optional.of(parts.get(0)) : Optional.empty();
  }

  /** Whether this line is the one of the server whose directory this is; empty if nobody knows. */
  static Optional<Boolean> isOwn(ConfigSetting line, Path dataDir) {
    Path file = dataDir.resolve("myid");
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      return Optional.of(line.name().equals("server." + Files.readString(file).trim()));
    } catch (IOException e) {
      return Optional.empty(); // a standalone server does not depend on myid
    }
  }

  private static boolean isServer(String text) {
    for (String address : text.trim().split("\\|", -1)) {
      if (!address.matches(
          "(\\[[0-9a-fA-F:.%]+\\]|[^:\\[\\]\\s]+):[0-9]{1,5}:[0-9]{1,5}"
              + "(:(participant|observer|PARTICIPANT|OBSERVER))?")) {
        return false;
      }
    }
    return true;
  }

  private static Optional<ClientPart> client(ConfigValues values, ConfigSetting line, String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    String host = colon < 0 ? null : text.substring(0, colon);
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535 || "".equals(host)) {
      values.problem(line.problem(FORM));
      return Optional.empty();
    }
    return Optional.of(new ClientPart(host, Integer.parseInt(port), line));
  }
}
