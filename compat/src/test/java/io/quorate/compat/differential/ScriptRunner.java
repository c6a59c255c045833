package io.quorate.compat.differential;

import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.JuteOut;
import io.quorate.compat.wire.Op;
import io.quorate.compat.wire.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a script against a server and writes down what every client sees.
 *
 * <p>After each step every open connection sends a ping and reads up to its answer. A server sends
 * events before any reply that reflects the change (ORD-5), so all events of the step are in.
 */
public final class ScriptRunner {
  private static final int SILENCE_MS = 10_000;
  private static final Request BARRIER = Request.of(Op.XID_PING, Op.PING, "barrier", Bodies.NONE);

  private final ServerProcess server;
  private final Run run;
  private final ReplyText text;
  private final List<Observation> observations = new ArrayList<>();
  private int step;

  private ScriptRunner(ServerProcess server, Script script) {
    this.server = server;
    this.run = new Run(server.lastZxid(), script.clients());
    this.text = new ReplyText(run);
  }

  /** What a run yields. */
  public record Result(List<Observation> observations, Coverage coverage) {}

  /** Runs it, then closes every session it opened, so that nothing happens later. */
  public static Result run(ServerProcess server, Script script) throws IOException {
    ScriptRunner runner = new ScriptRunner(server, script);
    try {
      for (Step s : script.steps()) {
        runner.perform(s);
        runner.step++;
      }
    } finally {
      runner.closeAll();
    }
    return new Result(runner.observations, runner.run.coverage);
  }

  private void perform(Step s) throws IOException {
    int first = observations.size();
    Run.Client client = run.clients[s.client()];
    switch (s) {
      case Step.Connect c -> connect(c, client);
      case Step.Send c -> {
        reconnectIfClosed(c.client(), client);
        send(c.client(), c.requests(), new byte[0]);
      }
      case Step.Raw c -> {
        reconnectIfClosed(c.client(), client);
        raw(c, client);
      }
      case Step.Drop c -> drop(client);
      case Step.AwaitClose c -> awaitClose(c, client);
      case Step.AwaitEvents c -> awaitEvents(c, client);
    }
    barrier();
    if (endsSession(s)) {
      sortEventsOfOneZxid(first);
    }
    if (pipelined(s)) {
      Pipelines.normalise(observations.subList(first, observations.size()), s.client());
    }
  }

  private static boolean pipelined(Step s) {
    return (s instanceof Step.Send c && c.requests().size() > 1)
        || (s instanceof Step.Connect h && !h.pipelined().isEmpty());
  }

  private void reconnectIfClosed(int index, Run.Client client) throws IOException {
    if (client.connection == null) {
      connect(Step.Connect.fresh(index), client);
    }
  }

  private void connect(Step.Connect c, Run.Client client) throws IOException {
    drop(client);
    client.connection = new RawConnection(server.address(), SILENCE_MS);
    client.handshaken = false;
    byte[] hello = RawConnection.frame(handshake(c.handshake()));
    if (c.pipelined().isEmpty()) {
      client.connection.sendRaw(hello);
    } else {
      send(c.client(), c.pipelined(), hello);
      return;
    }
    readHandshake(c.client(), client);
  }

  private void readHandshake(int index, Run.Client client) throws IOException {
    byte[] frame = read(index, client);
    if (frame != null) {
      see(index, text.connect(frame, client));
      if (!client.handshaken) {
        // Rejected: the server closes now.
        awaitEnd(index, client);
      }
    }
  }

  private byte[] handshake(Handshake h) {
    Run.Session session = h.sessionOf() >= 0 ? run.clients[h.sessionOf()].session : null;
    long id = session != null ? session.id : h.sessionOf() == Handshake.UNKNOWN ? 0x1234567L : 0;
    long zxid = h.zxidAhead() == Handshake.ZERO ? 0 : run.zxid(h.zxidAhead());
    JuteOut out =
        new JuteOut()
            .int32(h.protocolVersion())
            .int64(zxid)
            .int32(h.timeoutMs())
            .int64(id)
            .buffer(password(h.password(), session));
    if (h.readOnly() != null) {
      out.bool(h.readOnly());
    }
    return out.raw(new byte[h.surplusBytes()]).toBytes();
  }

