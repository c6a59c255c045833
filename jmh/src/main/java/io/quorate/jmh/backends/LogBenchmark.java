package io.quorate.jmh.backends;

import io.quorate.api.OpCode;
import io.quorate.api.Txn;
import io.quorate.api.TxnRecord;
import io.quorate.api.ZnodePath;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One writer encodes a group of setData of 100 bytes, appends and forces it; for the group. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LogBenchmark extends BackEndState {
  @Param({"1", "64"})
  public int group;

  private final ZnodePath path = new Znodes(10, 10).path(1);

  /** The zxid of the last record, which is durable. */
  @Benchmark
  public long appendAndForce() throws IOException {
    for (int i = 0; i < group; i++) {
      long zxid = ++backEnd.zxid;
      Txn txn = new Txn.SetData(path, Znodes.data(zxid), (int) zxid);
      backEnd.storage.log().append(zxid, encoded(zxid, txn));
    }
    backEnd.storage.log().force();
    return backEnd.zxid;
  }

  private byte[] encoded(long zxid, Txn txn) {
    return backEnd.codec.encode(
        new TxnRecord(OpenBackEnd.header(zxid, OpCode.SET_DATA), txn, true, zxid * 31));
  }
}
