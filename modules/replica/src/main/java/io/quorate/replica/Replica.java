package io.quorate.replica;

import io.quorate.acl.AclPolicy;
import io.quorate.api.ErrorCode;
import io.quorate.api.Reply;
import io.quorate.api.Request;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.sessions.Session;
import io.quorate.sessions.SessionIds;
import io.quorate.sessions.SessionPasswords;
import io.quorate.sessions.SessionTable;
import io.quorate.tree.QuotaRefusals;
import io.quorate.watches.WatchTable;
import io.quorate.zab.Broadcast;
import io.quorate.zab.Output;
import java.util.List;

/**
 * One server's core: takes inputs one at a time, in one thread, and calls effects. A turn is:
 * {@link Input.Clock}, any inputs, {@link Input.EndOfTurn}. What a turn proposes becomes one batch,
 * which takes effect as a whole when its last transaction is committed.
 *
 * <p>The leader applies what it prepares to the store's head at once; readers see it when the batch
 * is published. So a request is always validated against everything before it (ORD-11), and applied
 * once.
 */
public final class Replica {
  private final Core core;
  private final Broadcast broadcast;
  private final Committer committer;
  private final Proposer proposer;
  private final WatchDesk watches;
  private final SessionDesk sessions;
  private final Sweeper sweeper;
  private final SnapshotClock snapshots;
  private Effects effects;

  /**
   * A standalone server's core over a recovered state, whose log is durable up to its last zxid.
   * Publishes the state.
   *
   * @param clock the time of start; session ids come from its wall time
   */
  public Replica(
      ReplicaSettings settings,
      TreeStore store,
      AclPolicy acls,
      TransactionEncoder encoder,
      SessionPasswords passwords,
      Recovered recovered,
      Input.Clock clock) {
    long lastZxid = recovered.lastZxid();
    core = new Core(settings, store, acls);
    core.wallMs = clock.wallMs();
    core.monotonicMs = clock.monotonicMs();
    core.tree.initialise();
    TreeView view = store.seal(lastZxid);
    store.publish(view);
    core.committed = view;
    effects = NoEffects.INSTANCE;
    watches = new WatchDesk(core);
    committer = new Committer(core, watches, lastZxid);
    long self = settings.serverId();
    broadcast = new Broadcast(self, new long[] {self}, lastZxid, new ToEffects());
    proposer = new Proposer(core, encoder, broadcast, committer);
    SessionIds ids = new SessionIds(self, clock.wallMs(), lastZxid);
    sessions = new SessionDesk(core, proposer, watches, ids, passwords);
    sessions.recovered();
    sweeper = new Sweeper(core, proposer);
    snapshots = new SnapshotClock(settings, recovered, clock.monotonicMs());
  }

  /** Takes one input; calls the effects before it returns. */
  public void step(Input input, Effects effects) {
    this.effects = effects;
    // No pattern switch: its first use makes a class at run time, and this is on the way to READY.
    if (input instanceof Input.Ask ask) {
      ask(ask);
    } else if (input instanceof Input.Durable durable) {
      broadcast.durable(durable.zxid());
    } else if (input instanceof Input.EndOfTurn) {
      endOfTurn();
    } else if (input instanceof Input.Clock clock) {
      clock(clock);
    } else if (input instanceof Input.Heard heard) {
      sessions.heard(heard);
    } else if (input instanceof Input.Connect connect) {
      sessions.connect(connect, effects);
    } else if (input instanceof Input.Identified identified) {
      identified.link().identities = identified.identities();
    } else if (input instanceof Input.Disconnect disconnect) {
      sessions.disconnect(disconnect.link());
    } else {
      throw new IllegalStateException("an input of no known kind: " + input);
    }
  }

  private void clock(Input.Clock clock) {
    core.wallMs = clock.wallMs();
    core.monotonicMs = Math.max(core.monotonicMs, clock.monotonicMs());
  }

  /** What is due comes after the turn's inputs, which may say that a session was heard (S8). */
  private void endOfTurn() {
    sessions.expire(effects);
    sweeper.tick();
    committer.seal(broadcast.lastProposed());
    takeEffect(broadcast.lastCommitted()); // if the disk was quicker than the turn
    if (snapshots.quiet(SnapshotClock.sizeOf(core.committed), core.monotonicMs)) {
      effects.snapshot(core.committed);
    }
  }

  private void ask(Input.Ask ask) {
    ClientLink link = ask.link();
    Session session = link.session;
    if (link.closed || session == null) {
      return; // the connection was closed while this was on its way
    }
    switch (ask.request()) {
      case Request.Undecodable r when !r.write() ->
          effects.reply(
              link,
              ask.xid(),
              core.committed.zxid(),
              new Reply.Refused(ErrorCode.MARSHALLING_ERROR));
      case Request.CloseSession r when session.isLocal() -> closeLocal(ask, session);
      case Request.Write w -> proposer.write(ask, w);
      case Request.Read r -> watches.read(ask, r, effects);
      case Request.Sync r -> sync(ask, r);
      case Request.Local r -> watches.local(ask, r, effects);
    }
  }

  /** Needs no transaction, but the writes before it are answered first. */
  private void closeLocal(Input.Ask ask, Session session) {
    if (committer.size() == 0) {
      sessions.closeLocal(session, ask.link(), ask.xid(), effects);
      return;
    }
    session.close();
    committer.add(
        new Pending(
            broadcast.lastProposed(),
            ask.link(),
            ask.xid(),
            Reply.None.INSTANCE,
            List.of(),
            session.id(),
            Pending.Kind.CLOSE_LOCAL));
  }

  /** Is answered when everything proposed so far is committed. */
  private void sync(Input.Ask ask, Request.Sync sync) {
    Reply reply = new Reply.Synced(sync.path());
    if (committer.size() == 0) {
      effects.reply(ask.link(), ask.xid(), core.committed.zxid(), reply);
      return;
    }
    committer.add(
        new Pending(
            broadcast.lastProposed(),
            ask.link(),
            ask.xid(),
            reply,
            List.of(),
            0,
            Pending.Kind.SYNC));
  }

  private void takeEffect(long zxid) {
    int count = committer.commit(zxid, sessions, effects);
    long bytes = SnapshotClock.sizeOf(core.committed);
    if (count > 0 && snapshots.committed(count, bytes, core.monotonicMs)) {
      effects.snapshot(core.committed);
    }
  }

  /** The next monotonic time at which {@link Input.Clock} has something to do. */
  public long nextDeadlineMs() {
    return Math.min(Math.min(sessions.nextMs(), sweeper.nextMs()), snapshots.nextMs());
  }

  /** Writes that were proposed and are not committed. */
  public int outstanding() {
    return committer.size();
  }

  /** The session table, to be read on the core's thread. */
  public SessionTable sessionTable() {
    return core.sessions;
  }

  /** The watch table, to be read on the core's thread. */
  public WatchTable watchTable() {
    return core.watches;
  }

  /** What quotas refused, to be read on the core's thread. */
  public QuotaRefusals quotaRefusals() {
    return core.tree.quotaRefusals();
  }

  /** The digest history, to be read on the core's thread. */
  public DigestLog digestLog() {
    return core.digests;
  }

  /** The last zxid given to a proposal. */
  public long lastProposed() {
    return broadcast.lastProposed();
  }

  /** What the broadcast asks for. */
  private final class ToEffects implements Output {
    @Override
    public void append(long zxid, byte[] transaction) {
      snapshots.appended(transaction.length);
      effects.append(zxid, transaction);
    }

    @Override
    public void commit(long zxid) {
      takeEffect(zxid);
    }
  }
}
