package io.quorate.replica;

import io.quorate.api.Acl;
import io.quorate.api.Identity;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.WatchKind;
import io.quorate.api.WatcherType;
import io.quorate.api.ZnodePath;
import io.quorate.watches.WatchTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands, one a line, against a {@link Rig}. Arguments are words; {@code key=value} words
 * may stand anywhere behind the others.
 */
final class Script {
  private final Rig rig;

  Script(Rig rig) {
    this.rig = rig;
  }

  /** The words of a command. */
  private static final class Words {
    private final List<String> plain = new ArrayList<>();
    private final Map<String, String> named = new HashMap<>();
    private int next;

    Words(String text) {
      for (String word : text.trim().split("\\s+")) {
        int eq = word.indexOf('=');
        if (eq > 0) {
          named.put(word.substring(0, eq), word.substring(eq + 1));
        } else {
          plain.add(word);
        }
      }
    }

    String word() {
      if (next == plain.size()) {
        throw new IllegalArgumentException("a word is missing behind " + plain);
      }
      return plain.get(next++);
    }

    boolean more() {
      return next < plain.size();
    }

    ZnodePath path() {
      String word = word();
      return ZnodePath.of(word.equals("\"\"") ? "" : word);
    }

    String named(String key, String otherwise) {
      return named.getOrDefault(key, otherwise);
    }

    int number(String key, int otherwise) {
      String value = named.get(key);
      return value == null ? otherwise : Integer.parseInt(value);
    }
  }

  /** Runs one command. */
  void run(String line) {
    Words w = new Words(line);
    String command = w.word();
    switch (command) {
      case "clock" -> clock(w);
      case "end" -> rig.step(Input.EndOfTurn.INSTANCE);
      case "durable" -> durable(w);
      case "commit" -> { // a turn that ends, and the disk
        rig.step(Input.EndOfTurn.INSTANCE);
        rig.step(new Input.Durable(rig.lastAppended));
      }
      case "connect" -> connect(w);
      case "disconnect" -> rig.step(new Input.Disconnect(rig.client(w.word())));
      case "identify" -> identify(w);
      case "heard" -> heard(w);
      case "show" -> show();
      default -> ask(command, line.trim().substring(command.length()).trim());
    }
  }

  private void clock(Words w) {
    rig.monotonicMs = Long.parseLong(w.word());
    rig.wallMs = 1_000_000 + rig.monotonicMs;
    rig.step(new Input.Clock(rig.wallMs, rig.monotonicMs));
  }

  private void durable(Words w) {
    rig.step(new Input.Durable(w.more() ? Long.parseLong(w.word(), 16) : rig.lastAppended));
  }

  private void connect(Words w) {
    Rig.Client client = rig.client(w.word());
    String session = w.named("session", "s0");
    long number = Long.parseLong(session.substring(1));
    long id = number == 0 && !w.named.containsKey("session") ? 0 : 1L << 56 | number;
    byte[] password = id == 0 ? new byte[16] : rig.passwords.of(id);
    if (w.named.containsKey("password")) {
      password = new byte[16];
    }
    rig.step(
        new Input.Connect(
            client,
            Long.parseLong(w.named("seen", "0"), 16),
            w.number("timeout", 10_000),
            id,
            password));
  }

  private void identify(Words w) {
    Rig.Client client = rig.client(w.word());
    List<Identity> ids = new ArrayList<>(client.ids);
    ids.add(new Identity(w.word(), w.more() ? w.word() : ""));
    client.ids = List.copyOf(ids);
    rig.step(new Input.Identified(client, client.ids));
  }

  private void heard(Words w) {
    long id = rig.client(w.word()).sessionId();
    rig.step(new Input.Heard(new long[] {id, 99}, new long[] {Long.parseLong(w.word()), 0}, 1));
  }

  private void show() {
    WatchTable watches = rig.replica.watchTable();
    rig.lines.add(
        "watches="
            + watches.size()
            + " sessions="
            + rig.replica.sessionTable().size()
            + " outstanding="
            + rig.replica.outstanding()
            + " nodes="
            + rig.store.reader().latest().nodeCount()
            + " ephemerals="
            + rig.store.reader().latest().ephemeralCount());
  }

  /** Any other command: the client, a colon, the request. */
  private void ask(String client, String text) {
    if (!client.endsWith(":")) {
      throw new IllegalArgumentException("no such command: " + client);
    }
    Rig.Client link = rig.client(client.substring(0, client.length() - 1));
    rig.step(new Input.Ask(link, link.nextXid++, request(text), link.ids));
  }

