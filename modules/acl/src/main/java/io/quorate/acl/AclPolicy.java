package io.quorate.acl;

import io.quorate.api.Acl;
import io.quorate.api.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of access (ACL-1 to ACL-5) over a fixed set of schemes. Immutable; any thread. */
public final class AclPolicy {
  private static final int MAX_ENTRIES = 10_000;

  private final Map<String, Scheme> schemes;
  private final boolean skip;

  /**
   * With these schemes by name; world, auth and super need none.
   *
   * @param skip whether every check is passed
   */
  public AclPolicy(Map<String, Scheme> schemes, boolean skip) {
    this.schemes = new HashMap<>(schemes); // Map.copyOf has an order that changes between runs
    this.skip = skip;
  }

  /** Whether the list grants one of these identities at least one of these permissions. */
  public boolean permits(Acl acl, int permissions, List<Identity> identities) {
    if (acl == Acl.OPEN || acl == Acl.NONE || skip || acl.entries().isEmpty()) {
      return true;
    }
    for (Identity identity : identities) {
      if (identity.scheme().equals("super")) {
        return true;
      }
    }
    for (Acl.Entry entry : acl.entries()) {
      if ((entry.perms() & permissions) != 0 && matches(entry, identities)) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(Acl.Entry entry, List<Identity> identities) {
    if (entry.scheme().equals("world") && entry.id().equals("anyone")) {
      return true;
    }
    Scheme scheme = schemes.get(entry.scheme());
    if (scheme == null) {
      return false;
    }
    for (Identity identity : identities) {
      if (identity.scheme().equals(entry.scheme()) && scheme.matches(identity.id(), entry.id())) {
        return true;
      }
    }
    return false;
  }

  /**
   * The list as it is stored: exact duplicates dropped, "auth" replaced by the asker's own ids;
   * null if it is empty, too long, or has an id that no scheme accepts.
   */
  public @Nullable Acl resolve(@Nullable Acl asked, List<Identity> identities) {
    if (asked == null || asked.entries().isEmpty()) {
      return null;
    }
    if (asked.equals(Acl.OPEN)) {
      return Acl.OPEN;
    }
    Set<Acl.Entry> unique = new LinkedHashSet<>(asked.entries());
    List<Acl.Entry> stored = new ArrayList<>(unique.size());
    for (Acl.Entry entry : unique) {
      if (!resolve(entry, identities, stored) || stored.size() > MAX_ENTRIES) {
        return null;
      }
    }
    return new Acl(stored);
  }

  private boolean resolve(Acl.Entry entry, List<Identity> identities, List<Acl.Entry> stored) {
    if (entry.scheme().equals("world")) {
      stored.add(entry);
      return entry.id().equals("anyone");
    }
    if (entry.scheme().equals("auth")) {
      int before = stored.size();
      for (Identity identity : identities) {
        Scheme scheme = schemes.get(identity.scheme());
        if (scheme != null && scheme.isAuthenticated()) {
          stored.add(new Acl.Entry(entry.perms(), identity.scheme(), identity.id()));
        }
      }
      return stored.size() > before;
    }
    Scheme scheme = schemes.get(entry.scheme());
    if (scheme == null || !scheme.isValid(entry.id())) {
      return false;
    }
    stored.add(entry);
    return true;
  }

  /** The list as those see it who may not see hashes: each digest id as {@code user:x}. */
  public static Acl masked(Acl acl) {
    List<Acl.Entry> shown = new ArrayList<>(acl.entries().size());
    for (Acl.Entry entry : acl.entries()) {
      int colon = entry.id().indexOf(':');
      if (entry.scheme().equals("digest") && colon >= 0) {
        shown.add(
            new Acl.Entry(entry.perms(), entry.scheme(), entry.id().substring(0, colon) + ":x"));
      } else {
        shown.add(entry);
      }
    }
    return new Acl(shown);
  }

  /**
   * What whoAmI shows: scheme and user name of each id; the id as it is where nobody has the
   * scheme.
   */
  public List<Identity> users(List<Identity> identities) {
    List<Identity> users = new ArrayList<>(identities.size());
    for (Identity identity : identities) {
      Scheme scheme = schemes.get(identity.scheme());
      users.add(
          scheme == null
              ? identity
              : new Identity(identity.scheme(), scheme.userName(identity.id())));
    }
    return users;
  }
}
