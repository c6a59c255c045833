package io.quorate.compat.server;

import java.nio.file.Files;
import java.nio.file.Path;

/** The run-time image under test. */
public final class Image {
  private Image() {}

  /** Its folder; a missing image fails the test that asks. */
  public static Path path() {
    Path image =
        Path.of(System.getProperty("compat.image", "../distribution/target/image"))
            .toAbsolutePath()
            .normalize();
    if (!Files.isExecutable(image.resolve("bin/quorate"))) {
      throw new AssertionError(
          "no image at " + image + ": build distribution first, or set -Dcompat.image");
    }
    return image;
  }
}
