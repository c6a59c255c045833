package io.quorate.storage.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.SnappyInputStream;
import org.xerial.snappy.SnappyOutputStream;

/** Against snappy-java, which Apache uses. */
class SnappyTest {
  private static List<byte[]> samples() {
    Random random = new Random(7);
    List<byte[]> samples = new ArrayList<>();
    for (int size : new int[] {0, 1, 13, 100, 32767, 32768, 32769, 65536, 300_000}) {
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      samples.add(noise);
      byte[] repeated = new byte[size];
      for (int i = 0; i < size; i++) {
        repeated[i] = (byte) (i % 1000 < 900 ? i % 37 : random.nextInt());
      }
      samples.add(repeated);
      samples.add(new byte[size]);
    }
    return samples;
  }

  private static byte[] compress(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream snappy = new SnappyOutput(out)) {
      int some = bytes.length / 3;
      for (int i = 0; i < some; i++) {
        snappy.write(bytes[i]);
      }
      snappy.flush();
      snappy.write(bytes, some, bytes.length - some);
    }
    return out.toByteArray();
  }

  private static byte[] theirs(byte[] bytes, int block) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream snappy = new SnappyOutputStream(out, block)) {
      snappy.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] decompress(byte[] bytes) throws IOException {
    try (SnappyInput in = new SnappyInput(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  @Test
  void theyReadOurs() throws IOException {
    for (byte[] sample : samples()) {
      byte[] ours = compress(sample);
      try (SnappyInputStream in = new SnappyInputStream(new ByteArrayInputStream(ours))) {
        assertArrayEquals(sample, in.readAllBytes());
      }
      assertArrayEquals(sample, decompress(ours));
    }
  }

  @Test
  void weReadTheirs() throws IOException {
    for (byte[] sample : samples()) {
      for (int block : new int[] {1024, 32 << 10, 1 << 20}) {
        assertArrayEquals(sample, decompress(theirs(sample, block)));
      }
    }
  }

  @Test
  void streamsBehindOneAnotherAreOne() throws IOException {
    byte[] one = theirs("hello ".getBytes("US-ASCII"), 1024);
    byte[] two = theirs("world".getBytes("US-ASCII"), 1024);
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    assertArrayEquals("hello world".getBytes("US-ASCII"), decompress(both));
  }

  @Test
  void itCompresses() throws IOException {
    assertTrue(compress(new byte[1 << 20]).length < 100_000);
  }

  @Test
  void damageGivesAnIoExceptionAndTakesNoMemory() throws IOException {
    byte[] sample = samples().get(10);
    byte[] good = compress(sample);
    for (int cut = 0; cut < 16; cut++) {
      byte[] shorter = Arrays.copyOf(good, cut);
      assertThrows(IOException.class, () -> decompress(shorter), "cut at " + cut);
    }
    for (int cut = 17; cut < good.length; cut += 11) {
      byte[] shorter = Arrays.copyOf(good, cut);
      assertThrows(IOException.class, () -> decompress(shorter), "cut at " + cut);
    }
    Random random = new Random(11);
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        bad[random.nextInt(Math.min(bad.length, 200))] = (byte) random.nextInt();
      }
      try {
        decompress(bad); // there is no checksum in this format: it may come out as something else
      } catch (IOException e) {
        assertTrue(e.getMessage() != null, "without a message: " + e);
      }
    }
    for (int length : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 0, 2 << 20}) {
      byte[] bad = good.clone();
      for (int i = 0; i < 4; i++) {
        bad[16 + i] = (byte) (length >>> 8 * (3 - i));
      }
      assertThrows(IOException.class, () -> decompress(bad), "length " + length);
    }
  }
}
