package io.quorate.storage.files;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a codec loads and keeps nothing, so that a snapshot can be checked in no memory. It
 * finds every znode that it is asked for: checksums tell whether the bytes are those that were
 * written, and what was written had its parents.
 */
final class DiscardingTreeStore {
  private static final Set<String> LOADING = Set.of("load", "putSession", "clear", "close");

  private static final Znode ANY = proxy(Znode.class, DiscardingTreeStore::unexpected);
  private static final TreeView HEAD =
      proxy(TreeView.class, method -> method.getName().equals("find") ? ANY : unexpected(method));

  /** What a call of a method gives. */
  private interface Answer {
    @Nullable Object to(Method method);
  }

  private DiscardingTreeStore() {}

  /** A store that can only be loaded into. */
  static TreeStore create() {
    return proxy(TreeStore.class, DiscardingTreeStore::load);
  }

  private static @Nullable Object load(Method method) {
    if (method.getName().equals("head")) {
      return HEAD;
    }
    return LOADING.contains(method.getName()) ? null : unexpected(method);
  }

  private static Object unexpected(Method method) {
    throw new UnsupportedOperationException("Only for loading a state: " + method.getName());
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method)));
  }
}
