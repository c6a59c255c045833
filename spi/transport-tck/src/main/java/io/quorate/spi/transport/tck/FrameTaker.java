package io.quorate.spi.transport.tck;

import io.quorate.spi.transport.Connection;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Consumes whole frames only, as ZooKeeper's protocol has them. */
final class FrameTaker extends Recorder {
  final AtomicInteger frames = new AtomicInteger();

  /** Bytes consumed, or given and left. */
  final AtomicInteger seen = new AtomicInteger();

  FrameTaker(Connection connection) {
    super(connection);
  }

  static byte[] frames(int... bodies) {
    int total = 0;
    for (int body : bodies) {
      total += 4 + body;
    }
    ByteBuffer b = ByteBuffer.allocate(total);
    Random random = new Random(total);
    for (int body : bodies) {
      byte[] bytes = new byte[body];
      random.nextBytes(bytes);
      b.putInt(body).put(bytes);
    }
    return b.array();
  }

  @Override
  int take(byte[] array, int offset, int length) {
    int consumed = 0;
    while (length - consumed >= 4) {
      int frame = 4 + ByteBuffer.wrap(array, offset + consumed, 4).getInt();
      if (length - consumed < frame) {
        break;
      }
      super.take(array, offset + consumed, frame);
      consumed += frame;
      frames.incrementAndGet();
    }
    seen.set(total() + length - consumed);
    return consumed;
  }
}