  static Request request(String text) {
    if (text.startsWith("multi")) {
      List<Request.Write> ops =
          Stream.of(text.substring(5).split(";"))
              .filter(t -> !t.isBlank())
              .map(t -> (Request.Write) request(t.trim()))
              .toList();
      return new Request.Multi(ops);
    }
    Words w = new Words(text);
    String op = w.word();
    Request write = write(op, w);
    if (write != null) {
      return write;
    }
    Request read = read(op, w);
    return read == null ? local(op, w) : read;
  }

  private static @Nullable Request write(String op, Words w) {
    return switch (op) {
      case "create", "create2" -> create(op, w);
      case "delete" -> new Request.Delete(w.path(), w.number("v", -1));
      case "set" -> new Request.SetData(w.path(), data(w), w.number("v", -1));
      case "setacl" -> new Request.SetAcl(w.path(), acl(w.word()), w.number("v", -1));
      case "check" -> new Request.Check(w.path(), w.number("v", -1));
      case "close" -> new Request.CloseSession();
      case "reconfig" -> new Request.Reconfig(null, null, null, -1);
      case "garbage" -> new Request.Undecodable(OpCode.SET_DATA, true);
      case "garbageRead" -> new Request.Undecodable(OpCode.GET_DATA, false);
      default -> null;
    };
  }

  private static Request create(String op, Words w) {
    String mode = w.named("mode", "p");
    int code = op.equals("create") ? OpCode.CREATE : OpCode.CREATE2;
    int flags =
        switch (mode) {
          case "p" -> 0;
          case "e" -> 1;
          case "s" -> 2;
          case "es" -> 3;
          case "c" -> 4;
          case "ttl" -> 5;
          default -> Integer.parseInt(mode);
        };
    if (flags == 4) {
      code = OpCode.CREATE_CONTAINER;
    } else if (flags == 5) {
      code = OpCode.CREATE_TTL;
    }
    ZnodePath path = w.path();
    return new Request.Create(
        code, path, data(w), acl(w.named("acl", "open")), flags, w.number("ttl", 0));
  }

  private static byte @Nullable [] data(Words w) {
    return w.more() ? w.word().getBytes(StandardCharsets.UTF_8) : null;
  }

  private static @Nullable Acl acl(String text) {
    return switch (text) {
      case "open" -> Acl.OPEN;
      case "null" -> null;
      case "empty" -> new Acl(List.of());
      case "nobody" -> new Acl(List.of(new Acl.Entry(0, "world", "anyone")));
      case "auth" -> new Acl(List.of(new Acl.Entry(Acl.ALL, "auth", "")));
      default -> { // scheme/id/perms
        String[] p = text.split("/");
        yield new Acl(List.of(new Acl.Entry(Integer.parseInt(p[2]), p[0], p[1])));
      }
    };
  }

  private static @Nullable Request read(String op, Words w) {
    return switch (op) {
      case "get" -> new Request.GetData(w.path(), w.more());
      case "exists" -> new Request.Exists(w.path(), w.more());
      case "ls" -> new Request.GetChildren(OpCode.GET_CHILDREN, w.path(), w.more());
      case "ls2" -> new Request.GetChildren(OpCode.GET_CHILDREN2, w.path(), w.more());
      case "getacl" -> new Request.GetAcl(w.path());
      case "count" -> new Request.GetAllChildrenNumber(w.path());
      case "ephemerals" -> new Request.GetEphemerals(w.more() ? w.path() : null);
      case "whoami" -> new Request.WhoAmI();
      case "ping" -> new Request.Ping();
      case "mread" -> {
        List<Request.Read> ops = new ArrayList<>();
        while (w.more()) {
          ops.add(new Request.GetData(w.path(), true));
        }
        yield new Request.MultiRead(ops);
      }
      default -> null;
    };
  }

  private static Request local(String op, Words w) {
    return switch (op) {
      case "sync" -> new Request.Sync(w.path());
      case "addwatch" -> new Request.AddWatch(w.path(), WatchKind.valueOf(w.word()));
      case "rmwatch" -> new Request.RemoveWatches(w.path(), WatcherType.valueOf(w.word()));
      case "ckwatch" -> new Request.CheckWatches(w.path(), WatcherType.valueOf(w.word()));
      case "setwatches" ->
          new Request.SetWatches(
              OpCode.SET_WATCHES2,
              Long.parseLong(w.named("seen", "0"), 16),
              paths(w, "data"),
              paths(w, "exist"),
              paths(w, "child"),
              paths(w, "persistent"),
              paths(w, "recursive"));
      default -> throw new IllegalArgumentException("no such request: " + op);
    };
  }

  private static List<ZnodePath> paths(Words w, String key) {
    String value = w.named(key, "");
    return value.isEmpty() ? List.of() : Stream.of(value.split(",")).map(ZnodePath::of).toList();
  }
}
