package io.quorate.replica;

import io.quorate.api.Reply;
import io.quorate.api.TreeView;
import io.quorate.api.WatchEvent;

/** Before the first step nothing may have an effect. */
final class NoEffects implements Effects {
  static final NoEffects INSTANCE = new NoEffects();

  private static IllegalStateException outside() {
    return new IllegalStateException("an effect outside of a step");
  }

  @Override
  public void append(long zxid, byte[] record) {
    throw outside();
  }

  @Override
  public void published(TreeView view) {
    throw outside();
  }

  @Override
  public void event(ClientLink link, WatchEvent event) {
    throw outside();
  }

  @Override
  public void reply(ClientLink link, int xid, long zxid, Reply reply) {
    throw outside();
  }

  @Override
  public void opened(ClientLink link, long sessionId, int timeoutMs, byte[] password) {
    throw outside();
  }

  @Override
  public void rejected(ClientLink link) {
    throw outside();
  }

  @Override
  public void close(ClientLink link, CloseReason reason) {
    throw outside();
  }

  @Override
  public void snapshot(TreeView view) {
    throw outside();
  }
}
