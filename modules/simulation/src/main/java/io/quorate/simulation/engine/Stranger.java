package io.quorate.simulation.engine;

import io.quorate.simulation.generate.Dice;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.wire.ClientWire;
import io.quorate.simulation.wire.Out;

/**
 * Somebody who tries what a client should not: another's session, the future, no protocol at all.
 */
final class Stranger implements Pipe.ClientEnd {
  private final Dice dice;

  Stranger(Dice dice) {
    this.dice = dice;
  }

  /** Uses one connection up. */
  void visit(Pipe p, int client, Client victim) {
    switch (dice.below(7)) {
      case 0, 1 -> hello(p, client, 0, victim.session(), dice.bytes(16));
      case 2 -> hello(p, client, 0, victim.session(), new byte[dice.below(30)]);
      case 3 -> hello(p, client, Long.MAX_VALUE - dice.below(5), 0, new byte[16]);
      case 4 -> hello(p, client, 0, dice.any(), victim.password());
      case 5 -> hello(p, client, 0, victim.session(), victim.password());
      default -> garbage(p);
    }
  }

  private void hello(Pipe p, int client, long seen, long session, byte[] password) {
    p.connect(new Event.ConnectSent(p.id, client, "10.0.0.9", seen, 5000, session, password, true));
  }

  private void garbage(Pipe p) {
    p.sendRaw(
        switch (dice.below(4)) {
          case 0 -> "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
          case 1 -> new Out().int32(10).raw(dice.bytes(10)).bytes();
          case 2 -> ClientWire.request(1, new io.quorate.simulation.history.Op.Ping());
          default -> dice.bytes(dice.between(1, 200));
        });
  }

  @Override
  public void frame(Event.OfConnection frame) {
    // it does not care
  }

  @Override
  public void ended() {
    // that was to be expected
  }
}
