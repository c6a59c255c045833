package io.quorate.jmh.command;

import java.io.File;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JVM options that put the project's modules, found on a class path, on the module path as well.
 * JMH's generated classes do not fit a named module, and providers are declared in module
 * descriptors only: so the benchmarks stay on the class path and what they measure are modules.
 */
final class ModulePath {
  private static final String OURS = "io.quorate.";

  private ModulePath() {}

  /** The options, for this class path. */
  static List<String> options(String classPath) throws BenchException {
    Map<String, ModuleReference> found = new TreeMap<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      for (ModuleReference module : modules(Path.of(entry))) {
        found.putIfAbsent(module.descriptor().name(), module);
      }
    }
    Map<String, URI> used = required(found);
    if (used.isEmpty()) {
      throw new BenchException("no module of the project is on the class path: use jmh/bench");
    }
    List<String> locations = new ArrayList<>();
    used.values().forEach(uri -> locations.add(Path.of(uri).toString()));
    List<String> roots = used.keySet().stream().filter(name -> name.startsWith(OURS)).toList();
    return List.of(
        "--module-path=" + String.join(File.pathSeparator, locations),
        "--add-modules=" + String.join(",", roots),
        "--enable-native-access=ALL-UNNAMED," + String.join(",", used.keySet()),
        "--sun-misc-unsafe-memory-access=allow",
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders");
  }

  private static Iterable<ModuleReference> modules(Path entry) {
    if (!Files.exists(entry)) {
      return List.of();
    }
    try {
      return ModuleFinder.of(entry).findAll();
    } catch (FindException e) { // no module may have its name: it stays on the class path only
      return List.of();
    }
  }

  /** Those of the project and what they ask for by name; the rest is no business of theirs. */
  private static Map<String, URI> required(Map<String, ModuleReference> found) {
    Map<String, URI> used = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>();
    found.keySet().stream().filter(name -> name.startsWith(OURS)).forEach(open::add);
    for (String name = open.poll(); name != null; name = open.poll()) {
      ModuleReference module = found.get(name);
      if (module == null || used.containsKey(name)) {
        continue;
      }
      module.location().ifPresent(uri -> used.put(module.descriptor().name(), uri));
      for (ModuleDescriptor.Requires requires : module.descriptor().requires()) {
        if (!requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC)) {
          open.add(requires.name());
        }
      }
    }
    return used;
  }
}
