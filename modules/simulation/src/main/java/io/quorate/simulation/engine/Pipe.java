package io.quorate.simulation.engine;

import io.quorate.simulation.generate.Dice;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.Op;
import io.quorate.simulation.wire.ClientWire;
import io.quorate.simulation.wire.In;
import io.quorate.simulation.wire.WireException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One TCP connection: bytes in order both ways, in chunks, late, and lost with the connection. Also
 * the place where what goes over it is written down: requests when the client sends them, replies
 * when the server does.
 */
final class Pipe {
  /** What the client's end hears. */
  interface ClientEnd {
    /** A whole frame came. */
    void frame(Event.OfConnection frame);

    /** The other end has closed, or the connection broke. */
    void ended();
  }

  /** How bytes travel. */
  record Weather(int maxLatencyMicros, int maxChunk, int windowBytes, int maxFrame) {}

  /** How long it takes to accept a connection. */
  static final long ACCEPT_NANOS = 1000;

  final int id;
  final ServerEnd serverEnd;
  final Weather weather;
  private final Scheduler scheduler;
  private final Actor world;
  private final Recording recording;
  private final Dice dice;
  private final ClientEnd client;
  private boolean clientOpen = true;
  private boolean cut;

  // client to server
  private long lastArrival;
  private int sentBytes;
  private final ArrayDeque<Integer> frameEnds = new ArrayDeque<>();

  // server to client
  private byte[] unparsed = new byte[0];
  private boolean welcomed;
  private boolean greeted;
  private final Map<Integer, ArrayDeque<Event.Sent>> asked = new HashMap<>();
  private final List<Event.OfConnection> frames = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private int writtenBytes;
  private int receivedBytes;
  private int receivedFrames;
  private long lastDelivery;

  Pipe(
      int id,
      Scheduler scheduler,
      Actor world,
      Recording recording,
      Dice dice,
      Weather weather,
      ClientEnd client,
      ServerEnd serverEnd) {
    this.id = id;
    this.scheduler = scheduler;
    this.world = world;
    this.recording = recording;
    this.dice = dice;
    this.weather = weather;
    this.client = client;
    this.serverEnd = serverEnd;
    serverEnd.attach(this);
    lastArrival = scheduler.now() + ACCEPT_NANOS; // nothing arrives before it is accepted
  }

  // ---- the client's end

  /** Sends the first frame. */
  void connect(Event.ConnectSent hello) {
    greeted = true;
    recording.add(hello);
    send(
        ClientWire.connect(
            hello.lastZxidSeen(),
            hello.timeout(),
            hello.session(),
            hello.password(),
            hello.readOnlyByte()));
  }

  /** Sends a request. */
  void ask(int xid, Op op) {
    byte[] bytes = ClientWire.request(xid, op);
    if (bytes.length - 4 > weather.maxFrame()) {
      recording.add(new Event.Sent(id, xid, new Op.Forbidden(Op.TOO_LONG, new byte[0])));
      send(bytes);
      return;
    }
    Event.Sent sent = new Event.Sent(id, xid, op);
    recording.add(sent);
    asked.computeIfAbsent(Math.min(xid, 1), k -> new ArrayDeque<>()).add(sent);
    send(bytes);
  }

  /** Sends a frame that is too long, of which only a part follows. */
  void askTooMuch(int xid, int claimed) {
    recording.add(new Event.Sent(id, xid, new Op.Forbidden(Op.TOO_LONG, new byte[0])));
    sendRaw(new io.quorate.simulation.wire.Out().int32(claimed).raw(new byte[40]).bytes());
  }

  /** Sends bytes that are no frame of anything. */
  void sendRaw(byte[] bytes) {
    send(bytes);
  }

  private void send(byte[] bytes) {
    sentBytes += bytes.length;
    frameEnds.add(sentBytes);
    for (int at = 0; at < bytes.length; ) {
      int n = Math.min(bytes.length - at, dice.between(1, weather.maxChunk()));
      byte[] chunk = Arrays.copyOfRange(bytes, at, at + n);
      at += n;
      lastArrival = Math.max(lastArrival + 1, scheduler.now() + latency());
      scheduler.after(lastArrival - scheduler.now(), serverEnd.actor(), () -> arrive(chunk));
    }
  }

  private void arrive(byte[] chunk) {
    if (!cut) {
      serverEnd.arrive(chunk);
    }
  }

  private long latency() {
    return 1000L * dice.between(0, weather.maxLatencyMicros());
  }

  /** Closes the client's end in order: what was sent still arrives. */
  void close() {
    if (leave()) {
      lastArrival = Math.max(lastArrival + 1, scheduler.now() + latency());
      scheduler.after(lastArrival - scheduler.now(), serverEnd.actor(), serverEnd::inputEnded);
    }
  }

