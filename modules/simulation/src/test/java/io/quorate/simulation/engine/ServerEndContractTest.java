package io.quorate.simulation.engine;

import io.quorate.simulation.generate.Dice;
import io.quorate.simulation.history.Event;
import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import io.quorate.spi.transport.tck.ConnectionContract;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;

/** The simulator's connections keep the rules that servers count on, but for when bytes arrive. */
class ServerEndContractTest extends ConnectionContract {
  private static final long LONG_NANOS = 10_000_000_000L;

  @Override
  protected Line connect(Function<Connection, ConnectionHandler> handler) {
    Dice dice = new Dice(5);
    Scheduler scheduler = new Scheduler(dice.split());
    Recording recording = new Recording(scheduler);
    VirtualLoop loop = new VirtualLoop(0, scheduler, dice.split());
    InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    ServerEnd end = new ServerEnd(loop, remote, scheduler, recording);
    Pipe.Weather weather = new Pipe.Weather(500, 20, 1000, 1 << 20);
    Pipe pipe =
        new Pipe(1, scheduler, new Actor("world"), recording, dice.split(), weather, silent(), end);
    end.handler(handler.apply(end));
    return new Line() {
      @Override
      public void send(byte[] bytes) {
        pipe.sendRaw(bytes);
      }

      @Override
      public void settle() {
        while (scheduler.step(scheduler.now() + LONG_NANOS)) {
          // one task each time
        }
      }

      /** The pipe knows frames of ZooKeeper's protocol only. */
      @Override
      public byte[] arrived() {
        return null;
      }

      @Override
      public void cut() {
        pipe.cut(true);
      }
    };
  }

  private static Pipe.ClientEnd silent() {
    return new Pipe.ClientEnd() {
      @Override
      public void frame(Event.OfConnection frame) {
        throw new AssertionError("nothing is written");
      }

      @Override
      public void ended() {
        // nobody is there
      }
    };
  }
}
