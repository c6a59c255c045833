package io.quorate.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.guard.SourceTree.Module;
import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plug-in authors are told of each type how long they may count on it. */
class StabilityTest {
  private static final String LEVEL = "Lio/quorate/api/Stability$";

  @Test
  void everyPublicTypeOfAnSpiHasOneLevel() throws IOException {
    List<String> offences = new ArrayList<>();
    int types = 0;
    for (Module module : SourceTree.modules()) {
      if (!module.shortName().startsWith("spi.")) {
        continue;
      }
      for (Path file : SourceTree.files(module.classes(), ".class")) {
        ClassModel type = ClassFile.of().parse(Files.readAllBytes(file));
        boolean exported = type.flags().has(AccessFlag.PUBLIC) && !file.toString().contains("$");
        if (exported) {
          types++;
          long levels = levels(type);
          Path around = file.resolveSibling("package-info.class");
          if (levels == 0 && Files.exists(around)) {
            levels = levels(ClassFile.of().parse(Files.readAllBytes(around)));
          }
          if (levels != 1) {
            offences.add(module.classes().relativize(file) + " has " + levels + " levels");
          }
        }
      }
    }
    assertTrue(types > 30, "the types were found");
    assertEquals(List.of(), offences);
  }

  private static long levels(ClassModel type) {
    return type.findAttribute(Attributes.runtimeVisibleAnnotations())
        .map(
            all ->
                all.annotations().stream()
                    .filter(a -> a.className().stringValue().startsWith(LEVEL))
                    .count())
        .orElse(0L);
  }
}
