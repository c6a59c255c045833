package io.quorate.replica;

import io.quorate.api.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen once a transaction is committed.
 *
 * @param zxid of the transaction; of the last one proposed before it where there is none of its own
 * @param link who is answered; null for the server's own transactions
 * @param xid of the request
 * @param reply null where nothing is answered
 * @param changes for watches, in order
 * @param session opened or closed by it, 0 for none
 * @param kind what it is
 */
record Pending(
    long zxid,
    @Nullable ClientLink link,
    int xid,
    @Nullable Reply reply,
    List<Change> changes,
    long session,
    Kind kind) {
  enum Kind {
    WRITE,
    SYNC,
    OPEN_SESSION,
    UPGRADE_SESSION,
    CLOSE_SESSION,
    CLOSE_LOCAL
  }
}
