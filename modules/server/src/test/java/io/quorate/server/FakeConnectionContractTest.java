package io.quorate.server;

import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import io.quorate.spi.transport.tck.ConnectionContract;
import java.util.function.Function;

/** The connection of these tests keeps the rules that servers count on. */
class FakeConnectionContractTest extends ConnectionContract {
  @Override
  protected Line connect(Function<Connection, ConnectionHandler> handler) {
    FakeLoop loop = new FakeLoop(0);
    FakeConnection connection = new FakeConnection(loop);
    connection.handler(handler.apply(connection));
    return new Line() {
      @Override
      public void send(byte[] bytes) {
        connection.feed(bytes);
      }

      @Override
      public void settle() {
        loop.run();
      }

      @Override
      public byte[] arrived() {
        return connection.received.toByteArray();
      }

      @Override
      public void cut() {
        connection.end();
      }
    };
  }
}
