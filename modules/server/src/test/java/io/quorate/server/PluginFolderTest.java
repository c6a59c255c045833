package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.codec.CodecProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {
  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temp.resolve("plugins"));
  }

  private ServerConfig config(String... keysAndValues) throws ConfigException {
    Map<String, String> settings = new HashMap<>();
    settings.put("dataDir", temp.resolve("data").toString());
    settings.put("quorate.plugins", folder.toString());
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return ConfigReader.read(null, settings, Map.of(), false).config();
  }

  private CodecProvider codec(String name) throws ConfigException, StartException {
    return Providers.of(config()).find(CodecProvider.class, "codec", name, CodecProvider::name);
  }

  /** The one thing that is wrong, without the line before it. */
  private String problem() {
    StartException e = assertThrows(StartException.class, () -> codec("one"));
    assertEquals(ExitCode.BAD_CONFIGURATION, e.exitCode());
    String head = "the plug-ins in " + folder + " can not be used:" + System.lineSeparator() + "  ";
    assertTrue(e.getMessage().startsWith(head), e.getMessage());
    return e.getMessage().substring(head.length());
  }

  // What works

  @Test
  void withoutJarsThereIsNoLayer() throws Exception {
    Files.writeString(folder.resolve("README"), "not a jar");
    Files.writeString(folder.resolve("old.jar.bak"), "neither");
    Files.writeString(folder.resolve("._a.jar"), "what other systems leave");

    assertSame(PluginFolder.class.getClassLoader(), PluginFolder.read(config()).load());
    assertEquals("jute", codec("jute").name());
  }

  @Test
  void aProviderOfAJarIsFoundBesideThoseOfTheImage() throws Exception {
    PluginBuilder.codec(temp, "org.one", "one")
        .option("--module-version", "1.2")
        .jar(folder, "a.jar");

    CodecProvider provider = codec("one");

    assertEquals("org.one.Provider", provider.getClass().getName());
    assertSame(
        PluginFolder.imageLayer(), provider.getClass().getModule().getLayer().parents().get(0));
    assertEquals("jute", codec("jute").name());
    assertEquals("module org.one@1.2 in a.jar", Providers.of(config()).origin(provider));
  }

  @Test
  void aPlugInMayRequireAnotherAndALibraryThatOnlyNamesItself() throws Exception {
    PluginBuilder library =
        new PluginBuilder(temp).source("lib.text", "Text", "public class Text {}");
    library.jar(library.compile(), folder, "lib-7.jar", "Automatic-Module-Name: lib.text\n");
    new PluginBuilder(temp)
        .descriptor("org.base", "exports org.base;")
        .source("org.base", "Base", "public class Base {}")
        .jar(folder, "base.jar");
    new PluginBuilder(temp)
        .against(folder)
        .descriptor(
            "org.one",
            "requires org.base; requires lib.text; requires io.quorate.spi.codec;"
                + " provides io.quorate.spi.codec.CodecProvider with org.one.Provider;")
        .provider("org.one", "one", "org.base.Base b; lib.text.Text t = new lib.text.Text();")
        .jar(folder, "one.jar");

    assertEquals("one", codec("one").name());
  }

  // What is refused, each with the jars' names

  @Test
  void aNamedFolderHasToBeThere() throws Exception {
    ServerConfig config = config("quorate.plugins", temp.resolve("none").toString());
    StartException e = assertThrows(StartException.class, () -> Providers.of(config));
    assertTrue(e.getMessage().contains("there is no such folder"), e.getMessage());
  }

  @Test
  void aJarWithoutAModule() throws Exception {
    PluginBuilder plain = new PluginBuilder(temp).source("x", "X", "class X {}");
    plain.jar(folder, "x.jar");
    assertTrue(problem().startsWith("x.jar: it is no module: it has no module-info.class"));
  }

  @Test
  void aProviderOutsideADescriptor() throws Exception {
    PluginBuilder plain = new PluginBuilder(temp).provider("x", "one", "");
    Path classes = plain.compile();
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("io.quorate.spi.codec.CodecProvider"), "x.Provider\n");
    plain.jar(classes, folder, "x.jar", "Automatic-Module-Name: x\n");
    assertEquals(
        "x.jar: it provides io.quorate.spi.codec.CodecProvider, but has no module-info.class;"
            + " providers are declared there, not in META-INF/services",
        problem());
  }

  @Test
  void twoJarsWithTheSameModule() throws Exception {
    Path one = PluginBuilder.codec(temp, "org.one", "one").jar(folder, "a.jar");
    Files.copy(one, folder.resolve("b.jar"));
    assertEquals("a.jar and b.jar are both the module org.one", problem());
  }

  @Test
  void aModuleOfTheImage() throws Exception {
    new PluginBuilder(temp)
        .descriptor("io.quorate.jute", "")
        .source("org.x", "X", "class X {}")
        .jar(folder, "x.jar");
    assertTrue(
        problem().startsWith("x.jar: the module io.quorate.jute is a part of the image"),
        problem());
  }

  @Test
  void aPackageInTwoModules() throws Exception {
    PluginBuilder.codec(temp, "org.one", "one")
        .source("org.same", "A", "class A {}")
        .jar(folder, "a.jar");
    PluginBuilder.codec(temp, "org.two", "two")
        .source("org.same", "B", "class B {}")
        .jar(folder, "b.jar");
    assertEquals(
        "b.jar (module org.two) and a.jar (module org.one) both have the package org.same",
        problem());
  }

  @Test
  void aPackageOfTheImage() throws Exception {
    PluginBuilder.codec(temp, "org.one", "one")
        .source("io.quorate.replica", "A", "class A {}")
        .jar(folder, "a.jar");
    assertEquals(
        "a.jar (module org.one) and the image (module io.quorate.replica) both have the package"
            + " io.quorate.replica",
        problem());
  }

  @Test
  void aModuleThatIsNotThere() throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    new PluginBuilder(temp)
        .descriptor("org.base", "exports org.base;")
        .source("org.base", "Base", "public class Base {}")
        .jar(elsewhere, "base.jar");
    new PluginBuilder(temp)
        .against(elsewhere)
        .descriptor("org.one", "requires org.base;")
        .source("org.one", "One", "class One {}")
        .jar(folder, "one.jar");
    assertEquals(
        "one.jar: the module org.one requires the module org.base, which is neither in the image"
            + " nor among the plug-ins",
        problem());
  }

  @Test
  void aModuleThatTheImageHasButDoesNotLoad() throws Exception {
    new PluginBuilder(temp)
        .descriptor("org.one", "requires java.base;")
        .source("org.one", "One", "class One {}")
        .jar(folder, "one.jar");
    assertEquals(
        List.of(
            "one.jar: the module org.one requires the module java.base, which the image has but"
                + " does not start with: set JVMFLAGS=--add-modules=java.base"),
        PluginFolder.read(folder, ModuleLayer.empty()).problems());
  }

  @Test
  void anotherVersionOfTheSpi() throws Exception {
    Path other =
        new PluginBuilder(temp)
            .descriptor("io.quorate.spi.codec", "exports io.quorate.spi.codec;")
            .source(
                "io.quorate.spi.codec",
                "CodecProvider",
                "public interface CodecProvider { String name(); }")
            .option("--module-version", "9.1")
            .compile();
    new PluginBuilder(temp)
        .against(other)
        .descriptor(
            "org.one",
            "requires io.quorate.spi.codec; provides io.quorate.spi.codec.CodecProvider with"
                + " org.one.P;")
        .source(
            "org.one",
            "P",
            "public class P implements io.quorate.spi.codec.CodecProvider {"
                + " public String name() { return \"one\"; } }")
        .jar(folder, "one.jar");
    assertTrue(
        problem()
            .startsWith(
                "one.jar: the module org.one was compiled against io.quorate.spi.codec 9.1, and"
                    + " this image has 0."),
        problem());
  }

  @Test
  void aJarForANewerJava() throws Exception {
    for (String newer : List.of("module-info.class", "org/one/Provider.class")) {
      PluginBuilder builder = PluginBuilder.codec(temp, "org.one", "one");
      Path classes = builder.compile();
      byte[] bytes = Files.readAllBytes(classes.resolve(newer));
      bytes[7] = 120;
      Files.write(classes.resolve(newer), bytes);
      // The jar tool would refuse to describe it.
      JarBytes.write(classes, folder.resolve("a.jar"));
      assertEquals(
          "a.jar: it was compiled for Java 76 ("
              + newer
              + "), and this server runs on Java "
              + Runtime.version().feature(),
          problem());
    }
  }

  @Test
  void aFileThatIsNoZip() throws Exception {
    Path jar = PluginBuilder.codec(temp, "org.one", "one").jar(folder, "a.jar");
    byte[] bytes = Files.readAllBytes(jar);
    Files.write(jar, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertTrue(problem().startsWith("a.jar: it can not be read as a jar: "), problem());
    Files.delete(jar);
    Files.createDirectory(jar);
    assertEquals("a.jar: it is a folder, no jar", problem());
  }

  @Test
  void aDescriptorThatIsNone() throws Exception {
    PluginBuilder builder = PluginBuilder.codec(temp, "org.one", "one");
    Path classes = builder.compile();
    byte[] whole = Files.readAllBytes(classes.resolve("module-info.class"));
    Files.write(classes.resolve("module-info.class"), java.util.Arrays.copyOf(whole, 40));
    JarBytes.write(classes, folder.resolve("a.jar"));
    assertTrue(problem().startsWith("a.jar: its module can not be used: "), problem());
    Files.write(classes.resolve("module-info.class"), new byte[40]);
    JarBytes.write(classes, folder.resolve("a.jar"));
    assertEquals("a.jar: module-info.class is no class file", problem());
  }

  @Test
  void aProviderThatIsNotInItsJar() throws Exception {
    PluginBuilder builder =
        PluginBuilder.codec(temp, "org.one", "one").source("org.one", "Other", "class Other {}");
    Path classes = builder.compile();
    Files.delete(classes.resolve("org/one/Provider.class"));
    JarBytes.write(classes, folder.resolve("a.jar")); // the jar tool would refuse
    assertEquals(
        "a.jar: its module provides the class org.one.Provider, which is not in it", problem());
  }

  @Test
  void everythingWrongIsToldAtOnce() throws Exception {
    Files.writeString(folder.resolve("a.jar"), "no zip");
    Files.writeString(folder.resolve("b.jar"), "no zip");
    assertEquals(2, problem().lines().count());
  }
}
