package io.quorate.replica;

import io.quorate.acl.AclPolicy;
import io.quorate.api.Acl;
import io.quorate.api.ErrorCode;
import io.quorate.api.Identity;
import io.quorate.api.OpCode;
import io.quorate.api.Reply;
import io.quorate.api.Request;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers reads from a view: the same for plain reads on an I/O thread and for those that the core
 * answers because they set a watch. Immutable; any thread.
 */
public final class Reads {
  private static final Reply.Refused NO_NODE = new Reply.Refused(ErrorCode.NO_NODE);
  private static final Reply.Refused NO_AUTH = new Reply.Refused(ErrorCode.NO_AUTH);
  private static final Reply.Refused BAD_ARGUMENTS = new Reply.Refused(ErrorCode.BAD_ARGUMENTS);

  private final AclPolicy acls;

  /** With the rules of access. */
  public Reads(AclPolicy acls) {
    this.acls = acls;
  }

  /** The answer to this read at this view, in the order of checks of reference section 1.7. */
  public Reply answer(
      TreeView view, Request.Read request, long sessionId, List<Identity> identities) {
    return switch (request) {
      case Request.GetData r -> {
        Znode znode = view.find(r.path());
        Reply refused = refuse(znode, Acl.READ, identities);
        yield refused == null && znode != null ? new Reply.Data(znode) : orNoNode(refused);
      }
      case Request.Exists r -> exists(view, r, identities);
      case Request.GetChildren r -> {
        Znode znode = view.find(r.path());
        Reply refused = refuse(znode, Acl.READ, identities);
        yield refused == null && znode != null
            ? new Reply.Children(znode, r.op() == OpCode.GET_CHILDREN2)
            : orNoNode(refused);
      }
      case Request.GetAcl r -> getAcl(view, r, identities);
      case Request.GetAllChildrenNumber r -> {
        Znode znode = view.find(r.path());
        Reply refused = refuse(znode, Acl.READ, identities);
        yield refused == null && znode != null
            ? new Reply.Count(descendants(view, r.path(), znode))
            : orNoNode(refused);
      }
      case Request.GetEphemerals r -> ephemerals(view, r.prefix(), sessionId);
      case Request.MultiRead r -> multiRead(view, r, sessionId, identities);
      case Request.WhoAmI r -> new Reply.Who(acls.users(identities));
      case Request.Ping r -> Reply.None.INSTANCE;
    };
  }

  private @Nullable Reply refuse(@Nullable Znode znode, int perms, List<Identity> identities) {
    if (znode == null) {
      return NO_NODE;
    }
    return acls.permits(znode.acl(), perms, identities) ? null : NO_AUTH;
  }

  private static Reply orNoNode(@Nullable Reply refused) {
    return refused == null ? NO_NODE : refused;
  }

  private Reply exists(TreeView view, Request.Exists r, List<Identity> identities) {
    if (r.path().hasNul()) {
      return BAD_ARGUMENTS;
    }
    Znode znode = view.find(r.path());
    Reply refused = refuse(znode, Acl.READ, identities);
    return refused == null && znode != null ? new Reply.OfStat(znode) : orNoNode(refused);
  }

  private Reply getAcl(TreeView view, Request.GetAcl r, List<Identity> identities) {
    Znode znode = view.find(r.path());
    Reply refused = refuse(znode, Acl.READ | Acl.ADMIN, identities);
    if (refused != null || znode == null) {
      return orNoNode(refused);
    }
    boolean all = acls.permits(znode.acl(), Acl.ADMIN, identities);
    return new Reply.AclAndStat(all ? znode.acl() : AclPolicy.masked(znode.acl()), znode);
  }

  /** All znodes below; the tree may be deeper than a stack. */
  private static int descendants(TreeView view, ZnodePath path, Znode znode) {
    if (path.isRoot()) {
      return (int) Math.min(Integer.MAX_VALUE, view.nodeCount() - 1);
    }
    long count = -1;
    ArrayDeque<Znode> open = new ArrayDeque<>();
    open.push(znode);
    while (!open.isEmpty()) {
      count++;
      Znode at = open.pop();
      if (at.childCount() > 0) {
        at.children().forEach((name, offset, length, child) -> open.push(child));
      }
    }
    return (int) Math.min(Integer.MAX_VALUE, count);
  }

  private static Reply ephemerals(TreeView view, @Nullable ZnodePath prefix, long sessionId) {
    List<ZnodePath> paths = new ArrayList<>();
    boolean all = prefix == null || prefix.isRoot() || prefix.toString().isBlank();
    view.ephemerals(
        sessionId,
        path -> {
          if (all || (prefix != null && path.startsWith(prefix))) {
            paths.add(path);
          }
        });
    paths.sort(null);
    return new Reply.Ephemerals(paths);
  }

  private Reply multiRead(
      TreeView view, Request.MultiRead r, long sessionId, List<Identity> identities) {
    List<Reply.Result> results = new ArrayList<>(r.ops().size());
    for (Request.Read op : r.ops()) {
      results.add(new Reply.Result(op.op(), answer(view, op, sessionId, identities)));
    }
    return new Reply.MultiResult(results);
  }
}
