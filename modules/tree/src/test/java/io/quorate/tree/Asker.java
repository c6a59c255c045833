package io.quorate.tree;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.Znode;
import org.jspecify.annotations.Nullable;

/** Who may do what is in the first entry of a list here; null and empty lists are not valid. */
record Asker(long sessionId) implements Access {
  static final Asker ONE = new Asker(0x101);

  /** How the stores of these tests read owners. */
  static final EphemeralOwner.Encoding ENCODING = EphemeralOwner.Encoding.EXTENDED;

  static Acl granting(int perms) {
    return new Acl(java.util.List.of(new Acl.Entry(perms, "test", "")));
  }

  @Override
  public boolean permits(Znode znode, int permissions) {
    Acl acl = znode.acl();
    return acl.entries().isEmpty() || (acl.entries().get(0).perms() & permissions) != 0;
  }

  @Override
  public @Nullable Acl resolve(@Nullable Acl asked) {
    return asked == null || asked.entries().isEmpty() ? null : asked;
  }
}
