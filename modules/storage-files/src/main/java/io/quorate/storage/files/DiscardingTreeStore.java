package io.quorate.storage.files;

import io.quorate.api.TreeStore;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes what a codec loads and keeps nothing, so that a snapshot can be checked in no memory. */
final class DiscardingTreeStore {
  private static final Set<String> LOADING = Set.of("load", "putSession", "clear", "close");

  private DiscardingTreeStore() {}

  /** A store that can only be loaded into. */
  static TreeStore create() {
    return (TreeStore)
        Proxy.newProxyInstance(
            TreeStore.class.getClassLoader(),
            new Class<?>[] {TreeStore.class},
            (proxy, method, arguments) -> discard(method));
  }

  private static @Nullable Object discard(Method method) {
    if (!LOADING.contains(method.getName())) {
      throw new UnsupportedOperationException(
          "A codec that reads a state only loads, and does not call " + method.getName());
    }
    return null;
  }
}
