package io.quorate.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The checked-out source tree and what was compiled from it. */
final class SourceTree {
  static final String PREFIX = "io.quorate.";

  private SourceTree() {}

  /** A product module: its folder and its compiled descriptor. */
  record Module(Path folder, ModuleDescriptor descriptor) {
    /** The module's name without the common prefix. */
    String shortName() {
      return descriptor.name().substring(PREFIX.length());
    }

    Path classes() {
      return folder.resolve("target/classes");
    }
  }

  /** The folder with the aggregating build file. */
  static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("ARCHITECTURE.md")) && Files.exists(at.resolve("pom.xml"))) {
        return at;
      }
    }
    throw new IllegalStateException("not inside the source tree");
  }

  /** All product modules, by name. */
  static List<Module> modules() {
    List<Module> modules = new ArrayList<>();
    for (String parent : List.of("spi", "modules")) {
      try (Stream<Path> folders = Files.list(root().resolve(parent))) {
        folders
            .filter(folder -> Files.exists(folder.resolve("src/main/java/module-info.java")))
            .forEach(folder -> modules.add(new Module(folder, descriptor(folder))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    modules.sort((a, b) -> a.shortName().compareTo(b.shortName()));
    return modules;
  }

  private static ModuleDescriptor descriptor(Path folder) {
    try (InputStream in =
        Files.newInputStream(folder.resolve("target/classes/module-info.class"))) {
      return ModuleDescriptor.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " is not compiled", e);
    }
  }

  /** Every file below {@code folder} whose name ends so. */
  static List<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
