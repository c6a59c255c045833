package io.quorate.replica;

import io.quorate.api.Reply;
import io.quorate.api.TreeView;
import io.quorate.api.WatchEvent;

/**
 * What the core wants done, called from within {@link Replica#step} in the order in which it has to
 * take place. For a committed batch: all its events, then {@link #published}, then its replies; an
 * implementation must make events visible to a connection's reader no later than the view.
 */
public interface Effects {
  /** Append to the log; answered by {@link Input.Durable} once it is on stable storage. */
  void append(long zxid, byte[] record);

  /** The store now gives this view to readers. */
  void published(TreeView view);

  /** Send this event. */
  void event(ClientLink link, WatchEvent event);

  /** Send this answer. */
  void reply(ClientLink link, int xid, long zxid, Reply reply);

  /** The session is there: send the connect response and begin to take requests. */
  void opened(ClientLink link, long sessionId, int timeoutMs, byte[] password);

  /** The session can not be had: send a rejecting connect response; a {@link #close} follows. */
  void rejected(ClientLink link);

  /** Close the connection once everything before is sent. */
  void close(ClientLink link, CloseReason reason);

  /** Write this published view as a snapshot when convenient, and begin a new log file. */
  void snapshot(TreeView view);
}
