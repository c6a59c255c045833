package io.quorate.jmh.backends;

import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An empty back-end in a folder of its own, for one fork. The command fills in the names. */
@State(Scope.Benchmark)
public class BackEndState {
  @Param("files")
  public String storage;

  @Param("jute")
  public String codec;

  OpenBackEnd backEnd;
  Path folder;

  /** Opens it. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = OpenBackEnd.newFolder();
    backEnd = OpenBackEnd.open(storage, codec, folder);
  }

  /** Closes and deletes it. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    backEnd.close();
    OpenBackEnd.delete(folder);
  }
}
