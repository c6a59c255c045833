package io.quorate.spi.codec.tck;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** Gives a few bytes at a time, seldom many. */
final class ShortReads extends FilterInputStream {
  private final Random random;

  ShortReads(InputStream in, Random random) {
    super(in);
    this.random = random;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int most = 1 + random.nextInt(random.nextInt(8) == 0 ? 20_000 : 7);
    return in.read(bytes, offset, Math.min(length, most));
  }
}
