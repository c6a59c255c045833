package io.quorate.simulation.engine;

import io.quorate.simulation.generate.Dice;
import io.quorate.simulation.generate.Requests;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.Op;
import io.quorate.simulation.model.Access;
import io.quorate.simulation.wire.ClientWire;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client that goes on whatever happens: connects, asks, loses its connection, comes back with its
 * session or without, and sometimes misbehaves.
 */
final class Client implements Pipe.ClientEnd {
  private static final int MAX_BURST = 12;
  private static final long MILLI = 1_000_000;

  final int id;
  private final String address;
  private final Dice dice;
  private final Requests requests;
  private final Scheduler scheduler;
  private final Actor world;
  private final Function<Client, @Nullable Pipe> network;
  private final int maxFrame;
  private final boolean faithful;
  private @Nullable Pipe pipe;
  private boolean open;
  private long session;
  private byte[] password = new byte[16];
  private long seen;
  private int xid;
  private int credits;
  private boolean retired;
  private boolean gentle;
  private int attempts;

  /**
   * A client.
   *
   * @param network makes a connection, null if nobody listens
   * @param credits how many requests it sends before it stops
   */
  Client(
      int id,
      Dice dice,
      Requests requests,
      Scheduler scheduler,
      Actor world,
      Function<Client, @Nullable Pipe> network,
      int maxFrame,
      int credits) {
    this.id = id;
    this.address = "10.0.0." + dice.between(1, 3);
    this.dice = dice;
    this.requests = requests;
    this.scheduler = scheduler;
    this.world = world;
    this.network = network;
    this.maxFrame = maxFrame;
    this.credits = credits;
    this.faithful = dice.chance(0.3);
  }

  String address() {
    return address;
  }

  long session() {
    return session;
  }

  byte[] password() {
    return password;
  }

  boolean done() {
    return credits <= 0;
  }

  boolean isOpen() {
    return open;
  }

  void start() {
    later(dice.below(200), this::connect);
  }

  /** From now on it only does what a good client does, and little of it. */
  void calmDown() {
    credits = 0;
    gentle = true;
    if (pipe == null && !retired) {
      later(dice.below(50), this::connect);
    }
  }

  /** Goes away without a word. */
  void vanish() {
    retired = true;
    if (pipe != null) {
      pipe.cut(dice.chance(0.5));
      pipe = null;
      open = false;
    }
  }

  private void later(long millis, Runnable run) {
    scheduler.after(millis * MILLI + dice.below(1000), world, run);
  }

  // ---- connecting

  private void connect() {
    if (pipe != null || retired) {
      return;
    }
    Pipe p = network.apply(this);
    if (p == null) {
      later(dice.between(5, 300), this::connect);
      return;
    }
    pipe = p;
    attempts++;
    boolean byte45 = dice.chance(0.8);
    int timeout = dice.pick(java.util.List.of(0, 1000, 2000, 3000, 5000, 9999, 1_000_000));
    boolean wrong = !gentle && session != 0 && dice.chance(0.03);
    p.connect(
        new Event.ConnectSent(
            p.id, id, address, seen, timeout, session, wrong ? dice.bytes(16) : password, byte45));
    if (!wrong && session != 0 && dice.chance(0.6)) {
      if (dice.chance(0.4)) {
        ask(requests.auth());
      }
      ask(requests.setWatches(seen));
    }
  }

  @Override
  public void frame(Event.OfConnection frame) {
    switch (frame) {
      case Event.ConnectReply r -> welcomed(r);
      case Event.Reply r -> {
        seen = Math.max(seen, r.zxid());
        if (dice.chance(0.3)) {
          later(dice.below(20), this::act);
        }
      }
      case Event.Notice n -> {
        seen = Math.max(seen, n.zxid());
        if (dice.chance(0.5)) {
          ask(new Op.GetData(n.path().isEmpty() ? "/" : n.path(), true));
        }
      }
      default -> {}
    }
  }

  private void welcomed(Event.ConnectReply r) {
    if (r.timeout() <= 0) {
      session = 0;
      password = new byte[16];
      xid = 0;
      return;
    }
    open = true;
    session = r.session();
    password = r.password();
    later(dice.below(10), this::act);
  }

  @Override
  public void ended() {
    pipe = null;
    open = false;
    if (!retired) {
      later(pause(), this::connect);
    }
  }

  private long pause() {
    return gentle ? dice.below(100) : dice.chance(0.1) ? dice.between(100, 8000) : dice.below(300);
  }

  // ---- asking

  private void act() {
    Pipe p = pipe;
    if (p == null || !open) {
      return;
    }
    if (gentle || credits <= 0) {
      return;
    }
    if (!faithful && dice.chance(0.06)) {
      misbehave(p);
      return;
    }
    int burst = dice.chance(0.6) ? 1 : dice.between(2, MAX_BURST);
    for (int i = 0; i < burst && credits > 0; i++) {
      credits--;
      ask(requests.next(seen));
    }
    later(dice.chance(0.05) ? dice.between(500, 4000) : dice.below(60), this::act);
  }

  /** Sends a request on the connection there is. */
  void ask(Op op) {
    Pipe p = pipe;
    if (p == null || !p.clientOpen()) {
      return;
    }
    p.ask(
        switch (op) {
          case Op.Ping o -> ClientWire.PING;
          case Op.Auth o -> ClientWire.AUTH;
          case Op.SetWatches o -> ClientWire.SET_WATCHES;
          default -> ++xid;
        },
        op);
    boolean refused =
        switch (op) {
          case Op.Auth a -> !a.scheme().equals("digest") && !a.scheme().equals("ip");
          case Op.Sasl s -> Access.saslAnswer(s.token()) == null;
          default -> false;
        };
    if (refused) {
      open = false; // the server is about to close
    }
  }

  private void misbehave(Pipe p) {
    switch (dice.below(12)) {
      case 0 -> {
        ask(requests.forbidden());
        open = false;
      }
      case 1 -> {
        p.askTooMuch(++xid, dice.chance(0.5) ? maxFrame + 1 + dice.below(1000) : -5);
        open = false;
      }
      case 2, 3 -> closeSession();
      case 4, 5 -> {
        p.close();
        leave();
      }
      case 6, 7, 8 -> { // the server's end hears nothing: the session moves or expires
        p.cut(false);
        leave();
      }
      case 9 -> {
        ask(requests.next(seen));
        p.cut(true);
        leave();
      }
      default -> {
        p.cut(true);
        leave();
      }
    }
  }

  private void closeSession() {
    ask(new Op.CloseSession());
    if (dice.chance(0.5)) { // too late: refused in the log, and nobody is there to be told
      for (int n = dice.between(1, 4); n > 0; n--) {
        ask(dice.chance(0.1) ? new Op.CloseSession() : requests.next(seen));
      }
    }
    open = false;
    session = 0;
    password = new byte[16];
    xid += 1000;
  }

  private void leave() {
    pipe = null;
    open = false;
    later(pause(), this::connect);
    if (dice.chance(0.15)) { // another handle takes its place; the session is left to die
      session = 0;
      password = new byte[16];
    }
  }

  int attempts() {
    return attempts;
  }
}
