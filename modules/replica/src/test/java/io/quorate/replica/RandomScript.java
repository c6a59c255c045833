package io.quorate.replica;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Commands for {@link Script}, many of them nonsense; keeps to what inputs promise: a connection's
 * reads come when its writes are answered.
 */
final class RandomScript {
  private static final String[] PATHS = {
    "/a", "/b", "/a/x", "/a/y", "/b/x", "/a/x/z", "/c", "/", "/no/such", "/bad/", "\"\""
  };
  private static final String[] ACLS = {
    "open", "auth", "nobody", "empty", "world/anyone/1", "ip/10.0.0.1/31", "digest/u1:h/31"
  };
  private static final String[] TYPES = {
    "CHILDREN", "DATA", "ANY", "PERSISTENT", "PERSISTENT_RECURSIVE"
  };

  private final Random random;
  private final List<String> commands = new ArrayList<>();
  private final Set<String> waiting = new HashSet<>();
  private long now;
  private int connections;

  private RandomScript(long seed) {
    random = new Random(seed);
  }

  static List<String> make(long seed, int length) {
    RandomScript s = new RandomScript(seed);
    for (int i = 0; i < 3; i++) {
      s.connect();
    }
    s.commit();
    for (int i = 0; i < length; i++) {
      s.next();
    }
    s.commit();
    return s.commands;
  }

  private void add(String command) {
    commands.add(command);
  }

  private void commit() {
    add("commit");
    waiting.clear();
  }

  private void connect() {
    connections++;
    String resume = random.nextInt(3) == 0 ? " session=s" + random.nextInt(6) : "";
    String seen = random.nextInt(30) == 0 ? " seen=ffffff" : "";
    String bad = random.nextInt(20) == 0 ? " password=bad" : "";
    add(
        "connect c"
            + connections
            + " timeout="
            + (2000 + random.nextInt(9000))
            + resume
            + seen
            + bad);
  }

  private String client() {
    return "c" + (1 + Math.max(0, connections - 1 - random.nextInt(6)));
  }

  private String any(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private void next() {
    int dice = random.nextInt(100);
    if (dice < 12) {
      commit();
    } else if (dice < 16) {
      add("end");
    } else if (dice < 18) {
      now += random.nextInt(3000);
      add("clock " + now);
    } else if (dice < 22) {
      connect();
    } else if (dice < 24) {
      add("disconnect " + client());
    } else if (dice < 26) {
      add("identify " + client() + (random.nextBoolean() ? " ip 10.0.0.1" : " digest u1:h"));
    } else if (dice < 28) {
      add("heard " + client() + " " + now);
    } else if (dice < 62) {
      write(client());
    } else {
      read(client());
    }
  }

  private void write(String client) {
    waiting.add(client);
    int dice = random.nextInt(30);
    if (dice < 4) {
      StringBuilder multi = new StringBuilder("multi ");
      int ops = random.nextInt(4);
      for (int i = 0; i < ops; i++) {
        multi.append(i == 0 ? "" : " ; ").append(operation());
      }
      add(client + ": " + multi);
    } else if (dice == 4) {
      add(client + ": close");
    } else if (dice == 5) {
      add(client + ": " + (random.nextBoolean() ? "garbage" : "reconfig"));
    } else if (dice < 8) {
      add(client + ": setacl " + any(PATHS) + " " + any(ACLS));
    } else if (dice < 10) {
      add(client + ": sync " + any(PATHS));
    } else {
      add(client + ": " + operation());
    }
  }

  private String operation() {
    String path = any(PATHS);
    String version = random.nextInt(3) == 0 ? " v=" + random.nextInt(3) : "";
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        String mode = any(new String[] {"p", "p", "p", "e", "e", "s", "es", "c", "ttl", "9"});
        String acl = random.nextInt(4) == 0 ? " acl=" + any(ACLS) : "";
        yield any(new String[] {"create ", "create2 "})
            + path
            + " "
            + "d".repeat(random.nextInt(4))
            + " mode="
            + mode
            + " ttl=500"
            + acl;
      }
      case 3, 4 -> "set " + path + " " + random.nextInt(100) + version;
      case 5 -> "check " + path + version;
      default -> "delete " + path + version;
    };
  }

  private void read(String client) {
    if (waiting.contains(client)) {
      return;
    }
    String path = any(PATHS);
    String watch = random.nextBoolean() ? " watch" : "";
    String request =
        switch (random.nextInt(14)) {
          case 0, 1 -> "get " + path + watch;
          case 2, 3 -> "exists " + path + watch;
          case 4 -> "ls " + path + watch;
          case 5 -> "ls2 " + path + watch;
          case 6 -> "getacl " + path;
          case 7 -> "mread " + path + " " + any(PATHS);
          case 8 -> "ephemerals";
          case 9 ->
              "addwatch " + path + (random.nextBoolean() ? " PERSISTENT" : " PERSISTENT_RECURSIVE");
          case 10 -> "rmwatch " + path + " " + any(TYPES);
          case 11 -> "ckwatch " + path + " " + any(TYPES);
          case 12 ->
              "setwatches seen="
                  + Integer.toHexString(random.nextInt(60))
                  + " data=/a,/b exist=/c,/a child=/a,/no/such persistent=/b recursive=/";
          default -> "garbageRead";
        };
    add(client + ": " + request);
  }
}
