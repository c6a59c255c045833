package io.quorate.transport.netty;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NettyAcceptorTest {
  private static EmbeddedChannel listening() {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new NettyAcceptor(
                List.of(),
                false,
                c -> {
                  throw new AssertionError("nothing was accepted");
                },
                ClosingLimits.DEFAULT));
    channel.freezeTime();
    return channel;
  }

  /** Else a server without free file descriptors would spend its time on attempts that fail. */
  @Test
  void waitsASecondAfterAFailureAndGoesOn() {
    EmbeddedChannel channel = listening();
    channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
    assertFalse(channel.config().isAutoRead());
    channel.advanceTimeBy(999, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertFalse(channel.config().isAutoRead());
    channel.advanceTimeBy(2, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertTrue(channel.config().isAutoRead());
    assertTrue(channel.isOpen());
    channel.checkException(); // the failure went no further
    channel.close();
  }
}
