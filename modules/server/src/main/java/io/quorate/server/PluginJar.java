package io.quorate.server;

import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.SaslProvider;
import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.transport.TransportProvider;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A jar of the folder of plug-ins and the module in it: one with a descriptor, or a library that
 * names itself in its manifest. The latter provides nothing for the server.
 */
record PluginJar(Path file, ModuleDescriptor descriptor) {
  /** What can be provided, by the name of the service. */
  static final Map<String, String> SPIS =
      Map.of(
          StorageProvider.class.getName(), "storage",
          CodecProvider.class.getName(), "codec",
          TransportProvider.class.getName(), "transport",
          AuthProvider.class.getName(), "auth",
          SaslProvider.class.getName(), "sasl",
          MetricsProvider.class.getName(), "metrics");

  private static final String DESCRIPTOR = "module-info.class";
  private static final int CLASS_MAGIC = 0xCAFEBABE;

  /** Class files of Java N have the major version N + 44. */
  private static final int MAJOR_OF_JAVA_0 = 44;

  /** The jar's file name, for messages. */
  String fileName() {
    return String.valueOf(file.getFileName());
  }

  /** The module with its version, for messages. */
  String module() {
    return descriptor.toNameAndVersion();
  }

  /**
   * Reads a jar without loading any of its classes.
   *
   * @param problems takes what is wrong with it, each beginning with the file's name
   * @return null if something is
   */
  static @Nullable PluginJar read(Path file, Consumer<String> problems) {
    Consumer<String> problem = text -> problems.accept(file.getFileName() + ": " + text);
    if (Files.isDirectory(file)) {
      problem.accept("it is a folder, no jar");
      return null;
    }
    try (JarFile jar = new JarFile(file.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      String problemOfForm = form(jar);
      if (problemOfForm != null) {
        problem.accept(problemOfForm);
        return null;
      }
      Set<java.lang.module.ModuleReference> found = ModuleFinder.of(file).findAll();
      ModuleDescriptor descriptor = found.iterator().next().descriptor();
      String problemOfProviders = providers(jar, descriptor);
      if (problemOfProviders != null) {
        problem.accept(problemOfProviders);
        return null;
      }
      return new PluginJar(file, descriptor);
    } catch (FindException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      problem.accept("its module can not be used: " + cause.getMessage());
    } catch (IOException | SecurityException e) {
      problem.accept("it can not be read as a jar: " + e.getMessage());
    }
    return null;
  }

  private static @Nullable String form(JarFile jar) throws IOException {
    ZipEntry entry = jar.getJarEntry(DESCRIPTOR);
    if (entry != null) {
      return version(jar, entry);
    }
    Manifest manifest = jar.getManifest();
    Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
    return attributes.getValue("Automatic-Module-Name") == null
        ? "it is no module: it has no "
            + DESCRIPTOR
            + ", and its manifest no Automatic-Module-Name (for a library that is enough)"
        : null;
  }

  /** What is wrong with the version of a class file. */
  private static @Nullable String version(JarFile jar, ZipEntry entry) throws IOException {
    int java;
    try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
      if (in.readInt() != CLASS_MAGIC) {
        return entry.getName() + " is no class file";
      }
      in.readUnsignedShort();
      java = in.readUnsignedShort() - MAJOR_OF_JAVA_0;
    }
    int ours = Runtime.version().feature();
    return java <= ours
        ? null
        : "it was compiled for Java "
            + java
            + " ("
            + entry.getName()
            + "), and this server runs on Java "
            + ours;
  }

  private static @Nullable String providers(JarFile jar, ModuleDescriptor descriptor)
      throws IOException {
    for (ModuleDescriptor.Provides provides : descriptor.provides()) {
      if (!SPIS.containsKey(provides.service())) {
        continue;
      }
      if (descriptor.isAutomatic()) {
        return "it provides "
            + provides.service()
            + ", but has no "
            + DESCRIPTOR
            + "; providers are declared there, not in META-INF/services";
      }
      for (String provider : provides.providers()) {
        ZipEntry entry = jar.getJarEntry(provider.replace('.', '/') + ".class");
        String problem =
            entry == null
                ? "its module provides the class " + provider + ", which is not in it"
                : version(jar, entry);
        if (problem != null) {
          return problem;
        }
      }
    }
    return null;
  }
}
