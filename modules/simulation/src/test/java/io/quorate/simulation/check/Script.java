package io.quorate.simulation.check;

import io.quorate.simulation.history.AclEntry;
import io.quorate.simulation.history.Op;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short ways to write requests. */
final class Script {
  static final List<AclEntry> OPEN = List.of(new AclEntry(31, "world", "anyone"));

  private Script() {}

  static byte[] bytes(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  static Op.Create create(String path, int flags) {
    return new Op.Create(1, path, bytes("x"), OPEN, flags, 0);
  }

  static Op.Create create2(String path, int flags) {
    return new Op.Create(15, path, bytes("x"), OPEN, flags, 0);
  }

  static Op.Create secret(String path, String user) {
    String id = io.quorate.simulation.model.Access.digestId(user);
    return new Op.Create(1, path, bytes("x"), List.of(new AclEntry(31, "digest", id)), 0, 0);
  }

  static Op.Create container(String path) {
    return new Op.Create(19, path, bytes("x"), OPEN, 4, 0);
  }

  static Op.Create ttl(String path, long ms) {
    return new Op.Create(21, path, bytes("x"), OPEN, 5, ms);
  }

  static Op.Delete delete(String path) {
    return new Op.Delete(path, -1);
  }

  static Op.SetData set(String path, String data) {
    return new Op.SetData(path, bytes(data), -1);
  }

  static Op.GetData get(String path) {
    return new Op.GetData(path, false);
  }

  static Op.GetData getWatch(String path) {
    return new Op.GetData(path, true);
  }

  static Op.Exists existsWatch(String path) {
    return new Op.Exists(path, true);
  }

  static Op.GetChildren children(String path, boolean watch) {
    return new Op.GetChildren(12, path, watch);
  }

  static Op.SetWatches setWatches(
      long since, List<String> data, List<String> exist, List<String> child) {
    return new Op.SetWatches(101, since, data, exist, child, List.of(), List.of());
  }

  static Op.Auth auth(String user) {
    return new Op.Auth("digest", bytes(user));
  }

  static Op.Multi multi(Op... ops) {
    return new Op.Multi(List.of(ops));
  }
}
