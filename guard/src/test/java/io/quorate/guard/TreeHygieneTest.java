package io.quorate.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No file of the tree names the machine it was written on, or where that machine gets packages. */
class TreeHygieneTest {
  private static final long MAX_BYTES = 4 << 20;

  /** Build output, tools' folders and what a server started here writes. */
  private static final Set<String> SKIPPED =
      Set.of("target", ".git", ".idea", ".vscode", ".settings", "data", "quorate-data", "logs");

  /** Put together from pieces, so that this file passes its own test. */
  private static final List<Pattern> FORBIDDEN =
      List.of(
          path("work/main"),
          path("work/shared"),
          path("root/"),
          path("home/[a-z]"),
          path("Users/[A-Za-z]"),
          path("usr/lib/" + "jvm/"),
          host("repo", "maven", "apache", "org"),
          host("repo1", "maven", "org"),
          host("deb", "debian", "org"),
          host("registry", "npmjs", "org"),
          host("pypi", "org"));

  private static Pattern path(String tail) {
    return Pattern.compile("(?<![A-Za-z0-9_.$})-])/" + tail);
  }

  private static Pattern host(String... labels) {
    return Pattern.compile(Pattern.quote(String.join(".", labels)));
  }

  @Test
  void noFileNamesThisMachineOrARegistry() throws IOException {
    Path root = SourceTree.root();
    List<Pattern> patterns = new ArrayList<>(FORBIDDEN);
    patterns.add(Pattern.compile(Pattern.quote(root + "/")));
    List<String> offences = new ArrayList<>();
    int[] read = {0};
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skip = SKIPPED.contains(folder.getFileName().toString());
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            boolean skip = file.endsWith(".git"); // a file in a second work tree
            if (attributes.isRegularFile() && attributes.size() <= MAX_BYTES && !skip) {
              read[0]++;
              offences.addAll(offences(root.relativize(file), Files.readAllBytes(file), patterns));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertTrue(read[0] > 50, "the tree was found");
    assertEquals(List.of(), offences);
  }

  @Test
  void patternsFindWhatTheyAreFor() {
    Path file = Path.of("x");
    byte[] bad = ("see " + "/ro" + "ot/.m2 there").getBytes(StandardCharsets.UTF_8);
    assertEquals(1, offences(file, bad, FORBIDDEN).size());
    byte[] good = "modules/root/ and $home/lib and a/home/b".getBytes(StandardCharsets.UTF_8);
    assertEquals(List.of(), offences(file, good, FORBIDDEN));
  }

  private static List<String> offences(Path file, byte[] bytes, List<Pattern> patterns) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> found = new ArrayList<>();
    for (Pattern pattern : patterns) {
      pattern.matcher(text).results().forEach(hit -> found.add(file + ": " + hit.group()));
    }
    return found;
  }
}
