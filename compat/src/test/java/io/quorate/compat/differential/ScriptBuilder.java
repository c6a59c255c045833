package io.quorate.compat.differential;

import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.Op;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes scripts by hand, one request a step unless {@link #together} gathers several. */
final class ScriptBuilder {
  private final String name;
  private final int clients;
  private final List<Step> steps = new ArrayList<>();
  private List<Request> gathered;
  private int xid;

  ScriptBuilder(String name, int clients) {
    this.name = name;
    this.clients = clients;
    for (int c = 0; c < clients; c++) {
      steps.add(Step.Connect.fresh(c));
    }
  }

  Script script() {
    return new Script(name, clients, List.copyOf(steps));
  }

  ScriptBuilder step(Step step) {
    steps.add(step);
    return this;
  }

  ScriptBuilder connect(int client, Handshake handshake, Request... pipelined) {
    return step(new Step.Connect(client, handshake, List.of(pipelined)));
  }

  ScriptBuilder drop(int client) {
    return step(new Step.Drop(client));
  }

  /** What {@code requests} sends goes out in one write. */
  ScriptBuilder together(int client, Runnable requests) {
    gathered = new ArrayList<>();
    requests.run();
    steps.add(new Step.Send(client, List.copyOf(gathered)));
    gathered = null;
    return this;
  }

  ScriptBuilder send(int client, Request request) {
    if (gathered != null) {
      gathered.add(request);
    } else {
      steps.add(Step.Send.of(client, request));
    }
    return this;
  }

  ScriptBuilder send(int client, int op, String what, byte[] body) {
    return send(client, Request.of(++xid, op, what, body));
  }

  ScriptBuilder create(int client, String path) {
    return create(client, path, 0, AclEntry.OPEN);
  }

  ScriptBuilder create(int client, String path, int flags, List<AclEntry> acl) {
    return send(
        client, Op.CREATE, path + " f" + flags + acl, Bodies.create(path, text("x"), acl, flags));
  }

  ScriptBuilder create2(int client, String path, byte[] data, int flags) {
    return send(
        client, Op.CREATE2, path + " f" + flags, Bodies.create(path, data, AclEntry.OPEN, flags));
  }

  ScriptBuilder container(int client, String path) {
    return send(client, Op.CREATE_CONTAINER, path, Bodies.create(path, null, AclEntry.OPEN, 4));
  }

  ScriptBuilder ttl(int client, String path, int flags, long ttl) {
    return send(
        client,
        Op.CREATE_TTL,
        path + " f" + flags + " ttl" + ttl,
        Bodies.createTtl(path, text("t"), AclEntry.OPEN, flags, ttl));
  }

  ScriptBuilder delete(int client, String path, int version) {
    return send(client, Op.DELETE, path + " v" + version, Bodies.pathVersion(path, version));
  }

  ScriptBuilder setData(int client, String path, byte[] data, int version) {
    return send(client, Op.SET_DATA, path + " v" + version, Bodies.setData(path, data, version));
  }

  ScriptBuilder setAcl(int client, String path, List<AclEntry> acl, int version) {
    return send(client, Op.SET_ACL, path + acl + " v" + version, Bodies.setAcl(path, acl, version));
  }

  /** exists, getData, getChildren, getChildren2. */
  ScriptBuilder read(int client, int op, String path, boolean watch) {
    return send(client, op, path + (watch ? " watch" : ""), Bodies.pathWatch(path, watch));
  }

  /** Operations whose body is a path. */
  ScriptBuilder path(int client, int op, String path) {
    return send(client, op, path, Bodies.path(path));
  }

  ScriptBuilder addWatch(int client, String path, int mode) {
    return send(client, Op.ADD_WATCH, path + " mode " + mode, Bodies.pathInt(path, mode));
  }

  ScriptBuilder removeWatches(int client, String path, int type) {
    return send(client, Op.REMOVE_WATCHES, path + " type " + type, Bodies.pathInt(path, type));
  }

  ScriptBuilder checkWatches(int client, String path, int type) {
    return send(client, Op.CHECK_WATCHES, path + " type " + type, Bodies.pathInt(path, type));
  }

  ScriptBuilder auth(int client, String scheme, String credentials) {
    return send(
        client,
        Request.of(
            Op.XID_AUTH, Op.AUTH, scheme + " " + credentials, Bodies.auth(scheme, credentials)));
  }

  ScriptBuilder multi(int client, Object... opsAndBodies) {
    return send(client, Op.MULTI, "" + opsAndBodies.length / 2, multiBody(opsAndBodies));
  }

  ScriptBuilder multiRead(int client, Object... opsAndBodies) {
    return send(client, Op.MULTI_READ, "" + opsAndBodies.length / 2, multiBody(opsAndBodies));
  }

  private static byte[] multiBody(Object... opsAndBodies) {
    List<byte[]> ops = new ArrayList<>();
    for (int i = 0; i < opsAndBodies.length; i += 2) {
      ops.add(Bodies.multiOp((Integer) opsAndBodies[i], (byte[]) opsAndBodies[i + 1]));
    }
    return Bodies.multi(ops);
  }

  ScriptBuilder ping(int client) {
    return send(client, Request.of(Op.XID_PING, Op.PING, "", Bodies.NONE));
  }

  ScriptBuilder bare(int client, int op) {
    return send(client, op, "", Bodies.NONE);
  }

  ScriptBuilder close(int client) {
    return bare(client, Op.CLOSE_SESSION);
  }

  /** setWatches with three lists, setWatches2 with five; relative to what the client saw last. */
  ScriptBuilder setWatches(int client, long back, List<List<String>> lists) {
    return send(
        client,
        new Request(
            Op.XID_SET_WATCHES,
            lists.size() == 3 ? Op.SET_WATCHES : Op.SET_WATCHES2,
            "seen-" + back + " " + lists,
            run -> Bodies.setWatches(Math.max(0, run.lastZxid(client) - back), lists)));
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
