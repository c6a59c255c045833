package io.quorate.jmh;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.OpCode;
import io.quorate.api.Reply;
import io.quorate.api.Request;
import io.quorate.api.Txn;
import io.quorate.api.TxnRecord;
import io.quorate.api.Znode;
import io.quorate.jute.JuteCodecProvider;
import io.quorate.jute.ReplyEncoder;
import io.quorate.jute.RequestDecoder;
import io.quorate.jute.WireWriter;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decoding a request, encoding a reply, and both for a log record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {
  private final WireWriter out = new WireWriter();
  private final ReplyEncoder encoder = new ReplyEncoder(EphemeralOwner.Encoding.EXTENDED);
  private final Codec codec =
      new JuteCodecProvider().open(new CodecConfiguration(1 << 21, true, true));
  private byte[] getData;
  private int getDataLength;
  private byte[] setData;
  private int setDataLength;
  private Znode znode;
  private TxnRecord record;
  private byte[] encoded;

  @Setup(Level.Trial)
  public void make() {
    WireWriter w = new WireWriter();
    w.putPath(Trees.path(1));
    w.putBoolean(false);
    getData = w.array().clone();
    getDataLength = w.position();
    w.reset();
    w.putPath(Trees.path(1));
    w.putBuffer(Trees.DATA);
    w.putInt(-1);
    setData = w.array().clone();
    setDataLength = w.position();
    znode = java.util.Objects.requireNonNull(Trees.filled(2, false).head().find(Trees.path(1)));
    record =
        new TxnRecord(
            Trees.header(7, OpCode.SET_DATA),
            new Txn.SetData(Trees.path(1), Trees.DATA, 1),
            true,
            99);
    encoded = codec.encode(record);
  }

  @Benchmark
  public @Nullable Request decodeGetData() {
    return RequestDecoder.decode(OpCode.GET_DATA, getData, 0, getDataLength);
  }

  @Benchmark
  public @Nullable Request decodeSetData() {
    return RequestDecoder.decode(OpCode.SET_DATA, setData, 0, setDataLength);
  }

  @Benchmark
  public int encodeDataReply() {
    out.reset();
    encoder.reply(out, 1, 2, new Reply.Data(znode));
    return out.position();
  }

  @Benchmark
  public byte[] encodeRecord() {
    return codec.encode(record);
  }

  @Benchmark
  public TxnRecord decodeRecord() throws CodecException {
    return codec.decode(encoded, 0, encoded.length);
  }
}
