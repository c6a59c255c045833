package io.quorate.server;

import io.quorate.acl.AclPolicy;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.TreeStore;
import io.quorate.jute.ReplyEncoder;
import io.quorate.replica.Reads;
import io.quorate.replica.Replica;
import io.quorate.replica.ReplicaSettings;
import io.quorate.sessions.SessionPasswords;
import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.SaslProvider;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.CodecProvider;
import io.quorate.spi.metrics.MetricsProvider;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.transport.Transport;
import io.quorate.tree.HeapTreeStore;
import io.quorate.tree.TreeRules;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jctools.queues.SpscUnboundedArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running standalone server: finds the providers, recovers the state, and connects loops, core
 * and log. Threads: the transport's I/O loops, one core loop, one log writer, one snapshot helper,
 * one for four-letter words while somebody asks, and at the start one that opens the transport.
 */
public final class QuorateServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QuorateServer.class);
  private static final int MAX_WATCHES_PER_CONNECTION = 1_000_000;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<ExitCode> exit = new AtomicReference<>();
  private final List<Runnable> closers = new ArrayList<>(); // run last to first
  private final RunningStatus status;
  private boolean closed;

  /**
   * Starts a server; it serves when this returns.
   *
   * @param words the four-letter words
   * @throws StartException if it can not start; everything begun is undone
   */
  public static QuorateServer start(ServerConfig config, TextCommands words) throws StartException {
    return new QuorateServer(config, words);
  }

  private QuorateServer(ServerConfig config, TextCommands words) throws StartException {
    try {
      status = open(config, words);
    } catch (StartException e) {
      close();
      throw e.placed(config);
    } catch (IOException e) {
      close();
      throw new StartException(ExitCode.DATA_DIRECTORY, String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      ExitCode told = exit.get(); // the store may have found damage on a thread of its own
      close();
      if (told != null) {
        throw new StartException(told, String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }

  private RunningStatus open(ServerConfig config, TextCommands words)
      throws StartException, IOException {
    Providers providers = Providers.of(config);
    TransportOpening transport = TransportOpening.begin(providers, config);
    closers.add(transport::close);
    Map<String, AuthProvider> auth =
        AuthSchemes.configure(providers, config.auth(), config.properties());
    Optional<SaslProvider> sasl =
        AuthSchemes.sasl(providers.all(SaslProvider.class), config.properties());
    AuthSchemes.checkEnforced(config.auth(), auth, sasl);
    MetricsProvider metrics =
        providers.find(
            MetricsProvider.class,
            "metricsProvider.className",
            config.providers().metrics(),
            MetricsProvider::name);
    metrics.configure(config.providers().metricsProperties());
    Codec codec = codec(providers, config, config.providers().codec());
    Storage storage = openStorage(providers, config, codec);

    EphemeralOwner.Encoding encoding = ClientServices.encoding(config.features());
    TreeRules rules = rules(config);
    int hashSeed = (int) SystemRandom.nextLong();
    TreeStore store =
        storage
            .treeStore()
            .orElseGet(() -> new HeapTreeStore(hashSeed, encoding, config.features().digest()));
    closers.add(store::close);
    store.onFailure(this::failStore);
    long recoveryStart = System.nanoTime();
    StartedState.Result recovered = StartedState.recover(storage, store, rules, codec);
    metrics.summary("dbinittime", false).add((System.nanoTime() - recoveryStart) / 1_000_000);
    metrics.summary("startup_txns_loaded", false).add(recovered.recovered().transactions());
    metrics.counter("digest_mismatches_count").add(recovered.digestMismatches());
    AclPolicy acls = new AclPolicy(ProviderScheme.of(auth), config.features().skipAcl());
    Replica replica =
        new Replica(
            settings(config, rules, SystemRandom.nextLong()),
            store,
            acls,
            codec::encode,
            passwords(config),
            recovered.recovered(),
            CoreLoop.clock());
    ClientServices services =
        new ClientServices(
            config,
            new Reads(acls),
            new ReplyEncoder(encoding),
            auth,
            sasl,
            Optional.empty(),
            System::nanoTime);
    return run(config, words, services, replica, store, storage, metrics, transport);
  }

  private Storage openStorage(Providers providers, ServerConfig config, Codec codec)
      throws StartException, IOException {
    String name = config.providers().storage();
    StorageProvider provider =
        providers.find(StorageProvider.class, "storage", name, StorageProvider::name);
    DataRecord.check(config);
    Storage storage =
        providers.open(
            provider, "storage=" + name, () -> provider.open(storageSettings(config, codec)));
    closers.add(
        () -> {
          try {
            storage.close();
          } catch (IOException e) {
            LOG.warn("closing the data directory: {}", e.toString());
          }
        });
    DataRecord.of(config).writeIfAbsent(config.data().dataDir());
    return storage;
  }

  static StorageConfiguration storageSettings(ServerConfig config, Codec codec) {
    return new StorageConfiguration(
        config.data().dataDir(),
        config.data().logDir(),
        codec,
        config.limits().maxRecordBytes(),
        config.log().preallocateBytes(),
        config.log().forceSync(),
        config.log().fileLimitBytes(),
        config.snapshot().compression(),
        config.data().trustEmptySnapshot(),
        config.data().autoCreate(),
        ClientServices.encoding(config.features()),
        config.features().digest(),
        config.providers().storageProperties());
  }

  /** How the tree is to be changed. */
  static TreeRules rules(ServerConfig config) {
    return new TreeRules(
        ClientServices.encoding(config.features()),
        config.features().extendedTypes() || config.features().emulate353Ttl(),
        config.features().enforceQuota());
  }

  static Codec codec(Providers providers, ServerConfig config, String name)
      throws StartException, IOException {
    CodecProvider provider =
        providers.find(CodecProvider.class, "codec", name, CodecProvider::name);
    CodecConfiguration settings =
        new CodecConfiguration(
            config.limits().maxRecordBytes(),
            config.features().digest(),
            config.snapshot().serializeLastZxid());
    return providers.open(provider, "codec=" + name, () -> provider.open(settings));
  }

  private static ReplicaSettings settings(ServerConfig config, TreeRules rules, long seed) {
    int tickMs = config.sessions().tickMs();
    return new ReplicaSettings(
        1,
        tickMs,
        config.sessions().minTimeoutMs(),
        config.sessions().maxTimeoutMs(),
        rules,
        config.features().digest(),
        config.features().reconfig(),
        config.sessions().localEnabled(),
        config.sessions().localUpgrading(),
        config.snapshot().afterTransactions(),
        config.snapshot().afterLogBytes(),
        config.containers().checkIntervalMs(),
        config.containers().maxPerMinute(),
        config.containers().maxNeverUsedMs(),
        MAX_WATCHES_PER_CONNECTION,
        config.limits().watchBytes(),
        config.limits().maxRecordBytes(),
        (int) (2 * heardPeriodMs(tickMs)),
        seed);
  }

  /** How often shards report which sessions they heard. */
  private static long heardPeriodMs(int tickMs) {
    return Math.clamp(tickMs / 10, 5, 100);
  }

  private static SessionPasswords passwords(ServerConfig config) throws IOException {
    return switch (config.sessions().passwords()) {
      case APACHE -> SessionPasswords.apache();
      case HMAC -> SessionPasswords.hmac(SessionSecret.readOrMake(config.data().dataDir()));
    };
  }

  private RunningStatus run(
      ServerConfig config,
      TextCommands words,
      ClientServices base,
      Replica replica,
      TreeStore store,
      Storage storage,
      MetricsProvider metrics,
      TransportOpening opening)
      throws StartException, IOException {
    CoreLoop core = new CoreLoop(this::fail);
    FsyncTimes fsyncs = new FsyncTimes(metrics);
    SnapshotHelper snapshots =
        new SnapshotHelper(storage.snapshots(), config.purge(), metrics, this::failSnapshot);
    closers.add(snapshots::stop);
    LogWriter log = new LogWriter(storage.log(), core, config.log(), fsyncs, this::fail);
    log.start();
    closers.add(log::stop);
    Durability durability = new Durability(log, snapshots);
    EffectsRouter router = new EffectsRouter(durability);
    CoreNumbers numbers = new CoreNumbers();

    Transport transport = opening.await();
    List<Transport.Loop> loops = transport.loops();
    List<IoShard> shards = new ArrayList<>();
    ConnectionThrottle throttle =
        new ConnectionThrottle(
            config.connectionThrottle(),
            () -> System.nanoTime() / 1_000_000,
            () -> ThreadLocalRandom.current().nextLong());
    ClientAcceptor acceptor = new ClientAcceptor(shards, config, throttle, metrics);
    RunningStatus running =
        new RunningStatus(
            config,
            store.reader(),
            shards,
            loops,
            core,
            numbers,
            storage,
            metrics,
            fsyncs,
            throttle,
            acceptor);
    WordRunner wordRunner = new WordRunner(words, running);
    ClientServices services = base.withWords(wordRunner);
    for (Transport.Loop loop : loops) {
      IoShard shard =
          new IoShard(
              services,
              store.reader(),
              core,
              new SpscUnboundedArrayQueue<Object>(1024),
              loop::execute,
              loops.size());
      shards.add(shard);
      loop.every(heardPeriodMs(config.sessions().tickMs()), shard::reportHeard);
      loop.every(1000, shard::closeSessionless);
    }
    core.start(
        coreHost(loops),
        replica,
        router,
        () -> {
          durability.handOver();
          router.wakeShards();
          numbers.update(replica);
        });
    closers.add(core::stop);
    closers.add(opening::close);
    closers.add(wordRunner::stop);
    Transport.Listener listener;
    try {
      listener = transport.listen(config.client().address(), config.client().backlog(), acceptor);
    } catch (IOException e) {
      throw new StartException(ExitCode.UNEXPECTED_ERROR, String.valueOf(e.getMessage()), e);
    }
    closers.add(listener::close);
    running.serving(listener.address());
    return running;
  }

  private static CoreHost coreHost(List<Transport.Loop> loops) {
    return loops.size() == 1 && Runtime.getRuntime().availableProcessors() == 1
        ? new CoreOnLoop(loops.getFirst())
        : new CoreThread();
  }

  /** What operators may see. */
  public ServerStatus status() {
    return status;
  }

  /** The address clients reach it at, with the real port. */
  public InetSocketAddress clientAddress() {
    return status.clientAddress();
  }

  /** A thread could not go on: nothing is acknowledged any more, the process is to end. */
  private void fail(Throwable cause) {
    LOG.error("the server stops: {}", cause.toString(), cause);
    end(ExitCode.UNEXPECTED_ERROR);
  }

  private void failSnapshot(Throwable cause) {
    LOG.error("the server stops: a snapshot could not be written: {}", cause.toString(), cause);
    end(ExitCode.SNAPSHOT_ERROR);
  }

  private void failStore(Throwable cause) {
    LOG.error("the server stops: {}", cause.toString(), cause);
    end(
        cause instanceof CorruptStorageException
            ? ExitCode.DATA_DIRECTORY
            : ExitCode.SNAPSHOT_ERROR);
  }

  private void end(ExitCode code) {
    exit.compareAndSet(null, code);
    ended.countDown();
  }

  /** Waits until the server has failed or was closed; says what the process is to exit with. */
  public ExitCode awaitEnd() throws InterruptedException {
    ended.await();
    ExitCode code = exit.get();
    return code == null ? ExitCode.NORMAL : code;
  }

  /** Stops serving and lets everything go: what was acknowledged is on disk. */
  @Override
  public void close() {
    synchronized (closers) {
      if (closed) {
        return;
      }
      closed = true;
      if (status != null) {
        status.stopped();
      }
      for (int i = closers.size() - 1; i >= 0; i--) {
        closers.get(i).run();
      }
    }
    end(ExitCode.NORMAL);
  }
}