  private static byte[] password(Handshake.Password kind, Run.Session session) {
    byte[] right = session == null ? new byte[16] : session.password;
    return switch (kind) {
      case RIGHT -> right;
      case ZEROS -> new byte[16];
      case WRONG -> {
        byte[] wrong = right.clone();
        wrong[7] ^= 1;
        yield wrong;
      }
      case SHORT -> Arrays.copyOf(right, 15);
      case LONG -> Arrays.copyOf(right, 17);
      case EMPTY -> new byte[0];
      case NULL -> null;
    };
  }

  private void send(int index, List<Request> requests, byte[] before) throws IOException {
    Run.Client client = run.clients[index];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(before);
    for (Request r : requests) {
      client.pending.add(r);
      bytes.write(RawConnection.frame(RawConnection.request(r.xid(), r.op(), r.body().bytes(run))));
    }
    client.connection.sendRaw(bytes.toByteArray());
    if (before.length > 0) {
      readHandshake(index, client);
    }
    readReplies(index, client);
  }

  /** Reads until nothing is pending or the connection is gone. */
  private void readReplies(int index, Run.Client client) throws IOException {
    while (client.connection != null && !client.pending.isEmpty()) {
      byte[] frame = read(index, client);
      if (frame != null) {
        frame(index, client, frame);
      }
    }
  }

  private void frame(int index, Run.Client client, byte[] frame) throws IOException {
    if (frame.length < 16) {
      see(index, "frame of " + frame.length + " bytes");
      client.pending.poll();
      return;
    }
    ByteBuffer header = ByteBuffer.wrap(frame);
    int xid = header.getInt();
    long zxid = header.getLong();
    int error = header.getInt();
    Request head = client.pending.peek();
    if (xid == Op.XID_EVENT && (head == null || head.xid() != Op.XID_EVENT)) {
      see(index, text.event(frame) + late(client, zxid));
      client.lastZxid = Math.max(client.lastZxid, zxid);
      return;
    }
    String backwards = zxid > 0 && zxid < client.lastReplyZxid ? " zxid-goes-backwards" : "";
    client.lastReplyZxid = Math.max(client.lastReplyZxid, zxid);
    client.lastZxid = Math.max(client.lastZxid, zxid);
    if (head == null) {
      see(index, "unexpected reply xid=" + xid);
      return;
    }
    if (xid == Op.XID_PING && head.op() != Op.PING) {
      head = overtaken(client);
    } else {
      client.pending.poll();
    }
    see(index, text.reply(frame, head) + backwards);
    if (head.op() == Op.CLOSE_SESSION && client.session != null) {
      client.session.closed = true;
    }
    if (client.pending.isEmpty() && saysGoodbye(head, zxid, error)) {
      awaitEnd(index, client);
    }
  }

  /** An event must not come after a reply that may reflect its change (ORD-5). */
  private static String late(Run.Client client, long zxid) {
    return zxid > 0 && zxid <= client.lastReplyZxid ? " comes-too-late" : "";
  }

  /** Answers to pings may overtake answers to requests. */
  private static Request overtaken(Run.Client client) {
    Request ping = BARRIER;
    for (Request r : client.pending) {
      if (r.op() == Op.PING) {
        ping = r;
        break;
      }
    }
    client.pending.remove(ping);
    return ping;
  }

  /** Replies that a server sends just before it closes: what comes in between is a race. */
  private static boolean saysGoodbye(Request request, long zxid, int error) {
    return request.op() == Op.CLOSE_SESSION
        || (error == -6 && zxid == -1)
        || (error == -115 && request.op() == Op.AUTH);
  }

  private void raw(Step.Raw c, Run.Client client) throws IOException {
    client.connection.sendRaw(c.bytes());
    awaitEnd(c.client(), client);
  }

