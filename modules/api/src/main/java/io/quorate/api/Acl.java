package io.quorate.api;

import java.util.List;

/**
 * An access control list: who may do what to one znode. Not inherited.
 *
 * @param entries in the order given; an empty list grants everything to everyone (ACL-3)
 */
public record Acl(List<Entry> entries) {
  public static final int READ = 1;
  public static final int WRITE = 2;
  public static final int CREATE = 4;
  public static final int DELETE = 8;
  public static final int ADMIN = 16;
  public static final int ALL = 31;

  /** Everything to everyone, as {@code world:anyone:cdrwa}. */
  public static final Acl OPEN = new Acl(List.of(new Entry(ALL, "world", "anyone")));

  /**
   * The list of nodes that the server itself made: it reads back as {@link #OPEN} but is stored as
   * "no list" (key -1 in snapshots). Compared by identity.
   */
  public static final Acl NONE = new Acl(List.of(new Entry(ALL, "world", "anyone")));

  public Acl {
    entries = List.copyOf(entries);
  }

  /** One grant: permission bits to an id of a scheme. */
  public record Entry(int perms, String scheme, String id) {}
}