  /**
   * The connection breaks: what is under way both ways is lost.
   *
   * @param noticed whether the server's end hears of it
   */
  void cut(boolean noticed) {
    cut = true;
    leave();
    if (noticed) {
      scheduler.after(latency(), serverEnd.actor(), serverEnd::broken);
    }
  }

  private boolean leave() {
    if (!clientOpen) {
      return false;
    }
    clientOpen = false;
    if (greeted) {
      recording.add(new Event.ClientClosed(id));
    }
    return true;
  }

  boolean clientOpen() {
    return clientOpen;
  }

  // ---- the server's end

  /** So many bytes of what the client sent were given to the server's handler. */
  void given(int total) {
    while (!frameEnds.isEmpty() && frameEnds.peek() <= total) {
      frameEnds.poll();
      if (greeted) {
        recording.add(new Event.Arrived(id));
      }
    }
  }

  /** The server wrote bytes: takes down the frames in them. */
  void written(byte[] bytes, int offset, int length) {
    byte[] all = Arrays.copyOf(unparsed, unparsed.length + length);
    System.arraycopy(bytes, offset, all, unparsed.length, length);
    int at = 0;
    while (all.length - at >= 4) {
      int n = new In(Arrays.copyOfRange(all, at, at + 4)).int32();
      if (n < 0 || all.length - at - 4 < n) {
        break;
      }
      writtenBytes += 4 + n;
      parse(Arrays.copyOfRange(all, at + 4, at + 4 + n));
      at += 4 + n;
    }
    unparsed = Arrays.copyOfRange(all, at, all.length);
  }

  private void parse(byte[] frame) {
    try {
      Event.OfConnection event = welcomed ? later(frame) : first(frame);
      recording.add(event);
      frames.add(event);
      ends.add(writtenBytes);
    } catch (WireException e) {
      recording.fault(
          "connection " + id + " was sent bytes that no client can read: " + e.getMessage());
    }
  }

  private Event.OfConnection first(byte[] frame) {
    welcomed = true;
    ClientWire.Connected c = ClientWire.connected(frame);
    return new Event.ConnectReply(id, c.timeout(), c.session(), c.password(), c.readOnlyByte());
  }

  private Event.OfConnection later(byte[] frame) {
    ClientWire.Header h = ClientWire.header(frame);
    if (h.xid() == ClientWire.NOTICE) {
      ClientWire.Notice n = ClientWire.notice(h.rest());
      return new Event.Notice(id, h.zxid(), n.type(), n.state(), n.path());
    }
    ArrayDeque<Event.Sent> queue = asked.get(Math.min(h.xid(), 1));
    Event.Sent sent = queue == null ? null : queue.poll();
    if (sent == null) {
      throw new WireException("a reply to nothing, xid " + h.xid());
    }
    Answer answer = h.err() == 0 ? ClientWire.answer(sent.op(), h.rest()) : Answer.None.INSTANCE;
    return new Event.Reply(id, h.xid(), h.zxid(), h.err(), answer);
  }

  /** The server's end sends so many more bytes. */
  void deliver(int bytes) {
    lastDelivery = Math.max(lastDelivery + 1, scheduler.now() + latency());
    scheduler.after(lastDelivery - scheduler.now(), world, () -> received(bytes));
  }

  private void received(int bytes) {
    if (!clientOpen || cut) {
      return;
    }
    receivedBytes += bytes;
    scheduler.after(0, serverEnd.actor(), () -> serverEnd.taken(bytes));
    int before = receivedFrames;
    while (receivedFrames < ends.size() && ends.get(receivedFrames) <= receivedBytes) {
      receivedFrames++;
    }
    if (receivedFrames > before) {
      recording.add(new Event.Received(id, receivedFrames));
      for (int i = before; i < receivedFrames && clientOpen; i++) {
        client.frame(frames.get(i));
      }
    }
  }

  /** The server comes to know that the connection has ended. */
  void serverKnows() {
    if (greeted) {
      recording.add(new Event.ServerLost(id));
    }
  }

  /** The server's end writes nothing more. */
  void serverLeaves() {
    if (greeted) {
      recording.add(new Event.ServerClosed(id));
    }
  }

  /** The client hears the end behind all that was sent. */
  void orderlyEnd() {
    lastDelivery = Math.max(lastDelivery + 1, scheduler.now() + latency());
    scheduler.after(lastDelivery - scheduler.now(), world, this::ended);
  }

  /** The server's process is gone; the kernel closes, or nobody does for a while. */
  void serverDied() {
    if (dice.chance(0.5)) {
      orderlyEnd();
    } else {
      scheduler.after(latency() + 1000L * dice.below(500_000), world, this::ended);
    }
  }

  /** The client hears the end, perhaps before what was sent. */
  void abruptEnd() {
    scheduler.after(latency(), world, this::ended);
  }

  private void ended() {
    if (clientOpen) {
      clientOpen = false;
      cut = true;
      client.ended();
    }
  }
}
