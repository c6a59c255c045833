package io.quorate.simulation.model;

import io.quorate.simulation.history.AclEntry;
import io.quorate.simulation.history.IdEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may do what (reference section 2.7). */
public final class Access {
  static final int READ = 1;
  static final int WRITE = 2;
  static final int CREATE = 4;
  static final int DELETE = 8;
  static final int ADMIN = 16;

  /** A SASL token that begins so is refused. */
  public static final byte SASL_REFUSED = 'x';

  /** Everything to everyone. */
  public static final List<AclEntry> OPEN = List.of(new AclEntry(31, "world", "anyone"));

  private Access() {}

  /**
   * The ids that an auth packet gives; null if it fails.
   *
   * @param address of the client, which the scheme "ip" gives
   */
  public static @Nullable List<IdEntry> authenticate(
      Settings settings, String address, String scheme, byte[] credentials) {
    if (scheme.equals("ip")) {
      return List.of(new IdEntry("ip", address));
    }
    if (!scheme.equals("digest")) {
      return null;
    }
    String id = digestId(new String(credentials, StandardCharsets.UTF_8));
    IdEntry user = new IdEntry("digest", id);
    return id.equals(settings.superDigest())
        ? List.of(new IdEntry("super", ""), user)
        : List.of(user);
  }

  /** "user:password" as a digest id: "user:" and the Base64 of the SHA-1 of all of it. */
  public static String digestId(String userAndPassword) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest(userAndPassword.getBytes(StandardCharsets.UTF_8));
      return userAndPassword.split(":", 2)[0] + ":" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** ACL-1, ACL-3, ACL-4: whether these ids may do any of {@code wanted}. */
  static boolean allows(Settings settings, List<AclEntry> acl, int wanted, List<IdEntry> ids) {
    if (settings.skipAcl() || acl.isEmpty()) {
      return true;
    }
    if (ids.stream().anyMatch(i -> i.scheme().equals("super"))) {
      return true;
    }
    return acl.stream().anyMatch(e -> (e.perms() & wanted) != 0 && matches(e, ids));
  }

  private static boolean matches(AclEntry e, List<IdEntry> ids) {
    if (isWorld(e)) {
      return true;
    }
    String id = e.id();
    for (IdEntry i : ids) {
      if (id != null && i.scheme().equals(e.scheme()) && sameId(i.scheme(), i.id(), id)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a connection's id satisfies an ACL's id of the same scheme. */
  public static boolean sameId(String scheme, String connectionId, String aclId) {
    return scheme.equals("ip")
        ? Addresses.matches(connectionId, aclId)
        : connectionId.equals(aclId);
  }

  /** ACL-5: the list that is stored. */
  static List<AclEntry> fixUp(@Nullable List<AclEntry> asked, List<IdEntry> ids) {
    if (asked == null || asked.isEmpty()) {
      throw new Refusal(Codes.INVALID_ACL);
    }
    List<AclEntry> stored = new ArrayList<>();
    for (AclEntry e : new LinkedHashSet<>(asked)) {
      String scheme = e.scheme();
      String id = e.id();
      if (scheme == null) {
        throw new Refusal(Codes.INVALID_ACL);
      }
      if (isWorld(e)) {
        stored.add(e);
      } else if (scheme.equals("auth")) {
        int before = stored.size();
        for (IdEntry i : ids) {
          if (i.scheme().equals("digest")) {
            stored.add(new AclEntry(e.perms(), i.scheme(), i.id()));
          }
        }
        if (stored.size() == before) {
          throw new Refusal(Codes.INVALID_ACL);
        }
      } else if (id != null && validId(scheme, id)) {
        stored.add(e);
      } else {
        throw new Refusal(Codes.INVALID_ACL);
      }
    }
    return stored;
  }

  /** What a SASL token is answered with: itself turned around; null: it is refused. */
  public static byte @Nullable [] saslAnswer(byte @Nullable [] token) {
    if (token == null || token.length == 0) {
      return new byte[0];
    }
    if (token[0] == SASL_REFUSED) {
      return null;
    }
    int n = token.length;
    byte[] answer = new byte[n];
    for (int i = 0; i < n; i++) {
      answer[i] = token[n - 1 - i];
    }
    return answer;
  }

  /** Whether an ACL may hold this id. */
  public static boolean validId(String scheme, String id) {
    return switch (scheme) {
      case "digest" -> id.split(":").length == 2;
      case "ip" -> Addresses.valid(id);
      default -> false;
    };
  }

  /** What getACL shows to somebody without ADMIN: no hashes. */
  static List<AclEntry> masked(List<AclEntry> acl) {
    List<AclEntry> shown = new ArrayList<>();
    for (AclEntry e : acl) {
      String id = e.id();
      if (id != null && "digest".equals(e.scheme())) {
        shown.add(new AclEntry(e.perms(), e.scheme(), id.split(":", 2)[0] + ":x"));
      } else {
        shown.add(e);
      }
    }
    return shown;
  }

  /** What whoAmI shows of an id. */
  static IdEntry shown(IdEntry id) {
    return id.scheme().equals("digest") ? new IdEntry("digest", id.id().split(":", 2)[0]) : id;
  }

  private static boolean isWorld(AclEntry e) {
    return "world".equals(e.scheme()) && "anyone".equals(e.id());
  }
}
