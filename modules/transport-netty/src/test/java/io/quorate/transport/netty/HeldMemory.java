package io.quorate.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.PoolArenaMetric;
import io.quorate.spi.transport.Transport;

/** Looks for pooled buffers that nobody released. */
final class HeldMemory {
  private HeldMemory() {}

  static void assertNone(Transport closed) {
    long held = 0;
    for (PoolArenaMetric arena : ((NettyTransport) closed).allocator.metric().directArenas()) {
      held += arena.numActiveAllocations();
    }
    assertEquals(0, held, "buffers not released");
  }
}
