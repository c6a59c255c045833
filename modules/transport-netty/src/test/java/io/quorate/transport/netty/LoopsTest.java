package io.quorate.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopsTest {
  @Test
  void threadsAreNamedAfterTheirLoops() throws Exception {
    try (Transport transport =
        new NettyTransportProvider().open(new TransportConfiguration(3, false))) {
      for (Transport.Loop loop : transport.loops()) {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        loop.execute(() -> thread.complete(Thread.currentThread()));
        Thread of = thread.get(30, TimeUnit.SECONDS);
        assertEquals("quorate-io-" + loop.index(), of.getName());
        assertTrue(of.isDaemon());
      }
    }
  }
}
