package io.quorate.server;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The jars of the folder of plug-ins, and what is wrong with them. One thing wrong and none of them
 * is used: a server does not run with half of what its operator put there.
 *
 * @param folder where they are; empty if there is no such folder
 * @param jars those that could be read, by name
 * @param problems a line for each, with the names of the jars
 */
record PluginFolder(Optional<Path> folder, List<PluginJar> jars, List<String> problems) {
  /** No folder and nothing in it. */
  static final PluginFolder NONE = new PluginFolder(Optional.empty(), List.of(), List.of());

  private static final String SPI_PREFIX = "io.quorate.";

  /** Reads the folder that the configuration names, or that of the image. */
  static PluginFolder read(ServerConfig config) {
    Optional<Path> named = config.providers().plugins();
    if (named.isPresent() && !Files.isDirectory(named.get())) {
      return new PluginFolder(
          named,
          List.of(),
          List.of("quorate.plugins=" + named.get() + ": there is no such folder"));
    }
    Path folder = named.isPresent() ? named.get() : ofImage();
    return folder == null ? NONE : read(folder, imageLayer());
  }

  private static @Nullable Path ofImage() {
    String home = System.getProperty("quorate.home");
    Path folder = home == null ? null : Path.of(home, "plugins");
    return folder != null && Files.isDirectory(folder) ? folder : null;
  }

  static ModuleLayer imageLayer() {
    ModuleLayer layer = PluginFolder.class.getModule().getLayer();
    return layer == null ? ModuleLayer.boot() : layer;
  }

  /** Reads a folder, for plug-ins above {@code image}. */
  static PluginFolder read(Path folder, ModuleLayer image) {
    List<String> problems = new ArrayList<>();
    List<PluginJar> jars = new ArrayList<>();
    for (Path file : files(folder, problems)) {
      PluginJar jar = PluginJar.read(file, problems::add);
      if (jar != null) {
        jars.add(jar);
      }
    }
    if (!jars.isEmpty()) {
      check(jars, image, problems);
    }
    return new PluginFolder(Optional.of(folder), List.copyOf(jars), List.copyOf(problems));
  }

