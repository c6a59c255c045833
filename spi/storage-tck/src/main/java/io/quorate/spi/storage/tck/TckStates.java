package io.quorate.spi.storage.tck;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.TreeView.SessionVisitor;
import io.quorate.spi.storage.Storage;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The states of these tests: one session whose id is the zxid. For a storage that keeps no znodes
 * itself they need no tree: a store that knows sessions will do.
 */
final class TckStates {
  private static final int TIMEOUT_MS = 1000;

  /** What a call of a method gives. */
  private interface Answer {
    @Nullable Object to(Method method, Object[] arguments);
  }

  private TckStates() {}

  /** Writes the state of this zxid. Returns its size. */
  static long write(Storage storage, long zxid) throws IOException {
    TreeStore own = storage.treeStore().orElse(null);
    if (own == null) {
      return storage.snapshots().write(view(zxid, Map.of(zxid, TIMEOUT_MS)));
    }
    own.putSession(zxid, TIMEOUT_MS);
    TreeView view = own.seal(zxid);
    own.publish(view);
    return storage.snapshots().write(view);
  }

  /**
   * Loads the newest state and checks that it is whole: that its session is there.
   *
   * @return its zxid, or -1 if there is none
   */
  static long load(Storage storage) throws IOException {
    Map<Long, Integer> sessions = new TreeMap<>();
    TreeStore store = storage.treeStore().orElse(null);
    long zxid = storage.snapshots().load(store == null ? store(sessions) : store).zxid();
    if (store != null) {
      store.head().sessions(sessions::put);
    }
    if (zxid >= 0 && !Integer.valueOf(TIMEOUT_MS).equals(sessions.get(zxid))) {
      throw new AssertionError("The state of " + zxid + " was loaded with " + sessions);
    }
    if (store == null && sessions.size() != (zxid < 0 ? 0 : 1)) {
      throw new AssertionError("Parts of other states were left in the store: " + sessions);
    }
    return zxid;
  }

  private static TreeView view(long zxid, Map<Long, Integer> sessions) {
    return proxy(
        TreeView.class,
        (method, arguments) -> {
          switch (method.getName()) {
            case "zxid":
              return zxid;
            case "sessionCount":
              return sessions.size();
            case "sessions":
              SessionVisitor each = (SessionVisitor) arguments[0];
              sessions.forEach(each::session);
              return null;
            default:
              throw new UnsupportedOperationException(method.getName());
          }
        });
  }

  private static TreeStore store(Map<Long, Integer> sessions) {
    return proxy(
        TreeStore.class,
        (method, arguments) -> {
          switch (method.getName()) {
            case "putSession":
              sessions.put((Long) arguments[0], (Integer) arguments[1]);
              return null;
            case "clear":
              sessions.clear();
              return null;
            default:
              throw new UnsupportedOperationException(method.getName());
          }
        });
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method, arguments)));
  }
}
