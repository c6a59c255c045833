package io.quorate.compat.wire;

import java.util.List;

/** One entry of an access control list. */
public record AclEntry(int permissions, String scheme, String id) {
  public static final int READ = 1;
  public static final int WRITE = 2;
  public static final int CREATE = 4;
  public static final int DELETE = 8;
  public static final int ADMIN = 16;
  public static final int ALL = 31;

  /** Everybody may do everything. */
  public static final List<AclEntry> OPEN = List.of(new AclEntry(ALL, "world", "anyone"));

  @Override
  public String toString() {
    return scheme + ":" + id + ":" + permissions;
  }
}
