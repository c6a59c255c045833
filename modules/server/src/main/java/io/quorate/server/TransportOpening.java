package io.quorate.server;

import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import io.quorate.spi.transport.TransportProvider;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transport that is opened beside the recovery of the state: loading its native library and
 * starting its loops needs nothing of the state. The thread that does it ends with it.
 */
final class TransportOpening {
  private static final Logger LOG = LoggerFactory.getLogger(TransportOpening.class);

  private final CompletableFuture<Transport> opened = new CompletableFuture<>();
  private final AtomicBoolean closing = new AtomicBoolean();

  private TransportOpening() {}

  /**
   * Finds the configured transport and begins to open it.
   *
   * @throws StartException if there is none of that name; nothing was begun then
   */
  static TransportOpening begin(Providers providers, ServerConfig config) throws StartException {
    String name = config.providers().transport();
    TransportProvider provider =
        providers.find(TransportProvider.class, "transport", name, TransportProvider::name);
    TransportConfiguration settings =
        new TransportConfiguration(config.providers().ioThreads(), config.client().tcpKeepAlive());
    return begin(
        () -> providers.open(provider, "transport=" + name, () -> provider.open(settings)));
  }

  static TransportOpening begin(Callable<Transport> open) {
    TransportOpening opening = new TransportOpening();
    Thread thread = new Thread(() -> opening.run(open), "quorate-transport");
    thread.setDaemon(true);
    thread.start();
    return opening;
  }

  private void run(Callable<Transport> open) {
    try {
      opened.complete(open.call());
    } catch (Throwable e) { // whoever waits gets it
      opened.completeExceptionally(e);
    }
  }

  /**
   * Waits for the transport.
   *
   * @throws StartException if the provider refused its settings or failed
   * @throws IOException if it could not get what it needs of the system
   */
  Transport await() throws StartException, IOException {
    try {
      return opened.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case StartException refused -> throw refused;
        case IOException failed -> throw failed;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }

  /**
   * Closes the transport; one that is still being opened is closed by the opening thread, so that a
   * failed start does not wait for it. A second call does nothing.
   */
  void close() {
    if (!closing.getAndSet(true)) {
      opened.thenAccept(TransportOpening::close);
    }
  }

  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (RuntimeException e) {
      LOG.warn("closing the transport", e);
    }
  }
}
