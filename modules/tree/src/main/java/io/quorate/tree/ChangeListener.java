package io.quorate.tree;

import io.quorate.api.Acl;
import io.quorate.api.ZnodePath;

/** Is told of each change of a znode as it happens, with the ACLs as of the change. */
public interface ChangeListener {
  /** Hears nothing. */
  ChangeListener NONE =
      new ChangeListener() {
        @Override
        public void created(ZnodePath path, Acl acl, Acl parentAcl) {}

        @Override
        public void deleted(ZnodePath path, Acl acl, Acl parentAcl) {}

        @Override
        public void dataChanged(ZnodePath path, Acl acl) {}
      };

  /** A znode was created. */
  void created(ZnodePath path, Acl acl, Acl parentAcl);

  /** A znode was deleted. */
  void deleted(ZnodePath path, Acl acl, Acl parentAcl);

  /** A znode's data was set. */
  void dataChanged(ZnodePath path, Acl acl);
}
