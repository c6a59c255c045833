package io.quorate.spi.auth.tck;

import io.quorate.api.TreeView;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** States that credentials are judged by. */
final class Views {
  private Views() {}

  /** Nothing is there. */
  static TreeView empty() {
    return (TreeView)
        Proxy.newProxyInstance(
            Views.class.getClassLoader(),
            new Class<?>[] {TreeView.class},
            (proxy, method, arguments) -> {
              Class<?> type = method.getReturnType();
              if (type == long.class) {
                return 0L;
              }
              return type == int.class ? (Object) 0 : null;
            });
  }

  /** A view that can be used until it is ended. */
  static final class Borrowed {
    private volatile boolean ended;
    final TreeView view;

    Borrowed(TreeView behind) {
      view =
          (TreeView)
              Proxy.newProxyInstance(
                  Views.class.getClassLoader(),
                  new Class<?>[] {TreeView.class},
                  (proxy, method, arguments) -> {
                    if (ended) {
                      throw new AssertionError("rule 11: the view was used after the call");
                    }
                    try {
                      return method.invoke(behind, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
    }

    void end() {
      ended = true;
    }
  }
}
