package io.quorate.server;

import io.quorate.api.ErrorCode;
import io.quorate.api.Identity;
import io.quorate.api.Reply;
import io.quorate.api.Request;
import io.quorate.replica.Input;
import io.quorate.spi.auth.AuthProvider;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the packets of one connection that say who the client is (reference section 2.7); {@link
 * ConnectionAuth} judges them. Each method returns whether the connection goes on; if not, it is to
 * be closed after its replies. On the connection's loop.
 */
final class AuthPackets {
  private static final Logger LOG = LoggerFactory.getLogger(AuthPackets.class);

  private final ConnectionAuth auth;
  private final ReplyWriter replies;
  private final IoShard shard;
  private final ServerLink link;

  AuthPackets(ConnectionAuth auth, ReplyWriter replies, IoShard shard, ServerLink link) {
    this.auth = auth;
    this.replies = replies;
    this.shard = shard;
    this.link = link;
  }

  /** For a request of another kind: whether the client may ask it. */
  boolean maySpeak(int xid) {
    if (auth.maySpeak()) {
      return true;
    }
    replies.replyAside(xid, 0, new Reply.Refused(ErrorCode.SESSION_CLOSED_REQUIRE_SASL_AUTH));
    return false;
  }

  /** An auth packet. */
  boolean authenticate(int xid, Request.Auth request) {
    List<Identity> before = auth.identities();
    AuthProvider.Outcome outcome = auth.authenticate(request, shard.view());
    if (outcome.success()) {
      replies.replyAside(xid, 0, Reply.None.INSTANCE);
      if (auth.identities().size() > before.size()) { // else any number could wait for the core
        shard.send(new Input.Identified(link, auth.identities()));
      }
      return true;
    }
    shard.stats.authFailed++;
    LOG.warn(
        "{}: authentication with scheme {} failed", link.connection(), printable(request.scheme()));
    if (!outcome.disconnect()) {
      replies.replyAside(xid, 0, new Reply.Refused(ErrorCode.AUTH_FAILED));
    }
    return false;
  }

  /** A SASL token. */
  boolean sasl(int xid, Request.Sasl request) {
    ConnectionAuth.SaslStep step = auth.sasl(request.token());
    if (step.error() != ErrorCode.OK) {
      shard.stats.authFailed++;
      LOG.warn("{}: SASL authentication failed: {}", link.connection(), step.problem());
      replies.saslRefused(xid, step.error());
      return false;
    }
    replies.replyAside(xid, 0, new Reply.SaslToken(step.token()));
    if (step.gained()) {
      shard.send(new Input.Identified(link, auth.identities()));
    }
    return true;
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
