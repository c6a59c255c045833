package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.codec.CodecProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temp.resolve("plugins"));
  }

  private ServerConfig config(String codec) throws ConfigException {
    return ConfigReader.read(
            null,
            Map.of(
                "dataDir",
                temp.resolve("data").toString(),
                "quorate.plugins",
                folder.toString(),
                "codec",
                codec),
            Map.of(),
            false)
        .config();
  }

  private String refusal(String name) {
    StartException e =
        assertThrows(
            StartException.class,
            () ->
                Providers.of(config(name))
                    .find(CodecProvider.class, "codec", name, CodecProvider::name));
    assertEquals(ExitCode.BAD_CONFIGURATION, e.exitCode());
    return e.getMessage();
  }

  @Test
  void anUnknownNameListsAllWithTheirOrigin() throws Exception {
    PluginBuilder.codec(temp, "org.one", "one")
        .option("--module-version", "3")
        .jar(folder, "a.jar");
    String said = refusal("two");
    assertTrue(
        said.matches(
            "codec=two: no provider has this name; present: "
                + "jute \\(module io\\.quorate\\.jute@\\S+ of the image\\), "
                + "one \\(module org\\.one@3 in a\\.jar\\)"),
        said);
  }

  @Test
  void aNameThatIsTakenTwice() throws Exception {
    PluginBuilder.codec(temp, "org.one", "one").jar(folder, "a.jar");
    PluginBuilder.codec(temp, "org.two", "one")
        .option("--module-version", "3")
        .jar(folder, "b.jar");
    assertEquals(
        "two providers of codec have the name one: module org.one in a.jar and module org.two@3 in"
            + " b.jar",
        refusal("jute"));
  }

  @Test
  void aNameOfTheImage() throws Exception {
    PluginBuilder.codec(temp, "org.one", "jute").jar(folder, "a.jar");
    String said = refusal("jute");
    assertTrue(
        said.matches(
            "two providers of codec have the name jute: module io\\.quorate\\.jute\\S* of the image"
                + " and module org\\.one in a\\.jar"),
        said);
  }

  @Test
  void aProviderWhoseConstructorThrows() throws Exception {
    PluginBuilder.codec(temp, "org.one", "one")
        .provider(
            "org.one", "one", "public Provider() { throw new IllegalStateException(\"no\"); }")
        .jar(folder, "a.jar");
    assertEquals(
        "the provider org.one.Provider (module org.one in a.jar) can not be made:"
            + " java.lang.IllegalStateException: no",
        refusal("one"));
  }

  @Test
  void aProviderWhoseClassCanNotBeLinked() throws Exception {
    Path classes =
        PluginBuilder.codec(temp, "org.one", "one")
            .provider("org.one", "one", "final Gone gone = new Gone();")
            .source("org.one", "Gone", "class Gone {}")
            .compile();
    Files.delete(classes.resolve("org/one/Gone.class"));
    JarBytes.write(classes, folder.resolve("a.jar"));
    assertEquals(
        "the provider org.one.Provider (module org.one in a.jar) can not be made:"
            + " java.lang.NoClassDefFoundError: org/one/Gone",
        refusal("one"));
  }

  @Test
  void aProviderWhoseClassCanNotBeLoaded() throws Exception {
    Path classes =
        new PluginBuilder(temp)
            .descriptor(
                "org.one",
                "requires io.quorate.spi.codec;"
                    + " provides io.quorate.spi.codec.CodecProvider with org.one.Provider;")
            .source(
                "org.one",
                "Base",
                "public abstract class Base implements io.quorate.spi.codec.CodecProvider {}")
            .source(
                "org.one",
                "Provider",
                "public class Provider extends Base { public String name() { return \"one\"; }"
                    + " public io.quorate.spi.codec.Codec open("
                    + "io.quorate.spi.codec.CodecConfiguration c) { return null; } }")
            .compile();
    Files.delete(classes.resolve("org/one/Base.class"));
    JarBytes.write(classes, folder.resolve("a.jar"));
    String said = refusal("one");
    for (String part : List.of("org.one.Provider", "module org.one in a.jar", "org/one/Base")) {
      assertTrue(said.contains(part), said);
    }
  }

  @Test
  void aProviderThatCanNotSayItsName() throws Exception {
    PluginBuilder.codec(temp, "org.one", "one")
        .provider("org.one", "\" + 1 / zero() + \"", "static int zero() { return 0; }")
        .jar(folder, "a.jar");
    assertEquals(
        "module org.one in a.jar can not say its name: java.lang.ArithmeticException: / by zero",
        refusal("one"));
  }

  @Test
  void aProviderThatThrowsWhenItIsOpened() throws Exception {
    PluginBuilder.codec(temp, "org.one", "one").jar(folder, "a.jar");
    ServerConfig config = config("one");
    StartException e =
        assertThrows(
            StartException.class, () -> QuorateServer.codec(Providers.of(config), config, "one"));
    assertEquals(ExitCode.UNEXPECTED_ERROR, e.exitCode());
    assertEquals(
        "codec=one (module org.one in a.jar) can not be opened:"
            + " java.lang.UnsupportedOperationException: not made to be opened",
        e.getMessage());
  }

  // The report

  @Test
  void theReportSaysWhereEachIsFromAndWhatIsUsed() throws Exception {
    PluginBuilder.codec(temp, "org.one", "one")
        .option("--module-version", "3")
        .jar(folder, "a.jar");
    ProviderReport report = ProviderReport.of(config("one"));
    assertEquals(Optional.of(folder), report.folder());
    assertTrue(
        report
            .providers()
            .contains(new ProviderReport.Entry("codec", "one", "org.one", "3", "a.jar", true)),
        report.toString());
    ProviderReport.Entry jute =
        report.providers().stream().filter(p -> p.name().equals("jute")).findFirst().orElseThrow();
    assertEquals("image", jute.from());
    assertFalse(jute.used());
  }

  @Test
  void theReportGoesOnAfterWhatIsWrong() throws Exception {
    PluginBuilder.codec(temp, "org.one", "one")
        .provider(
            "org.one", "one", "public Provider() { throw new IllegalStateException(\"no\"); }")
        .jar(folder, "a.jar");
    PluginBuilder.codec(temp, "org.two", "two").jar(folder, "b.jar");
    ProviderReport report = ProviderReport.of(config("jute"));
    assertEquals(
        List.of("jute", "two"),
        report.providers().stream().map(ProviderReport.Entry::name).toList());
    assertEquals(
        1,
        report.problems().stream().filter(p -> p.contains("org.one.Provider")).count(),
        report.problems().toString());
  }

  @Test
  void theReportHasTheImageWhereThePlugInsCanNotBeUsed() throws Exception {
    Files.writeString(folder.resolve("a.jar"), "no zip");
    ProviderReport report = ProviderReport.of(config("jute"));
    assertTrue(report.providers().stream().anyMatch(p -> p.name().equals("jute") && p.used()));
    assertTrue(report.problems().get(0).startsWith("a.jar: "), report.problems().toString());
  }
}
