package io.quorate.replica;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.Reply;
import io.quorate.api.Stat;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.Znode;
import io.quorate.api.Zxid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Transactions and replies as text that tells everything about them. */
final class Texts {
  private Texts() {}

  static String data(byte @Nullable [] data) {
    if (data == null) {
      return "null";
    }
    for (byte b : data) {
      if (b < 0x20 || b == 0x7f) {
        return "0x" + HexFormat.of().formatHex(data);
      }
    }
    return "'" + new String(data, StandardCharsets.US_ASCII) + "'";
  }

  static String acl(Acl acl) {
    if (acl.equals(Acl.OPEN)) {
      return "open";
    }
    return acl.entries().stream()
        .map(e -> e.scheme() + ":" + e.id() + ":" + e.perms())
        .collect(Collectors.joining(",", "[", "]"));
  }

  static String record(TxnRecord r) {
    TxnHeader h = r.header();
    return "session="
        + session(h.sessionId())
        + " cxid="
        + h.cxid()
        + " time="
        + h.time()
        + " type="
        + h.type()
        + " "
        + txn(r.txn())
        + (r.digested() ? " digest=" + Long.toHexString(r.digest()) : "");
  }

  /** Session ids as s1, s2 ...: those of a server that started at 0 ms. */
  static String session(long id) {
    return id == 0 ? "-" : id >>> 56 == 1 ? "s" + (id & 0xff_ffff_ffff_ffffL) : Zxid.toHex(id);
  }

  static String txn(Txn txn) {
    return switch (txn) {
      case Txn.Create t ->
          "create "
              + t.path()
              + " "
              + data(t.data())
              + " "
              + acl(t.acl())
              + (t.ephemeral() ? " ephemeral" : "")
              + " created="
              + t.parentCreated();
      case Txn.CreateTtl t ->
          "createTTL " + t.path() + " " + data(t.data()) + " " + acl(t.acl()) + " " + t.ttlMs();
      case Txn.CreateContainer t ->
          "createContainer " + t.path() + " " + data(t.data()) + " " + acl(t.acl());
      case Txn.Delete t -> "delete " + t.path();
      case Txn.SetData t -> "setData " + t.path() + " " + data(t.data()) + " v" + t.version();
      case Txn.SetAcl t -> "setACL " + t.path() + " " + acl(t.acl()) + " v" + t.version();
      case Txn.Check t -> "check " + t.path() + " v" + t.version();
      case Txn.CreateSession t -> "createSession " + t.timeoutMs();
      case Txn.CloseSession t -> "closeSession " + t.paths();
      case Txn.Error t -> "error " + t.code();
      case Txn.Multi t ->
          t.parts().stream()
              .map(p -> p.type() + ":" + txn(p.txn()))
              .collect(Collectors.joining("; ", "multi {", "}"));
    };
  }

  static String reply(Reply reply) {
    return switch (reply) {
      case Reply.None r -> "ok";
      case Reply.Refused r -> r.error().toString();
      case Reply.Created r -> r.path().toString();
      case Reply.CreatedWithStat r -> r.path() + " " + stat(r.znode());
      case Reply.OfStat r -> stat(r.znode());
      case Reply.Data r -> data(r.znode().data()) + " " + stat(r.znode());
      case Reply.Children r -> names(r.znode()) + (r.withStat() ? " " + stat(r.znode()) : "");
      case Reply.AclAndStat r -> acl(r.acl()) + " " + stat(r.znode());
      case Reply.Count r -> "count " + r.number();
      case Reply.Ephemerals r -> r.paths().toString();
      case Reply.Synced r -> "synced " + r.path();
      case Reply.WatchAdded r -> "watch added";
      case Reply.Who r -> r.users().toString();
      case Reply.SaslToken r -> "token";
      case Reply.MultiResult r ->
          r.results().stream()
              .map(p -> p.op() + ":" + reply(p.reply()))
              .collect(Collectors.joining("; ", "{", "}"));
    };
  }

  /** In the order in which a client would get them. */
  private static List<String> names(Znode znode) {
    List<String> names = new ArrayList<>();
    znode
        .children()
        .forEach(
            (name, at, length, child) ->
                names.add(new String(name, at, length, StandardCharsets.UTF_8)));
    return names;
  }

  static String stat(Znode znode) {
    Stat s = znode.stat(EphemeralOwner.Encoding.EXTENDED);
    return "c"
        + s.czxid()
        + "@"
        + s.ctime()
        + " m"
        + s.mzxid()
        + "@"
        + s.mtime()
        + " p"
        + s.pzxid()
        + " v"
        + s.version()
        + "/"
        + s.cversion()
        + "/"
        + s.aversion()
        + (s.ephemeralOwner() == 0 ? "" : " of " + session(s.ephemeralOwner()))
        + " "
        + s.dataLength()
        + "B "
        + s.numChildren()
        + "n";
  }
}
