package io.quorate.replica;

import io.quorate.sessions.Session;
import io.quorate.sessions.SessionIds;
import io.quorate.sessions.SessionPasswords;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens, resumes, moves, expires and closes sessions. */
final class SessionDesk {
  /** Turns come at least twice a second; a longer gap is a pause of the process. */
  private static final long STALL_MS = 1500;

  private final Core core;
  private final Proposer proposer;
  private final WatchDesk watches;
  private final SessionIds ids;
  private final SessionPasswords passwords;
  private final Map<Long, ClientLink> owners = new HashMap<>();

  /** When the last turn was, and before when nothing expires; monotonic ms. */
  private long lookedMs;

  private long notBeforeMs = Long.MIN_VALUE;

  SessionDesk(
      Core core, Proposer proposer, WatchDesk watches, SessionIds ids, SessionPasswords passwords) {
    this.core = core;
    this.proposer = proposer;
    this.watches = watches;
    this.ids = ids;
    this.passwords = passwords;
    this.lookedMs = core.monotonicMs;
  }

  /** Gives every session of the recovered state a full timeout (SES-8). */
  void recovered() {
    core.committed.sessions(
        (id, timeoutMs) -> core.sessions.open(id, timeoutMs, false, core.monotonicMs));
  }

  /** The checks of the handshake, in order (reference section 1.3); the password comes first. */
  void connect(Input.Connect c, Effects effects) {
    ClientLink link = c.link();
    if (link.closed || link.session != null) {
      return;
    }
    if (c.lastZxidSeen() > core.committed.zxid()) {
      close(link, CloseReason.CLIENT_AHEAD, effects);
      return;
    }
    int timeoutMs =
        Math.clamp(
            c.timeoutMs(),
            core.settings.minSessionTimeoutMs(),
            core.settings.maxSessionTimeoutMs());
    if (c.sessionId() == 0) {
      open(link, timeoutMs, effects);
    } else {
      resume(c, timeoutMs, effects);
    }
  }

  private void open(ClientLink link, int timeoutMs, Effects effects) {
    boolean local = core.settings.localSessions();
    long id = ids.next(used -> core.sessions.get(used) != null);
    Session session = core.sessions.open(id, timeoutMs, local, core.monotonicMs);
    if (local) {
      attach(session, link, effects);
    } else {
      proposer.openSession(session, link, Pending.Kind.OPEN_SESSION);
    }
  }

  private void resume(Input.Connect c, int timeoutMs, Effects effects) {
    ClientLink link = c.link();
    Session session = core.sessions.get(c.sessionId());
    if (!passwords.matches(c.sessionId(), c.password()) || session == null || session.isClosing()) {
      effects.rejected(link);
      close(link, CloseReason.SESSION_REJECTED, effects);
      return;
    }
    ClientLink old = owners.get(session.id());
    if (old != null) {
      close(old, CloseReason.SESSION_MOVED, effects);
    }
    core.sessions.renew(session, timeoutMs, core.monotonicMs);
    attach(session, link, effects);
  }

  private void attach(Session session, ClientLink link, Effects effects) {
    link.session = session;
    owners.put(session.id(), link);
    effects.opened(link, session.id(), session.timeoutMs(), passwords.of(session.id()));
  }

  /** A session's opening was committed. */
  void opened(long id, @Nullable ClientLink link, Effects effects) {
    Session session = core.sessions.get(id);
    if (session != null && !session.isClosing() && link != null && !link.closed) {
      attach(session, link, effects);
    }
  }

  /** A session's closing was committed. */
  void closed(Pending p, Effects effects) {
    core.sessions.remove(p.session());
    ClientLink owner = owners.remove(p.session());
    ClientLink asker = p.link();
    if (asker != null && !asker.closed && p.reply() != null) {
      effects.reply(asker, p.xid(), p.zxid(), p.reply());
    }
    if (owner != null && !owner.closed) {
      close(
          owner,
          p.reply() == null ? CloseReason.SESSION_EXPIRED : CloseReason.SESSION_CLOSED,
          effects);
    }
  }

  /** Closes a local session, which no transaction is needed for. */
  void closeLocal(Session session, ClientLink link, int xid, Effects effects) {
    forget(session);
    effects.reply(link, xid, core.committed.zxid(), io.quorate.api.Reply.None.INSTANCE);
    close(link, CloseReason.SESSION_CLOSED, effects);
  }

  private void forget(Session session) {
    session.close();
    core.sessions.remove(session.id());
    owners.remove(session.id());
  }

  /**
   * Proposes the closing of what expired. After a pause of the whole process the clients' bytes are
   * there but not read yet: then nothing expires before they were.
   */
  void expire(Effects effects) {
    if (core.monotonicMs - lookedMs > STALL_MS) {
      notBeforeMs = core.monotonicMs + core.settings.heardGraceMs();
    }
    lookedMs = core.monotonicMs;
    long now = core.monotonicMs - core.settings.heardGraceMs();
    if (core.sessions.nextExpiryMs() > now || core.monotonicMs < notBeforeMs) {
      return;
    }
    for (Session session : core.sessions.expire(now)) {
      if (session.isClosing()) {
        continue;
      }
      ClientLink link = owners.get(session.id());
      if (session.isLocal()) {
        forget(session);
        if (link != null) {
          close(link, CloseReason.SESSION_EXPIRED, effects);
        }
      } else {
        proposer.closeSession(session, link);
      }
    }
  }

  /** When the next session may expire, monotonic ms. */
  long nextMs() {
    long next = core.sessions.nextExpiryMs();
    return next == Long.MAX_VALUE
        ? next
        : Math.max(next + core.settings.heardGraceMs(), notBeforeMs);
  }

  void heard(Input.Heard heard) {
    for (int i = 0; i < heard.count(); i++) {
      Session session = core.sessions.get(heard.sessionIds()[i]);
      if (session != null && !session.isClosing()) {
        core.sessions.touch(session, heard.atMs()[i]);
      }
    }
  }

  void disconnect(ClientLink link) {
    watches.drop(link);
    Session session = link.session;
    if (session != null) {
      owners.remove(session.id(), link);
    }
  }

  private void close(ClientLink link, CloseReason reason, Effects effects) {
    disconnect(link);
    effects.close(link, reason);
  }
}
