package io.quorate.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.guard.SourceTree.Module;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The module descriptors keep to the table of ARCHITECTURE.md and to the naming rules above it. */
class ModuleGraphTest {
  /** Needed by all or by the language, so no row names them. */
  private static final Set<String> UNNAMED = Set.of("java.base", "org.jspecify");

  private final Map<String, ModuleTable.Row> table = ModuleTable.read();
  private final List<Module> modules = SourceTree.modules();

  @Test
  void tableNamesEveryModuleAndNoOther() {
    Set<String> present =
        modules.stream().map(Module::shortName).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(present, new TreeSet<>(table.keySet()));
  }

  @Test
  void everyArrowIsInTheTable() {
    List<String> differences = new ArrayList<>();
    for (Module module : modules) {
      ModuleTable.Row row = table.get(module.shortName());
      if (row == null) {
        continue; // told by tableNamesEveryModuleAndNoOther
      }
      Set<String> own = new TreeSet<>();
      Set<String> outside = new TreeSet<>();
      for (Requires requires : module.descriptor().requires()) {
        String name = requires.name();
        if (name.startsWith(SourceTree.PREFIX)) {
          own.add(name.substring(SourceTree.PREFIX.length()));
        } else if (!UNNAMED.contains(name)) {
          outside.add(name);
        }
      }
      compare(differences, module, own, row.requires());
      compare(differences, module, outside, row.outside());
    }
    assertEquals(List.of(), differences);
  }

  private static void compare(
      List<String> differences, Module module, Set<String> descriptor, Set<String> row) {
    for (String name : descriptor) {
      if (!row.contains(name)) {
        differences.add(module.shortName() + " requires " + name + ": not in ARCHITECTURE.md");
      }
    }
    for (String name : row) {
      if (!descriptor.contains(name)) {
        differences.add(module.shortName() + " does not require " + name + ": remove it there");
      }
    }
  }

  @Test
  void moduleExportsAtMostThePackageOfItsName() {
    List<String> offences = new ArrayList<>();
    for (Module module : modules) {
      for (Exports exports : module.descriptor().exports()) {
        if (!exports.isQualified() && !exports.source().equals(module.descriptor().name())) {
          offences.add(module.shortName() + " exports " + exports.source());
        }
      }
    }
    assertEquals(List.of(), offences);
  }

  @Test
  void packagesStartWithTheModulesName() {
    List<String> offences = new ArrayList<>();
    for (Module module : modules) {
      String name = module.descriptor().name();
      for (var file : SourceTree.files(module.classes(), ".class")) {
        String path = module.classes().relativize(file).toString().replace('/', '.');
        if (!path.equals("module-info.class") && !path.startsWith(name + ".")) {
          offences.add(module.shortName() + " holds " + path);
        }
      }
    }
    assertEquals(List.of(), offences);
  }

  @Test
  void servicesAreDeclaredInDescriptorsOnly() {
    List<String> offences = new ArrayList<>();
    for (Module module : modules) {
      if (Files.exists(module.folder().resolve("src/main/resources/META-INF/services"))) {
        offences.add(module.shortName());
      }
    }
    assertEquals(List.of(), offences);
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> offences = new ArrayList<>();
    for (Module module : modules) {
      var sources = module.folder().resolve("src/main/java");
      SourceTree.files(sources, ".java").stream()
          .filter(file -> !file.endsWith("module-info.java"))
          .map(file -> file.resolveSibling("package-info.java"))
          .distinct()
          .filter(info -> !Files.exists(info) || !SourceTree.read(info).contains("@NullMarked"))
          .forEach(info -> offences.add(sources.relativize(info).toString()));
    }
    assertEquals(List.of(), offences);
  }
}
