package io.quorate.storage.files;

import io.quorate.api.LoadedZnode;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.lang.reflect.Proxy;

/**
 * Takes what a codec loads and keeps nothing, so that a snapshot can be checked in no memory. It
 * finds every znode that it is asked for: checksums tell whether the bytes are those that were
 * written, and what was written had its parents.
 */
final class DiscardingTreeStore extends LoadingTreeStore {
  private static final Znode ANY =
      (Znode)
          Proxy.newProxyInstance(
              Znode.class.getClassLoader(),
              new Class<?>[] {Znode.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException("stands for any znode: " + method);
              });

  @Override
  public Znode find(ZnodePath path) {
    return ANY;
  }

  @Override
  public void load(LoadedZnode znode) {
    // not kept
  }

  @Override
  public void putSession(long sessionId, int timeoutMs) {
    // not kept
  }

  @Override
  public void clear() {
    // nothing was kept
  }
}
