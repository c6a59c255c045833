package io.quorate.simulation.model;

import io.quorate.simulation.history.AclEntry;
import java.util.List;

/**
 * One change of a znode, as watches see it.
 *
 * @param acl of the znode as of the change
 * @param parentAcl of its parent
 */
public record Change(Kind kind, String path, List<AclEntry> acl, List<AclEntry> parentAcl) {
  /** What happened to the znode. */
  public enum Kind {
    CREATED,
    DELETED,
    DATA
  }
}
