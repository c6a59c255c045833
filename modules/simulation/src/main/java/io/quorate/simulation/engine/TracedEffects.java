package io.quorate.simulation.engine;

import io.quorate.api.Reply;
import io.quorate.api.TreeView;
import io.quorate.api.WatchEvent;
import io.quorate.replica.ClientLink;
import io.quorate.replica.CloseReason;
import io.quorate.replica.Effects;

/** Passes effects on, with a boundary around each, and takes them into the run's hash. */
final class TracedEffects implements Effects {
  private final Effects to;
  private final Recording recording;
  private final Scheduler scheduler;

  TracedEffects(Effects to, Recording recording, Scheduler scheduler) {
    this.to = to;
    this.recording = recording;
    this.scheduler = scheduler;
  }

  private void before(String kind, long a, long b) {
    scheduler.boundary();
    recording.hash(kind);
    recording.hash(a);
    recording.hash(b);
  }

  @Override
  public void append(long zxid, byte[] bytes) {
    before("append", zxid, bytes.length);
    recording.hash(bytes, 0, bytes.length);
    to.append(zxid, bytes);
  }

  @Override
  public void published(TreeView view) {
    before("published", view.zxid(), view.digest());
    to.published(view);
    scheduler.boundary();
  }

  @Override
  public void event(ClientLink link, WatchEvent event) {
    before("event", link.id(), event.zxid());
    recording.hash(event.type().code());
    recording.hash(event.path().toString());
    to.event(link, event);
  }

  @Override
  public void reply(ClientLink link, int xid, long zxid, Reply reply) {
    before("reply", link.id(), zxid);
    recording.hash(xid);
    to.reply(link, xid, zxid, reply);
  }

  @Override
  public void opened(ClientLink link, long sessionId, int timeoutMs, byte[] password) {
    before("opened", link.id(), sessionId);
    to.opened(link, sessionId, timeoutMs, password);
  }

  @Override
  public void rejected(ClientLink link) {
    before("rejected", link.id(), 0);
    to.rejected(link);
  }

  @Override
  public void close(ClientLink link, CloseReason reason) {
    before("close " + reason, link.id(), 0);
    to.close(link, reason);
  }

  @Override
  public void snapshot(TreeView view) {
    before("snapshot", view.zxid(), view.digest());
    to.snapshot(view);
  }
}
