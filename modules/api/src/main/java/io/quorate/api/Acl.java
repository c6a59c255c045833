package io.quorate.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

  // Written out, because the generated ones are put together at run time, at every start anew.

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || other instanceof Acl acl && entries.equals(acl.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  /** One grant: permission bits to an id of a scheme. */
  public record Entry(int perms, String scheme, String id) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry entry
          && perms == entry.perms
          && scheme.equals(entry.scheme)
          && id.equals(entry.id);
    }

    @Override
    public int hashCode() {
      return (scheme.hashCode() * 31 + id.hashCode()) * 31 + perms;
    }
  }
}
