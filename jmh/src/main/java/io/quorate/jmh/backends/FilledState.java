package io.quorate.jmh.backends;

import io.quorate.api.ZnodePath;
import java.io.IOException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A back-end with znodes, ten to a parent, whose state was written. */
@State(Scope.Benchmark)
public class FilledState extends BackEndState {
  private static final int CHILDREN = 10;

  @Param("100000")
  public int znodes;

  ZnodePath[] paths;
  ZnodePath[] missing;
  Scattered order;

  @Override
  @Setup(Level.Trial)
  public void open() throws IOException {
    super.open();
    Znodes shape = new Znodes(znodes, CHILDREN);
    backEnd.fill(shape);
    int count = shape.parents() * CHILDREN;
    paths = new ZnodePath[count];
    missing = new ZnodePath[count];
    for (int i = 0; i < count; i++) {
      paths[i] = shape.path(i);
      missing[i] = shape.missing(i);
    }
    order = new Scattered(count, 0);
  }

  /** A path for the owner of the store. */
  ZnodePath next() {
    return paths[order.next()];
  }
}
