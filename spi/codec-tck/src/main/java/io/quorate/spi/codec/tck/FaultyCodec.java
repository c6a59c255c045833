package io.quorate.spi.codec.tck;

import io.quorate.api.Stability;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.TxnRecord;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;

/**
 * A codec that does damage when it is told to, for tests of those who use one: what it writes has
 * been changed, or what it reads comes in pieces. The same seed does the same damage to the same
 * calls. It keeps a state that is to be damaged in memory as a whole.
 *
 * <p>One thread at a time.
 */
@Stability.Evolving
public final class FaultyCodec implements Codec {
  /** What is done. */
  public enum Kind {
    /** One bit of what is written is another. */
    FLIPPED_BIT,
    /** The end of what is written is missing. */
    TRUNCATED,
    /** Reading is refused as if the bytes were no good. */
    REFUSED
  }

  private final Codec codec;
  private final Random random;
  private Kind kind = Kind.FLIPPED_BIT;
  private int left = Integer.MAX_VALUE;
  private boolean shortReads;

  /** A codec in front of another. */
  public FaultyCodec(Codec codec, long seed) {
    this.codec = codec;
    this.random = new Random(seed);
  }

  /**
   * Does damage of this kind once, after {@code calls} more that it could be done to were served.
   */
  public void damage(Kind what, int calls) {
    kind = what;
    left = calls;
  }

  /** Whether streams give a few bytes at a time, as those of sockets do. */
  public void shortReads(boolean on) {
    shortReads = on;
  }

  private boolean now(boolean writing) {
    if (writing == (kind == Kind.REFUSED) || left == Integer.MAX_VALUE || left-- > 0) {
      return false;
    }
    left = Integer.MAX_VALUE;
    return true;
  }

  private byte[] damaged(byte[] bytes) {
    if (kind == Kind.TRUNCATED) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private void refuse() throws CodecException {
    if (now(false)) {
      throw new CodecException("refused by FaultyCodec at byte 0");
    }
  }

  @Override
  public String name() {
    return codec.name();
  }

  @Override
  public byte[] encode(TxnRecord record) {
    byte[] bytes = codec.encode(record);
    return now(true) ? damaged(bytes) : bytes;
  }

  @Override
  public TxnRecord decode(byte[] bytes, int offset, int length) throws CodecException {
    refuse();
    return codec.decode(bytes, offset, length);
  }

  @Override
  public long zxidOf(byte[] bytes, int offset, int length) throws CodecException {
    return codec.zxidOf(bytes, offset, length);
  }

  @Override
  public void writeState(TreeView view, OutputStream out) throws IOException {
    if (!now(true)) {
      codec.writeState(view, out);
      return;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    codec.writeState(view, whole);
    out.write(damaged(whole.toByteArray()));
  }

  @Override
  public StateInfo readState(InputStream in, TreeStore into) throws IOException {
    refuse();
    return codec.readState(shortReads ? new ShortReads(in, random) : in, into);
  }
}
