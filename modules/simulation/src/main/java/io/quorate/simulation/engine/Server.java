package io.quorate.simulation.engine;

import io.quorate.acl.AclPolicy;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeView;
import io.quorate.jute.JuteCodecProvider;
import io.quorate.jute.ReplyEncoder;
import io.quorate.replica.Input;
import io.quorate.replica.Reads;
import io.quorate.replica.Replica;
import io.quorate.replica.ReplicaSettings;
import io.quorate.server.ClientConnection;
import io.quorate.server.ClientServices;
import io.quorate.server.CorePort;
import io.quorate.server.EffectsRouter;
import io.quorate.server.IoShard;
import io.quorate.server.ProviderScheme;
import io.quorate.server.ServerConfig;
import io.quorate.server.StartedState;
import io.quorate.sessions.SessionPasswords;
import io.quorate.simulation.disk.Disk;
import io.quorate.simulation.disk.VirtualStorage;
import io.quorate.simulation.generate.Dice;
import io.quorate.simulation.history.Event;
import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.tree.HeapTreeStore;
import io.quorate.tree.TreeRules;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One incarnation of the server: the real recovery, core, shards and connections; the loops around
 * them are tasks in virtual time.
 */
final class Server implements CorePort {
  static final int RECORD_LIMIT = 4 << 20;
  private static final int HEARD_MS = 50;
  private static final int MAX_SLEEP_MS = 500;
  private static final byte[] SECRET = new byte[32];

  final List<VirtualLoop> loops = new ArrayList<>();
  private final Plan plan;
  private final Scheduler scheduler;
  private final Recording recording;
  private final Dice dice;
  private final Clocks clocks;
  private final Actor coreActor = new Actor("core");
  private final List<IoShard> shards = new ArrayList<>();
  private final ArrayDeque<Input> inbox = new ArrayDeque<>();
  private final Replica replica;
  private final EffectsRouter router;
  private final TracedEffects effects;
  private final LogThread log;
  private final SnapshotThread snapshots;
  private final long recoveredZxid;
  private boolean turnWanted;
  private long nextId = 1;
  private long naps;

  /**
   * Recovers and starts.
   *
   * @param failed what happens when the server gives up
   */
  Server(
      Plan plan,
      ServerConfig config,
      Disk disk,
      Scheduler scheduler,
      Recording recording,
      Dice dice,
      Clocks clocks,
      Runnable failed)
      throws IOException {
    this.plan = plan;
    this.scheduler = scheduler;
    this.recording = recording;
    this.dice = dice;
    this.clocks = clocks;
    Codec codec =
        new JuteCodecProvider().open(new CodecConfiguration(RECORD_LIMIT, true, dice.chance(0.5)));
    VirtualStorage storage = new VirtualStorage(disk, codec, RECORD_LIMIT);
    EphemeralOwner.Encoding encoding =
        plan.settings().ttlEnabled()
            ? EphemeralOwner.Encoding.EXTENDED
            : EphemeralOwner.Encoding.PLAIN;
    TreeRules rules =
        new TreeRules(encoding, plan.settings().ttlEnabled(), plan.settings().enforceQuota());
    HeapTreeStore store = new HeapTreeStore((int) dice.any(), encoding, true);
    StartedState.Result recovered = StartedState.recover(storage, store, rules, codec);
    if (recovered.digestMismatches() > 0) {
      recording.fault(recovered.digestMismatches() + " digests differ at recovery");
    }
    recoveredZxid = recovered.recovered().lastZxid();
    Map<String, AuthProvider> auth = Schemes.providers(plan.settings());
    AclPolicy acls = new AclPolicy(ProviderScheme.of(auth), plan.settings().skipAcl());
    SessionPasswords passwords =
        plan.passwordsOfApache() ? SessionPasswords.apache() : SessionPasswords.hmac(SECRET);
    replica =
        new Replica(
            replicaSettings(rules),
            store,
            acls,
            codec::encode,
            passwords,
            recovered.recovered(),
            clock());
    log = new LogThread(storage.log(), this, plan, scheduler, dice, failed);
    snapshots = new SnapshotThread(storage, scheduler, dice, failed);
    router = new EffectsRouter(new Durability());
    effects = new TracedEffects(router, recording, scheduler);
    ClientServices services =
        new ClientServices(
            config,
            new Reads(acls),
            new ReplyEncoder(encoding),
            auth,
            Optional.of(new Schemes.Sasl()),
            Optional.empty(),
            () -> clocks.monotonicNanos());
    for (int i = 0; i < plan.loops(); i++) {
      shards.add(shard(i, services, store.reader()));
    }
  }

