package io.quorate.spi.storage.tck;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;

/** Makes a model of all that a view tells. */
final class TreeModelReader {
  private TreeModelReader() {}

  static TreeModel of(TreeView view, EphemeralOwner.Encoding encoding) {
    TreeModel model = new TreeModel(encoding);
    Znode root = view.find(ZnodePath.ROOT);
    if (root == null) {
      throw new AssertionError("a view without a root");
    }
    add(model, ZnodePath.of(""), root);
    view.sessions((id, timeoutMs) -> model.sessions.put(id, timeoutMs));
    model.zxid = view.zxid();
    return model;
  }

  private static void add(TreeModel model, ZnodePath path, Znode z) {
    model.put(
        path,
        new TreeModel.Node(
            z.data(),
            z.acl(),
            z.ephemeralOwner(),
            z.czxid(),
            z.mzxid(),
            z.pzxid(),
            z.ctime(),
            z.mtime(),
            z.version(),
            z.createdChildren(),
            z.aversion()));
    z.children()
        .forEach((name, at, length, child) -> add(model, path.child(name, at, length), child));
  }
}
