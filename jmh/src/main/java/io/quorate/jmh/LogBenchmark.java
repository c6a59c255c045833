package io.quorate.jmh;

import io.quorate.api.OpCode;
import io.quorate.api.Txn;
import io.quorate.api.TxnRecord;
import io.quorate.jute.JuteCodecProvider;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.storage.files.FilesStorageProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Appending a group of records to the log and forcing it; the figure is for the group. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class LogBenchmark {
  @Param({"1", "64", "800"})
  int group;

  private Path directory;
  private Storage storage;
  private byte[] record;
  private long zxid;

  @Setup(Level.Iteration)
  public void open() throws IOException {
    directory = Files.createTempDirectory("quorate-jmh");
    Codec codec = new JuteCodecProvider().open(new CodecConfiguration(1 << 21, true, true));
    storage =
        new FilesStorageProvider()
            .open(
                new StorageConfiguration(
                    directory, directory, codec, 1 << 21, 64 << 20, true, 0, "", true, true,
                    Map.of()));
    storage.log().replay(1, (zxid, array, offset, length) -> {});
    record =
        codec.encode(
            new TxnRecord(
                Trees.header(7, OpCode.SET_DATA),
                new Txn.SetData(Trees.path(1), Trees.DATA, 1),
                true,
                99));
    zxid = 0;
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    storage.close();
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  @Benchmark
  public long appendAndForce() throws IOException {
    for (int i = 0; i < group; i++) {
      storage.log().append(++zxid, record);
    }
    storage.log().force();
    return zxid;
  }
}
