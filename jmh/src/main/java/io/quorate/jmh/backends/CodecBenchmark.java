package io.quorate.jmh.backends;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.OpCode;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.ZnodePath;
import io.quorate.api.Zxid;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecException;
import io.quorate.tree.HeapTreeStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The codecs on an ordinary mix of transactions: of a hundred, 70 setData of 100 bytes, 15 creates,
 * 10 deletes, 3 multis of four, a session opened and one closed. The figure is for one record.
 * Tells how many bytes a record and a znode of a snapshot take.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
  private static final int RECORDS = 1000;
  private static final int ZNODES = 20_000;
  private static final Znodes SHAPE = new Znodes(ZNODES, 100);
  private static final Znodes MILLION = new Znodes(1_000_000, 4_000);
  private static final int STATE_BYTES = 8 << 20;

  @Param("jute")
  public String codec;

  private Codec opened;
  private TxnRecord[] records;
  private byte[][] encoded;
  private TreeView state;
  private byte[] encodedState;
  private double recordBytes;
  private double znodeBytes;

  @Setup(Level.Trial)
  public void make() throws IOException {
    opened = OpenBackEnd.codec(codec);
    Random random = new Random(42);
    records = new TxnRecord[RECORDS];
    encoded = new byte[RECORDS][];
    long bytes = 0;
    for (int i = 0; i < RECORDS; i++) {
      records[i] = record(i, random);
      encoded[i] = opened.encode(records[i]);
      bytes += encoded[i].length;
    }
    state = filled();
    ByteArrayOutputStream out = new ByteArrayOutputStream(STATE_BYTES);
    opened.writeState(state, out);
    encodedState = out.toByteArray();
    recordBytes = (double) bytes / RECORDS;
    znodeBytes = (double) encodedState.length / state.nodeCount();
  }

  /** Tells them to each iteration. */
  @TearDown(Level.Iteration)
  public void sizes() {
    Sizes.put("bytes a record", recordBytes);
    Sizes.put("bytes a znode of a snapshot", znodeBytes);
  }

  private static TreeView filled() {
    HeapTreeStore store = new HeapTreeStore(42, EphemeralOwner.Encoding.EXTENDED, true);
    store.create(ZnodePath.of("/bench"), Znodes.data(0), Acl.OPEN, 0, 1, 1, 1);
    for (int p = 0; p < SHAPE.parents(); p++) {
      store.create(SHAPE.parent(p), Znodes.data(p), Acl.OPEN, 0, 1, 1, p + 1);
    }
    for (int i = 0; i < ZNODES; i++) {
      store.create(SHAPE.path(i), Znodes.data(i), Acl.OPEN, 0, 2, 1, i % SHAPE.children() + 1);
    }
    store.publish(store.seal(2));
    return store.head();
  }

  private static TxnRecord record(int i, Random random) {
    int kind = i % 100;
    TxnHeader plain = OpenBackEnd.header(Zxid.of(3, 1_000_000 + i), OpCode.SET_DATA);
    Txn.Part part =
        kind < 95
            ? single(kind, random)
            : kind < 98
                ? multi(random)
                : kind < 99
                    ? new Txn.Part(OpCode.CREATE_SESSION, new Txn.CreateSession(30_000))
                    : new Txn.Part(
                        OpCode.CLOSE_SESSION, new Txn.CloseSession(List.of(MILLION.path(i))));
    TxnHeader header =
        new TxnHeader(
            plain.sessionId() + random.nextInt(1 << 20),
            i,
            plain.zxid(),
            plain.time() + i,
            part.type());
    return new TxnRecord(header, part.txn(), true, 1L << 46 | random.nextInt());
  }

  private static Txn.Part single(int kind, Random random) {
    int znode = random.nextInt(1_000_000);
    if (kind < 70) {
      return new Txn.Part(
          OpCode.SET_DATA,
          new Txn.SetData(MILLION.path(znode), Znodes.data(znode), random.nextInt(1000)));
    }
    if (kind < 85) {
      return new Txn.Part(
          OpCode.CREATE,
          new Txn.Create(MILLION.path(znode), Znodes.data(znode), Acl.OPEN, kind % 2 == 0, znode));
    }
    return new Txn.Part(OpCode.DELETE, new Txn.Delete(MILLION.path(znode)));
  }

  private static Txn.Part multi(Random random) {
    List<Txn.Part> parts = new ArrayList<>();
    for (int kind : new int[] {0, 0, 70, 90}) {
      parts.add(single(kind, random));
    }
    return new Txn.Part(OpCode.MULTI, new Txn.Multi(parts));
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void encode(Blackhole hole) {
    for (TxnRecord record : records) {
      hole.consume(opened.encode(record));
    }
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void decode(Blackhole hole) throws CodecException {
    for (byte[] bytes : encoded) {
      hole.consume(opened.decode(bytes, 0, bytes.length));
    }
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long zxidOf() throws CodecException {
    long sum = 0;
    for (byte[] bytes : encoded) {
      sum += opened.zxidOf(bytes, 0, bytes.length);
    }
    return sum;
  }

  /** A znode of a snapshot. */
  @Benchmark
  @OperationsPerInvocation(ZNODES)
  public void writeState() throws IOException {
    opened.writeState(state, OutputStream.nullOutputStream());
  }

  /** A znode of a snapshot, into a tree on the heap. */
  @Benchmark
  @OperationsPerInvocation(ZNODES)
  public TreeStore readState() throws IOException {
    TreeStore store = new HeapTreeStore(1, EphemeralOwner.Encoding.EXTENDED, true);
    opened.readState(new ByteArrayInputStream(encodedState), store);
    return store;
  }
}
