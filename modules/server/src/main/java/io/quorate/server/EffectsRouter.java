package io.quorate.server;

import io.quorate.api.Reply;
import io.quorate.api.TreeView;
import io.quorate.api.WatchEvent;
import io.quorate.replica.ClientLink;
import io.quorate.replica.CloseReason;
import io.quorate.replica.Effects;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the core's effects to the shards of the connections they concern and to the log. Core's
 * thread only. A shard's mailbox shows an event before the view is published, since both happen on
 * this thread in this order.
 */
public final class EffectsRouter implements Effects {
  /** Where log records and snapshots go. */
  public interface Durability {
    /** Append this record; its durability is reported back as an input. */
    void append(long zxid, byte[] record);

    /** Write this view as a snapshot. */
    void snapshot(TreeView view);
  }

  private final Durability durability;
  private final List<IoShard> touched = new ArrayList<>();

  /** With the log and snapshots behind it. */
  public EffectsRouter(Durability durability) {
    this.durability = durability;
  }

  @Override
  public void append(long zxid, byte[] record) {
    durability.append(zxid, record);
  }

  @Override
  public void published(TreeView view) {
    // the store's publication is what readers see
  }

  @Override
  public void event(ClientLink link, WatchEvent event) {
    put(link, Outbound.Kind.EVENT, -1, event.zxid(), event);
  }

  @Override
  public void reply(ClientLink link, int xid, long zxid, Reply reply) {
    put(link, Outbound.Kind.REPLY, xid, zxid, reply);
  }

  @Override
  public void opened(ClientLink link, long sessionId, int timeoutMs, byte[] password) {
    put(link, Outbound.Kind.OPENED, 0, 0, new Outbound.Opened(sessionId, timeoutMs, password));
  }

  @Override
  public void rejected(ClientLink link) {
    put(link, Outbound.Kind.REJECTED, 0, 0, null);
  }

  @Override
  public void close(ClientLink link, CloseReason reason) {
    put(link, Outbound.Kind.CLOSE, 0, 0, reason);
  }

  @Override
  public void snapshot(TreeView view) {
    durability.snapshot(view);
  }

  private void put(
      ClientLink link,
      Outbound.Kind kind,
      int xid,
      long zxid,
      @org.jspecify.annotations.Nullable Object payload) {
    ServerLink to = (ServerLink) link;
    IoShard shard = to.connection().shard();
    shard.enqueue(new Outbound(to, kind, xid, zxid, payload));
    if (!shard.touched) {
      shard.touched = true;
      touched.add(shard);
    }
  }

  /** The end of a turn: wakes every shard that got something. */
  public void wakeShards() {
    for (int i = 0; i < touched.size(); i++) {
      IoShard shard = touched.get(i);
      shard.touched = false;
      shard.wake();
    }
    touched.clear();
  }
}
