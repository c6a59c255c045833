package io.quorate.compat.server;

import java.nio.file.Path;

/** The Java runtime and class path of this test, for processes that run Apache's classes. */
public final class Jvm {
  private Jvm() {}

  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The full class path, also where the test runner put it behind a manifest. */
  public static String classPath() {
    String listed = System.getProperty("surefire.test.class.path", "");
    return listed.isEmpty() ? System.getProperty("java.class.path") : listed;
  }
}
