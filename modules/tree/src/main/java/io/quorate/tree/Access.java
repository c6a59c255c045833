package io.quorate.tree;

import io.quorate.api.Acl;
import io.quorate.api.Znode;
import org.jspecify.annotations.Nullable;

/** What the one who asks may do; given by whoever knows identities and schemes. */
public interface Access {
  /** Whether at least one of these permissions is granted on the znode. */
  boolean permits(Znode znode, int permissions);

  /**
   * The list as it is to be stored: duplicates dropped, scheme "auth" resolved; null if it is empty
   * or not valid (ACL-5).
   */
  @Nullable Acl resolve(@Nullable Acl asked);

  /** The session that asks. */
  long sessionId();
}
