package io.quorate.jmh.backends;

import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.storage.StorageProvider;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds storages and codecs as a server does: by {@link ServiceLoader}, from module descriptors,
 * those of a folder of plug-ins in a layer above. So the JVM needs the project's modules on its
 * module path; {@code jmh/bench} starts it so.
 */
public final class BackEnds {
  /** System property with the folder of plug-ins; not set if there is none. */
  public static final String PLUGINS = "quorate.jmh.plugins";

  private static final ModuleLayer LAYER = layer();

  private BackEnds() {}

  private static ModuleLayer layer() {
    ModuleLayer boot = ModuleLayer.boot();
    String folder = System.getProperty(PLUGINS);
    if (folder == null) {
      return boot;
    }
    ModuleFinder finder = ModuleFinder.of(Path.of(folder));
    List<String> names = finder.findAll().stream().map(m -> m.descriptor().name()).toList();
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no module is in the folder of plug-ins " + folder);
    }
    Configuration configuration = boot.configuration().resolve(finder, ModuleFinder.of(), names);
    return boot.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader());
  }

  /**
   * The storage with this name.
   *
   * @throws IllegalArgumentException if there is none; names those present
   */
  static StorageProvider storage(String name) {
    return named(storages(), "storage", name);
  }

  /**
   * The codec with this name.
   *
   * @throws IllegalArgumentException if there is none; names those present
   */
  static CodecProvider codec(String name) {
    return named(codecs(), "codec", name);
  }

  static Map<String, StorageProvider> storages() {
    return all(StorageProvider.class, StorageProvider::name);
  }

  static Map<String, CodecProvider> codecs() {
    return all(CodecProvider.class, CodecProvider::name);
  }

  private static <T> Map<String, T> all(Class<T> service, Function<T, String> nameOf) {
    Map<String, T> byName = new TreeMap<>();
    for (T provider : ServiceLoader.load(LAYER, service)) {
      T other = byName.putIfAbsent(nameOf.apply(provider), provider);
      if (other != null && other.getClass() != provider.getClass()) {
        throw new IllegalArgumentException(
            origin(other) + " and " + origin(provider) + " have the same name");
      }
    }
    if (byName.isEmpty()) {
      throw new IllegalArgumentException(
          "no provider of " + service.getName() + " is a module here: start with jmh/bench");
    }
    return byName;
  }

  private static <T> T named(Map<String, T> present, String kind, String name) {
    T found = present.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no " + kind + " is named " + name + "; found: " + String.join(", ", present.keySet()));
    }
    return found;
  }

  private static String origin(Object provider) {
    Module module = provider.getClass().getModule();
    return module.isNamed() ? module.getDescriptor().toNameAndVersion() : "the class path";
  }

  /** Prints each storage and codec with the module that it is from, tab-separated. */
  public static void main(String[] args) {
    try {
      storages().forEach((name, p) -> System.out.println("storage\t" + name + "\t" + origin(p)));
      codecs().forEach((name, p) -> System.out.println("codec\t" + name + "\t" + origin(p)));
    } catch (ExceptionInInitializerError e) {
      System.err.println(e.getCause().getMessage());
      System.exit(1);
    } catch (RuntimeException | Error e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