  private static List<Path> files(Path folder, List<String> problems) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path file : found) {
        if (isJar(file)) {
          files.add(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      problems.add(folder + " can not be read: " + e.getMessage());
    }
    files.sort(null);
    return files;
  }

  private static boolean isJar(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".jar") && !name.startsWith(".");
  }

  private static void check(List<PluginJar> jars, ModuleLayer image, List<String> problems) {
    Map<String, PluginJar> byModule = new HashMap<>();
    for (PluginJar jar : jars) {
      String module = jar.descriptor().name();
      PluginJar other = byModule.putIfAbsent(module, jar);
      if (other != null) {
        problems.add(
            other.fileName() + " and " + jar.fileName() + " are both the module " + module);
      } else if (image.findModule(module).isPresent()) {
        problems.add(
            jar.fileName()
                + ": the module "
                + module
                + " is a part of the image ("
                + nameAndVersion(image, module)
                + ")");
      }
    }
    if (problems.isEmpty()) {
      checkPackages(jars, image, problems);
    }
    for (PluginJar jar : jars) {
      for (Requires requires : jar.descriptor().requires()) {
        String problem = missing(requires, byModule, image);
        if (problem != null) {
          problems.add(jar.fileName() + ": the module " + jar.module() + " " + problem);
        }
      }
    }
  }

  /** A package has one home, whether others see it or not: anything else depends on who asks. */
  private static void checkPackages(
      List<PluginJar> jars, ModuleLayer image, List<String> problems) {
    Map<String, String> homes = new HashMap<>();
    for (ModuleLayer layer = image; layer != null; layer = parent(layer)) {
      for (Module module : layer.modules()) {
        String name = "the image (module " + module.getName() + ")";
        module.getPackages().forEach(each -> homes.putIfAbsent(each, name));
      }
    }
    for (PluginJar jar : jars) {
      Map<String, String> shared = new HashMap<>(); // one line for each two homes
      for (String each : new TreeSet<>(jar.descriptor().packages())) {
        String home = homes.putIfAbsent(each, jar.fileName() + " (module " + jar.module() + ")");
        if (home != null && shared.putIfAbsent(home, each) == null) {
          problems.add(
              jar.fileName()
                  + " (module "
                  + jar.module()
                  + ") and "
                  + home
                  + " both have the package "
                  + each);
        }
      }
    }
  }

  private static @Nullable ModuleLayer parent(ModuleLayer layer) {
    return layer.parents().isEmpty() ? null : layer.parents().get(0);
  }

  private static @Nullable String missing(
      Requires requires, Map<String, PluginJar> plugins, ModuleLayer image) {
    String name = requires.name();
    if (requires.modifiers().contains(Requires.Modifier.STATIC) || plugins.containsKey(name)) {
      return null;
    }
    Optional<ModuleDescriptor> present = image.findModule(name).map(Module::getDescriptor);
    if (present.isEmpty()) {
      return "requires the module "
          + name
          + (ModuleFinder.ofSystem().find(name).isPresent()
              ? ", which the image has but does not start with: set JVMFLAGS=--add-modules=" + name
              : ", which is neither in the image nor among the plug-ins");
    }
    Optional<String> compiled = requires.rawCompiledVersion();
    Optional<String> ours = present.get().rawVersion();
    if (name.startsWith(SPI_PREFIX)
        && compiled.isPresent()
        && ours.isPresent()
        && !SpiVersion.fits(compiled.get(), ours.get())) {
      return "was compiled against "
          + name
          + " "
          + compiled.get()
          + ", and this image has "
          + ours.get()
          + ": use a release of the plug-in that is made for it";
    }
    return null;
  }

  private static String nameAndVersion(ModuleLayer layer, String module) {
    return layer.findModule(module).map(m -> m.getDescriptor().toNameAndVersion()).orElse(module);
  }

  /**
   * The class loader of the plug-ins, above that of the image; the image's own if there are none.
   *
   * @throws StartException if something is wrong with a jar; all of it is told
   */
  ClassLoader load() throws StartException {
    ClassLoader own = PluginFolder.class.getClassLoader();
    if (!problems.isEmpty()) {
      throw unusable(String.join(System.lineSeparator() + "  ", problems), null);
    }
    if (jars.isEmpty()) {
      return own;
    }
    ModuleLayer image = imageLayer();
    List<String> names = jars.stream().map(jar -> jar.descriptor().name()).toList();
    try {
      Configuration configuration =
          image
              .configuration()
              .resolve(
                  ModuleFinder.of(jars.stream().map(PluginJar::file).toArray(Path[]::new)),
                  ModuleFinder.of(),
                  names);
      return ModuleLayer.defineModulesWithOneLoader(configuration, List.of(image), own)
          .layer()
          .findLoader(names.get(0));
    } catch (FindException
        | ResolutionException
        | LayerInstantiationException
        | SecurityException e) {
      throw unusable(String.valueOf(e.getMessage()), e);
    }
  }

  private StartException unusable(String why, @Nullable Throwable cause) {
    String message =
        "the plug-ins"
            + folder.map(f -> " in " + f).orElse("")
            + " can not be used:"
            + System.lineSeparator()
            + "  "
            + why;
    return cause == null
        ? new StartException(ExitCode.BAD_CONFIGURATION, message)
        : new StartException(ExitCode.BAD_CONFIGURATION, message, cause);
  }

  /** The jar that declares this class as a provider of the service. */
  Optional<PluginJar> declaring(String service, String provider) {
    return jars.stream()
        .filter(
            jar ->
                jar.descriptor().provides().stream()
                    .anyMatch(p -> p.service().equals(service) && p.providers().contains(provider)))
        .findFirst();
  }

  /** The jar of this module. */
  Optional<PluginJar> ofModule(Module module) {
    String name = module.getName();
    return jars.stream().filter(jar -> jar.descriptor().name().equals(name)).findFirst();
  }
}
