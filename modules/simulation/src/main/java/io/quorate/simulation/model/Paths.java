package io.quorate.simulation.model;

/** Path rules on strings (NODE-20, NODE-21). */
final class Paths {
  private Paths() {}

  /** What is before the last slash; "" below the root; null if there is no slash. */
  static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static boolean valid(String path) {
    if (path.equals("/")) {
      return true;
    }
    if (path.isEmpty() || !path.startsWith("/") || path.endsWith("/")) {
      return false;
    }
    for (String segment : path.substring(1).split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    return path.chars().noneMatch(Paths::forbidden);
  }

  private static boolean forbidden(int c) {
    return c <= 0x1f
        || (c >= 0x7f && c <= 0x9f)
        || (c >= 0xd800 && c <= 0xf8ff)
        || (c >= 0xfff0 && c <= 0xffff);
  }

  /** Whether {@code path} is {@code top} or lies below it. */
  static boolean within(String path, String top) {
    return path.equals(top) || top.equals("/") || path.startsWith(top + "/");
  }

  /** Nodes that can not be deleted (NODE-22). */
  static boolean reserved(String path) {
    return path.equals("/")
        || path.equals("/zookeeper")
        || path.equals("/zookeeper/quota")
        || path.equals("/zookeeper/config");
  }
}