  /** Reads whatever comes until the server closes. */
  private void awaitEnd(int index, Run.Client client) throws IOException {
    while (client.connection != null) {
      byte[] frame = read(index, client);
      if (frame != null) {
        frame(index, client, frame);
      }
    }
  }

  private void awaitClose(Step.AwaitClose c, Run.Client client) throws IOException {
    if (client.connection != null) {
      client.connection.socket().setSoTimeout((int) c.timeoutMs());
      awaitEnd(c.client(), client);
    }
  }

  private void awaitEvents(Step.AwaitEvents c, Run.Client client) throws IOException {
    if (client.connection == null) {
      return;
    }
    client.connection.socket().setSoTimeout((int) c.timeoutMs());
    for (int i = 0; i < c.count() && client.connection != null; i++) {
      byte[] frame = read(c.client(), client);
      if (frame != null) {
        frame(c.client(), client, frame);
      }
    }
    if (client.connection != null) {
      client.connection.socket().setSoTimeout(SILENCE_MS);
    }
  }

  /** The next frame; null, with the connection forgotten, when the server closed or is silent. */
  private byte[] read(int index, Run.Client client) throws IOException {
    String end;
    try {
      byte[] frame = client.connection.readFrame();
      if (frame != null) {
        return frame;
      }
      end = "closed by the server";
    } catch (SocketTimeoutException e) {
      end = "silence";
    }
    if (!client.pending.isEmpty()) {
      run.coverage.add(
          Op.name(client.pending.peek().op()), end.equals("silence") ? "mute" : "close");
    }
    see(index, end + (client.pending.isEmpty() ? "" : " instead of " + client.pending.size()));
    drop(client);
    return null;
  }

  private void barrier() throws IOException {
    for (Run.Client client : run.clients) {
      if (client.connection != null && client.handshaken) {
        client.pending.add(BARRIER);
        client.connection.sendFrame(
            RawConnection.request(BARRIER.xid(), BARRIER.op(), new byte[0]));
      }
    }
    for (int i = 0; i < run.clients.length; i++) {
      readReplies(i, run.clients[i]);
    }
  }

  private void drop(Run.Client client) throws IOException {
    if (client.connection != null) {
      client.connection.close();
      client.connection = null;
    }
    client.pending.clear();
  }

  private void see(int index, String what) {
    observations.add(new Observation(step, index, what));
  }

  private static boolean endsSession(Step s) {
    return s instanceof Step.AwaitEvents
        || (s instanceof Step.Send c
            && c.requests().stream().anyMatch(r -> r.op() == Op.CLOSE_SESSION));
  }

  /** The ephemerals of a session end in no particular order. */
  private void sortEventsOfOneZxid(int from) {
    int start = from;
    while (start < observations.size()) {
      int end = start;
      while (end < observations.size()
          && sameEventZxid(observations.get(start), observations.get(end))) {
        end++;
      }
      if (end > start) {
        observations.subList(start, end).sort((a, b) -> a.text().compareTo(b.text()));
      }
      start = Math.max(end, start + 1);
    }
  }

  private static boolean sameEventZxid(Observation a, Observation b) {
    return a.client() == b.client()
        && a.text().startsWith("event ")
        && b.text().startsWith("event ")
        && a.text().split(" ")[1].equals(b.text().split(" ")[1]);
  }

  private void closeAll() throws IOException {
    for (Run.Client client : run.clients) {
      drop(client);
    }
    for (Run.Session s : run.sessions) {
      if (!s.closed) {
        closeSession(s);
      }
    }
  }

  private void closeSession(Run.Session s) throws IOException {
    try (RawConnection c = new RawConnection(server.address(), SILENCE_MS)) {
      c.sendFrame(Bodies.connect(0, 30_000, s.id, s.password, false));
      if (c.readFrame() != null) {
        c.sendFrame(RawConnection.request(1, Op.CLOSE_SESSION, Bodies.NONE));
        c.readFrame();
      }
    }
  }
}