  private IoShard shard(int index, ClientServices services, TreeReader reader) {
    VirtualLoop loop = new VirtualLoop(index, scheduler, dice.split());
    loops.add(loop);
    IoShard shard =
        new IoShard(
            services,
            () -> latest(reader),
            this,
            new BoundaryQueue(scheduler),
            loop::execute,
            plan.loops());
    loop.every(HEARD_MS, shard::reportHeard);
    loop.every(1000, shard::closeSessionless);
    return shard;
  }

  private TreeView latest(TreeReader reader) {
    scheduler.boundary();
    TreeView view = reader.latest();
    scheduler.boundary();
    return view;
  }

  private ReplicaSettings replicaSettings(TreeRules rules) {
    return new ReplicaSettings(
        1,
        plan.settings().tickMs(),
        plan.settings().minTimeoutMs(),
        plan.settings().maxTimeoutMs(),
        rules,
        true,
        plan.settings().reconfigEnabled(),
        false,
        false,
        plan.snapCount(),
        0,
        plan.sweepMs(),
        10_000,
        0,
        1000,
        0,
        RECORD_LIMIT,
        2 * HEARD_MS,
        dice.any());
  }

  private Input.Clock clock() {
    return new Input.Clock(clocks.wallMs(), clocks.monotonicNanos() / 1_000_000);
  }

  long recoveredZxid() {
    return recoveredZxid;
  }

  /** Begins to work. */
  void start() {
    wantTurn(0);
  }

  /** A connection comes in. */
  void accept(ServerEnd end) {
    IoShard shard = shards.get(end.loop().index());
    end.handler(new ClientConnection(shard, end, nextId++));
  }

  /** Everything stops where it is. */
  void kill() {
    coreActor.dead = true;
    log.actor().dead = true;
    snapshots.actor().dead = true;
    loops.forEach(l -> l.actor().dead = true);
  }

  /** Writes under way. */
  int outstanding() {
    return replica.outstanding();
  }

  int watchCount() {
    return replica.watchTable().size();
  }

  // ---- the core's thread

  @Override
  public void send(Input input) {
    scheduler.boundary();
    inbox.add(input);
    scheduler.boundary();
  }

  @Override
  public void wake() {
    wantTurn(dice.below(30_000));
  }

  private void wantTurn(long nanos) {
    if (!turnWanted) {
      turnWanted = true;
      boolean stalls = plan.stalls() && dice.chance(0.002);
      long stall = stalls ? 1_000_000L * dice.between(1, Plan.MAX_STALL_MS) : 0;
      scheduler.after(nanos + stall, coreActor, this::turn);
    }
  }

  private void turn() {
    turnWanted = false;
    replica.step(clock(), effects);
    int most = dice.chance(0.2) ? dice.between(1, 3) : 8192;
    for (int i = 0; i < most; i++) {
      Input input = inbox.poll();
      if (input == null) {
        break;
      }
      scheduler.boundary();
      replica.step(input, effects);
    }
    replica.step(Input.EndOfTurn.INSTANCE, effects);
    scheduler.boundary();
    log.handOver();
    scheduler.boundary();
    router.wakeShards();
    if (!inbox.isEmpty()) {
      wantTurn(0);
    } else {
      sleep();
    }
  }

  private void sleep() {
    long wait = replica.nextDeadlineMs() - clocks.monotonicNanos() / 1_000_000;
    long nap = ++naps;
    scheduler.after(
        Math.clamp(wait, 1, MAX_SLEEP_MS) * 1_000_000L,
        coreActor,
        () -> {
          if (nap == naps) {
            wantTurn(0);
          }
        });
  }

  /** What the router's records and snapshots go to. */
  private final class Durability implements EffectsRouter.Durability {
    @Override
    public void append(long zxid, byte[] bytes) {
      log.gather(zxid, bytes);
    }

    @Override
    public void snapshot(TreeView view) {
      if (snapshots.begin(view)) {
        log.roll();
      }
    }
  }

  /** Writes down that it serves now. */
  void announce(int incarnation) {
    recording.add(new Event.Boot(incarnation, recoveredZxid));
  }
}
