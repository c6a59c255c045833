package io.quorate.mutants;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Makes something that is right but for one method. */
final class Twist {
  private static final Object[] NONE = {};

  private Twist() {}

  /** What is done instead. */
  interface Instead {
    @Nullable Object of(Object[] arguments, Right right) throws Throwable;
  }

  /** What would have been done. */
  interface Right {
    @Nullable Object call(Object... arguments) throws Throwable;
  }

  /** {@code right}, but for its methods of this name. */
  static <T> T of(Class<T> type, T right, String name, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, given) -> {
              Right call =
                  arguments -> {
                    try {
                      return method.invoke(right, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  };
              Object[] arguments = given == null ? NONE : given;
              return method.getName().equals(name)
                  ? instead.of(arguments, call)
                  : call.call(arguments);
            }));
  }

  /** Waits until it is interrupted. */
  static <T> T hang() throws InterruptedException {
    new java.util.concurrent.CountDownLatch(1).await();
    throw new IllegalStateException("never");
  }
}
