package io.quorate.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Writes the jar of the plug-in with {@link TrainingStorage}. */
public final class TrainingPlugin {
  private static final String PROVIDER = "io.quorate.distribution.TrainingStorage";

  private TrainingPlugin() {}

  /**
   * Writes it.
   *
   * @param args the file
   * @throws IOException if that fails
   */
  public static void main(String[] args) throws IOException {
    String provider = PROVIDER.replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(Path.of(args[0]));
        JarOutputStream jar = new JarOutputStream(file);
        InputStream code = TrainingPlugin.class.getResourceAsStream("/" + provider)) {
      if (code == null) {
        throw new IOException(provider + " is not there");
      }
      jar.putNextEntry(new ZipEntry(provider));
      code.transferTo(jar);
      jar.putNextEntry(new ZipEntry("module-info.class"));
      jar.write(descriptor());
    }
  }

  /** The classes here are of no module: they run on the class path of the build. */
  private static byte[] descriptor() {
    ModuleAttribute module =
        ModuleAttribute.of(
            ModuleDesc.of("io.quorate.training"),
            builder ->
                builder
                    .requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null)
                    .requires(ModuleDesc.of("io.quorate.api"), 0, null)
                    .requires(ModuleDesc.of("io.quorate.spi.storage"), 0, null)
                    .uses(ClassDesc.of("io.quorate.spi.storage.StorageProvider"))
                    .provides(
                        ClassDesc.of("io.quorate.spi.storage.StorageProvider"),
                        ClassDesc.of(PROVIDER)));
    return ClassFile.of().buildModule(module);
  }
}
