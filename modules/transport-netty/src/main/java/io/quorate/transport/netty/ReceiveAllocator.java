package io.quorate.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Gives every read of a loop the same direct buffer. A connection copies what it got out of it
 * before the next read of the loop, so one is enough and no read allocates.
 */
final class ReceiveAllocator extends DefaultMaxMessagesRecvByteBufAllocator {
  private final ByteBuf shared;

  /**
   * @param shared belongs to the loop; its capacity is the most that one read takes
   * @param readsPerWakeUp how often a connection with more to read is read before others get a turn
   */
  ReceiveAllocator(ByteBuf shared, int readsPerWakeUp) {
    super(readsPerWakeUp);
    this.shared = shared;
  }

  @Override
  @SuppressWarnings("deprecation") // the interface has no other way to make a handle
  public Handle newHandle() {
    return new SharedHandle();
  }

  private final class SharedHandle extends MaxMessageHandle {
    @Override
    public ByteBuf allocate(ByteBufAllocator ignored) {
      return shared.clear().retain(); // who reads releases it
    }

    @Override
    public int guess() {
      return shared.capacity();
    }
  }
}
