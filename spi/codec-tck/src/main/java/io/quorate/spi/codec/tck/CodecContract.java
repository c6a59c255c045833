package io.quorate.spi.codec.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.NodeDigest;
import io.quorate.api.Stability;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.codec.FormatMark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every codec does. A provider's test extends this and implements {@link #provider}. The
 * numbers in the names are those of the rules on the package page of {@link io.quorate.spi.codec};
 * rules 11 and 12 are marked untested there.
 */
@Stability.Evolving
public abstract class CodecContract extends RecordContract {
  // Rules 3 and 5: states come back

  @Test
  public void rule5StatesComeBack() throws IOException {
    Codec codec = codec();
    for (TckTree tree :
        new TckTree[] {TckTrees.empty(0), TckTrees.small(), TckTrees.edges(), TckTrees.large()}) {
      TckTree again = read(codec, write(codec, tree));
      assertEquals(tree.dump(), again.dump());
      assertEquals(tree.digest(), again.digest());
    }
  }

  @Test
  public void rule5AStateSaysWhatItWasToRecord() throws IOException {
    for (boolean digest : new boolean[] {false, true}) {
      for (boolean last : new boolean[] {false, true}) {
        Codec codec = provider().open(new CodecConfiguration(MAX_RECORD_BYTES, digest, last));
        TckTree tree = TckTrees.small();
        Codec.StateInfo info =
            codec.readState(new ByteArrayInputStream(write(codec, tree)), new TckTree(-1));
        assertEquals(last ? tree.zxid() : -1, info.lastZxid());
        assertEquals(digest ? tree.zxid() : -1, info.digestZxid());
        assertEquals(digest ? NodeDigest.VERSION : 0, info.digestVersion());
        assertEquals(digest ? tree.digest() : 0, info.digest());
      }
    }
  }

  @Test
  public void rule3TheSameStateGivesTheSameBytes() throws IOException {
    Codec codec = codec();
    byte[] first = write(codec, TckTrees.edges());
    write(codec, TckTrees.small());
    assertArrayEquals(first, write(codec, TckTrees.edges()));
    assertArrayEquals(first, write(codec(), TckTrees.edges()));
  }

  // Rule 7: limits

  @Test
  public void rule7AValueOfAStateBeyondTheLimitIsRefused() throws IOException {
    byte[] bytes = write(codec(), TckTrees.withLongData(TckTrees.small(), 5000));
    read(codec(5000), bytes);
    assertThrows(CodecException.class, () -> read(codec(4999), bytes));
  }

  // Rules 2 and 8: damage

  @Test
  public void rule8EveryFlippedBitIsNoticed() throws IOException {
    Codec codec = codec();
    byte[] bytes = write(codec, TckTrees.small());
    for (int i = 0; i < bytes.length * 8; i++) {
      byte[] flipped = bytes.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      assertNull(tryRead(codec, flipped), "bit " + i);
    }
  }

  @Test
  public void rule8DamageInALongStateIsNoticed() throws IOException {
    Codec codec = codec();
    byte[] bytes = write(codec, TckTrees.large());
    Random random = new Random(5);
    for (int round = 0; round < 60; round++) {
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      assertNull(tryRead(codec, flipped));
      assertNull(tryRead(codec, Arrays.copyOf(bytes, random.nextInt(bytes.length - 100))));
    }
  }

  @Test
  public void rule8EveryCutIsNoticed() throws IOException {
    Codec codec = codec();
    TckTree tree = TckTrees.small();
    byte[] bytes = write(codec, tree);
    for (int n = 0; n < bytes.length; n++) {
      TckTree cut = tryRead(codec, Arrays.copyOf(bytes, n));
      if (cut != null) {
        assertEquals(tree.dump(), cut.dump(), "the first " + n + " of " + bytes.length);
      }
    }
  }

  @Test
  public void rule8BytesBehindTheEndAreNoticed() throws IOException {
    Codec codec = codec();
    byte[] bytes = write(codec, TckTrees.small());
    assertNull(tryRead(codec, Arrays.copyOf(bytes, bytes.length + 1)));
    byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
    assertNull(tryRead(codec, twice));
  }

  @Test
  public void rule2ForeignStatesAreRefused() throws IOException {
    Codec codec = codec();
    Random random = new Random(6);
    byte[] good = write(codec, TckTrees.small());
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      if (round % 2 == 0) {
        System.arraycopy(good, 0, bytes, 0, Math.min(bytes.length, random.nextInt(good.length)));
      }
      tryRead(codec, bytes);
    }
  }

  @Test
  public void rule8StreamsMayGiveLittleAtATime() throws IOException {
    Codec codec = codec();
    TckTree tree = TckTrees.large();
    byte[] bytes = write(codec, tree);
    TckTree into = new TckTree(-1);
    codec.readState(new ShortReads(new ByteArrayInputStream(bytes), new Random(7)), into);
    assertEquals(tree.dump(), into.dump());
  }

  // Rule 9: streams

  @Test
  public void rule9FailuresOfAnOutputComeThrough() throws IOException {
    Codec codec = codec();
    TckTree tree = TckTrees.large();
    int length = write(codec, tree).length;
    for (int room : new int[] {0, 5, 50_000, length / 2, length - 1}) {
      IOException full = new IOException("no space left");
      Full out = new Full(room, full);
      assertSame(full, assertThrows(IOException.class, () -> codec.writeState(tree, out)));
    }
  }

  @Test
  public void rule9FailuresOfAnInputComeThrough() throws IOException {
    Codec codec = codec();
    byte[] bytes = write(codec, TckTrees.large());
    for (int good : new int[] {0, 5, 50_000, bytes.length / 2, bytes.length - 1}) {
      IOException broken = new IOException("the disk is broken");
      Broken in = new Broken(new ByteArrayInputStream(bytes, 0, good), broken);
      IOException seen =
          assertThrows(IOException.class, () -> codec.readState(in, new TckTree(-1)));
      assertSame(broken, seen);
    }
  }

  @Test
  public void rule9StreamsStayOpen() throws IOException {
    Codec codec = codec();
    boolean[] closed = {false};
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    codec.writeState(TckTrees.small(), out);
    InputStream in =
        new ByteArrayInputStream(out.toByteArray()) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    codec.readState(in, new TckTree(-1));
    assertTrue(!closed[0]);
  }

  // Rule 10: names

  @Test
  public void rule10StatesBeginWithTheMarkOfTheCodec() throws IOException {
    Codec codec = codec();
    assertEquals(provider().name(), codec.name());
    assertTrue(FormatMark.isName(codec.name()), codec.name());
    byte[] bytes = write(codec, TckTrees.small());
    assertEquals(codec.name(), FormatMark.codecOf(Arrays.copyOf(bytes, FormatMark.BYTES)));
  }

  /** Fails where another stream would end. */
  private static final class Broken extends FilterInputStream {
    private final IOException broken;

    Broken(InputStream in, IOException broken) {
      super(in);
      this.broken = broken;
    }

    @Override
    public int read() throws IOException {
      return checked(in.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return checked(in.read(bytes, offset, length));
    }

    private int checked(int n) throws IOException {
      if (n < 0) {
        throw broken;
      }
      return n;
    }
  }

  /** Has room for so many bytes. */
  private static final class Full extends FilterOutputStream {
    private int room;
    private final IOException full;

    Full(int room, IOException full) {
      super(new ByteArrayOutputStream());
      this.room = room;
      this.full = full;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > room) {
        throw full;
      }
      room -= length;
    }
  }
}
