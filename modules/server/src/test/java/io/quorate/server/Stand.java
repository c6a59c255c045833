package io.quorate.server;

import io.quorate.acl.AclPolicy;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeView;
import io.quorate.jute.ReplyEncoder;
import io.quorate.replica.Input;
import io.quorate.replica.Reads;
import io.quorate.replica.Recovered;
import io.quorate.replica.Replica;
import io.quorate.replica.ReplicaSettings;
import io.quorate.sessions.SessionPasswords;
import io.quorate.spi.auth.AuthProvider;
import io.quorate.tree.HeapTreeStore;
import io.quorate.tree.TreeRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Shards, router and core of a server without threads, sockets or files. */
final class Stand {
  final HeapTreeStore store = new HeapTreeStore(1, EphemeralOwner.Encoding.EXTENDED, false);
  final ServerConfig config;
  final ClientServices services;
  final Replica replica;
  final List<FakeLoop> loops = new ArrayList<>();
  final List<IoShard> shards = new ArrayList<>();
  final List<ArrayDeque<Object>> mailboxes = new ArrayList<>();
  final ArrayDeque<Input> inbox = new ArrayDeque<>();
  final SessionPasswords passwords = SessionPasswords.apache();
  final EffectsRouter router = new EffectsRouter(new Disk());
  long nanos = 1_000_000_000L;
  long monotonicMs;
  private long lastAppended;
  private long nextConnection = 1;

  /** What the core asks to be written. */
  private final class Disk implements EffectsRouter.Durability {
    @Override
    public void append(long zxid, byte[] record) {
      lastAppended = zxid;
    }

    @Override
    public void snapshot(TreeView view) {
      throw new AssertionError("no snapshot is due");
    }
  }

  Stand(int shardCount, Map<String, String> settings, AuthProvider... auth) {
    try {
      config = ConfigReader.read(null, settings, Map.of(), true).config();
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
    Map<String, AuthProvider> schemes = new java.util.HashMap<>();
    for (AuthProvider provider : auth) {
      schemes.put(provider.scheme(), provider);
    }
    AclPolicy acls = new AclPolicy(ProviderScheme.of(schemes), false);
    replica =
        new Replica(
            replicaSettings(),
            store,
            acls,
            r -> new byte[1],
            passwords,
            Recovered.whole(0),
            new Input.Clock(1, 0));
    services =
        new ClientServices(
            config,
            new Reads(acls),
            new ReplyEncoder(EphemeralOwner.Encoding.EXTENDED),
            schemes,
            Optional.empty(),
            Optional.empty(),
            () -> nanos);
    for (int i = 0; i < shardCount; i++) {
      addShard(new ArrayDeque<>(), services);
    }
  }

  private ReplicaSettings replicaSettings() {
    return new ReplicaSettings(
        1,
        1000,
        2000,
        20_000,
        new TreeRules(EphemeralOwner.Encoding.EXTENDED, true, false),
        false,
        false,
        config.sessions().localEnabled(),
        false,
        1_000_000,
        0,
        60_000,
        10_000,
        0,
        1000,
        config.limits().watchBytes(),
        config.limits().maxRecordBytes(),
        0,
        1);
  }

  /** A shard with this mailbox. */
  IoShard addShard(ArrayDeque<Object> mailbox, ClientServices services) {
    FakeLoop loop = new FakeLoop(loops.size());
    Queue<Object> queue = mailbox;
    IoShard shard = new IoShard(services, store.reader(), new Port(), queue, loop::execute, 1);
    loops.add(loop);
    shards.add(shard);
    mailboxes.add(mailbox);
    return shard;
  }

  private final class Port implements CorePort {
    @Override
    public void send(Input input) {
      inbox.addLast(input);
    }

    @Override
    public void wake() {
      // turns are taken by hand
    }
  }

  /** A client on this shard, not connected yet. */
  TestClient client(int shard) {
    FakeConnection channel = new FakeConnection(loops.get(shard));
    ClientConnection connection =
        new ClientConnection(shards.get(shard), channel, nextConnection++);
    channel.handler(connection);
    return new TestClient(this, channel, connection);
  }

  /** A client with a session. */
  TestClient open(int shard) {
    TestClient client = client(shard);
    client.connect(0, 0, new byte[16]);
    settle();
    client.takeConnected();
    return client;
  }

  /** One turn of the core over all that came; nothing becomes durable. */
  void turn() {
    replica.step(new Input.Clock(1000 + monotonicMs, monotonicMs), router);
    for (Input input = inbox.poll(); input != null; input = inbox.poll()) {
      replica.step(input, router);
    }
    replica.step(Input.EndOfTurn.INSTANCE, router);
    router.wakeShards();
  }

  /** All that was appended is on disk: the next turn hears of it. */
  void durable() {
    inbox.addLast(new Input.Durable(lastAppended));
  }

  void runLoops() {
    loops.forEach(FakeLoop::run);
  }

  /** Until nothing is under way. */
  void settle() {
    do {
      turn();
      durable();
      turn();
      runLoops();
    } while (!inbox.isEmpty());
  }
}
