package io.quorate.tree;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.LoadedZnode;
import io.quorate.api.NodeDigest;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps znodes on the heap as a persistent tree: sealing is taking the roots, a view costs nothing
 * to hold, and readers need no lock. Changes between two seals are made in place where they touch
 * the same parts (see {@link Trie}).
 */
public final class HeapTreeStore implements TreeStore {
  private static final HeapZnode EMPTY_ROOT =
      HeapZnode.of(new byte[0], 0, new byte[0], Acl.NONE, 0, 0, 0, 0, 0, 0, 0)
          .withFamily(new Family(0, 0));

  private final int seed;
  private final boolean digests;
  private final NodeDigest digester = new NodeDigest();
  private final Trie.Edit edit = new Trie.Edit();
  private final OwnerIndex owners;
  private final ArrayDeque<HeapState> sealed = new ArrayDeque<>();
  private final Map<Acl, Acl> acls = new LinkedHashMap<>(Map.of(Acl.OPEN, Acl.OPEN));
  private @Nullable List<Acl> told = List.of(Acl.OPEN); // what views tell of them
  private HeapState head;
  private final HeapHead ownersView;
  private @Nullable HeapState saved;
  private int touched; // keeps the compiler from leaving those reads out
  private HeapZnode parent = EMPTY_ROOT; // of the last editableFamily call
  private volatile HeapState published;

  /**
   * An empty store: nothing but the root.
   *
   * @param seed of the hash of names; a server draws it at random so that nobody can predict
   *     collisions
   * @param encoding how owner fields are read
   * @param digests whether the tree digest is kept
   */
  public HeapTreeStore(int seed, EphemeralOwner.Encoding encoding, boolean digests) {
    this.seed = seed;
    this.owners = new OwnerIndex(seed, encoding, edit);
    this.digests = digests;
    this.head = new HeapState(seed, EMPTY_ROOT);
    this.ownersView = new HeapHead(head);
    this.published = head.copy();
    clear();
    edit.id++;
    published = head.copy();
  }

  @Override
  public TreeView head() {
    return ownersView;
  }

  @Override
  public Znode create(
      ZnodePath path,
      byte @Nullable [] data,
      Acl acl,
      long owner,
      long zxid,
      long time,
      int parentCreated) {
    byte[] p = path.bytes();
    int nameAt = path.nameOffset();
    HeapZnode znode =
        HeapZnode.of(p, nameAt, data, intern(acl), owner, 0, 0, zxid, zxid, time, time);
    Family family = editableFamily(p, nameAt - 1);
    long before = digest(p, nameAt - 1, parent);
    int hash = Trie.hash(seed, p, nameAt, p.length - nameAt);
    family.put(hash, znode, edit);
    check(edit.previous == null, "create over an existing znode", path);
    if (parentCreated - family.created > 0) { // wraps around as sequence numbers do
      family.created = parentCreated;
      family.pzxid = zxid;
    }
    head.digest += digest(p, p.length, znode) + digest(p, nameAt - 1, parent) - before;
    added(path, znode);
    return znode;
  }

  @Override
  public void delete(ZnodePath path, long zxid) {
    byte[] p = path.bytes();
    int nameAt = path.nameOffset();
    Family family = editableFamily(p, nameAt - 1);
    long before = digest(p, nameAt - 1, parent);
    family.remove(
        Trie.hash(seed, p, nameAt, p.length - nameAt), p, nameAt, p.length - nameAt, edit);
    HeapZnode gone = HeapZnode.ofEntry(edit.previous);
    if (gone == null || gone.childCount() > 0) {
      throw new IllegalStateException("delete of a missing or not empty znode: " + path);
    }
    family.pzxid = Math.max(family.pzxid, zxid);
    head.digest += digest(p, nameAt - 1, parent) - before - digest(p, p.length, gone);
    removed(path, gone);
  }

  @Override
  public Znode setData(ZnodePath path, byte @Nullable [] data, int version, long zxid, long time) {
    HeapZnode old = existing(path);
    HeapZnode now = old.withData(data, version, zxid, time);
    replace(path, old, now);
    return settled(now);
  }

  @Override
  public Znode setAcl(ZnodePath path, Acl acl, int aversion) {
    HeapZnode old = existing(path);
    HeapZnode now = old.withAcl(intern(acl), aversion);
    replace(path, old, now);
    return settled(now);
  }

  @Override
  public void overwriteData(ZnodePath path, byte[] data) {
    HeapZnode old = existing(path);
    replace(path, old, old.withData(data, old.version(), old.mzxid(), old.mtime()));
  }

  @Override
  public void bumpParent(ZnodePath path, int created, long pzxid) {
    byte[] p = path.bytes();
    int length = path.isRoot() ? 0 : p.length;
    Family family = editableFamily(p, length);
    long before = digest(p, length, parent);
    if (created - family.created > 0) {
      family.created = created;
    }
    family.pzxid = Math.max(family.pzxid, pzxid);
    head.digest += digest(p, length, parent) - before;
  }

  @Override
  public void load(LoadedZnode loaded) {
    ZnodePath path = loaded.path();
    byte[] p = path.bytes();
    boolean isRoot = path.isRoot();
    int nameAt = isRoot ? p.length : path.nameOffset();
    HeapZnode znode =
        HeapZnode.of(
            p,
            nameAt,
            loaded.data(),
            intern(loaded.acl()),
            loaded.ephemeralOwner(),
            loaded.version(),
            loaded.aversion(),
            loaded.czxid(),
            loaded.mzxid(),
            loaded.ctime(),
            loaded.mtime());
    if (isRoot) {
      head.digest -= digest(p, 0, head.root);
      head.dataSize -= Math.max(0, head.root.dataLength());
      Family family = editableFamily(p, 0); // may be the root's own
      family.created = loaded.createdChildren();
      family.pzxid = loaded.pzxid();
      ownersView.changing();
      head.root = znode.withFamily(family);
      head.digest += digest(p, 0, head.root);
      head.dataSize += Math.max(0, znode.dataLength());
      return;
    }
    if (loaded.createdChildren() != 0 || loaded.pzxid() != loaded.czxid()) {
      Family family = new Family(edit.id, loaded.pzxid());
      family.created = loaded.createdChildren();
      znode = znode.withFamily(family);
    }
    Family family = editableFamily(p, nameAt - 1);
    family.put(Trie.hash(seed, p, nameAt, p.length - nameAt), znode, edit);
    check(edit.previous == null, "loaded twice", path);
    head.digest += digest(p, p.length, znode);
    added(path, znode);
  }

  @Override
  public void expect(List<ZnodePath> paths) {
    touched += new Expectation(head, seed).touch(paths);
  }

  @Override
  public void putSession(long sessionId, int timeoutMs) {
    Entries.Session session = new Entries.Session(sessionId, timeoutMs);
    int hash = Trie.hash(seed, session.key(), 0, session.keyLength());
    head.sessionTrie = Trie.put(head.sessionTrie, hash, session, edit);
    if (edit.previous == null) {
      head.sessions++;
    }
  }

  @Override
  public void removeSession(long sessionId) {
    byte[] key = Entries.key(sessionId);
    head.sessionTrie = Trie.remove(head.sessionTrie, Trie.hash(seed, key, 0, 8), key, 0, 8, edit);
    if (edit.previous != null) {
      head.sessions--;
    }
  }

  @Override
  public TreeView seal(long zxid) {
    head.zxid = zxid;
    HeapState view = head.copy();
    edit.id++;
    saved = null;
    sealed.addLast(view);
    return view;
  }

  @Override
  public void publish(TreeView view) {
    HeapState next = sealed.pollFirst();
    if (next != view) {
      throw new IllegalStateException("views are published in the order of sealing");
    }
    published = next;
  }

  @Override
  public void rollback() {
    sealed.clear();
    saved = null;
    become(published.copy());
    edit.id++;
  }

  @Override
  public void savepoint() {
    saved = head.copy();
    edit.id++;
  }

  @Override
  public void undo() {
    HeapState back = saved;
    if (back == null) {
      throw new IllegalStateException("no savepoint");
    }
    become(back);
    saved = null;
    edit.id++;
  }

  @Override
  public void clear() {
    become(new HeapState(seed, EMPTY_ROOT));
    head.digest = digest(new byte[0], 0, EMPTY_ROOT);
    sealed.clear();
    saved = null;
    edit.id++;
  }

  @Override
  public TreeReader reader() {
    return () -> published;
  }

  @Override
  public void close() {
    // memory only
  }

  private void become(HeapState next) {
    head = next;
    head.acls = told;
    ownersView.become(next);
  }

  /** The family of the znode at the first {@code length} bytes, this edit's own. */
  private Family editableFamily(byte[] p, int length) {
    HeapZnode known = ownersView.remembered(p, length);
    ownersView.changing();
    Family own = known == null ? null : known.family;
    if (known == null || own == null || own.edit != edit.id) {
      known = editable(p, length);
      own = Objects.requireNonNull(known.family);
    }
    ownersView.remember(p, length, known);
    parent = known;
    return own;
  }

  /** The znode at the first {@code length} bytes, after it and all above it became this edit's. */
  private HeapZnode editable(byte[] p, int length) {
    Family family = head.root.family;
    if (family == null || family.edit != edit.id) {
      family = family == null ? new Family(edit.id, 0) : family.copy(edit.id);
      head.root = head.root.withFamily(family);
    }
    HeapZnode at = head.root;
    int start = 1;
    while (start < length) {
      int end = start;
      while (end < length && p[end] != '/') {
        end++;
      }
      int hash = Trie.hash(seed, p, start, end - start);
      HeapZnode child = family.find(hash, p, start, end - start);
      if (child == null) {
        throw new IllegalStateException("no znode above " + new String(p, 0, length, UTF_8));
      }
      Family own = child.family;
      if (own == null || own.edit != edit.id) {
        own = own == null ? new Family(edit.id, child.czxid()) : own.copy(edit.id);
        child = child.withFamily(own);
        family.put(hash, child, edit);
      }
      at = child;
      family = own;
      start = end + 1;
    }
    return at;
  }

  /** The znode with its counts as they are now: a family of this edit still changes in place. */
  private HeapZnode settled(HeapZnode znode) {
    Family family = znode.family;
    return family == null || family.edit != edit.id ? znode : znode.withFamily(family.copy(0));
  }

  private HeapZnode existing(ZnodePath path) {
    HeapZnode znode = ownersView.find(path);
    if (znode == null) {
      throw new IllegalStateException("no such znode: " + path);
    }
    return znode;
  }

  private void replace(ZnodePath path, HeapZnode old, HeapZnode now) {
    byte[] p = path.bytes();
    if (path.isRoot()) {
      ownersView.changing();
      head.root = now;
      head.digest += digest(p, 0, now) - digest(p, 0, old);
    } else {
      int nameAt = path.nameOffset();
      Family family = editableFamily(p, nameAt - 1);
      family.put(Trie.hash(seed, p, nameAt, p.length - nameAt), now, edit);
      head.digest += digest(p, p.length, now) - digest(p, p.length, old);
    }
    head.dataSize += Math.max(0, now.dataLength()) - Math.max(0, old.dataLength());
  }

  private void added(ZnodePath path, HeapZnode znode) {
    head.nodes++;
    head.dataSize += path.length() + Math.max(0, znode.dataLength());
    owners.added(head, path, znode.ephemeralOwner());
  }

  private void removed(ZnodePath path, HeapZnode znode) {
    head.nodes--;
    head.dataSize -= path.length() + Math.max(0, znode.dataLength());
    owners.removed(head, path, znode.ephemeralOwner());
  }

  private long digest(byte[] path, int length, Znode znode) {
    return digests ? digester.of(path, length, znode) : 0;
  }

  /** One object for equal lists, since most znodes share a few. */
  private Acl intern(Acl acl) {
    if (acl == Acl.OPEN || acl == Acl.NONE) {
      return acl;
    }
    Acl known = acls.get(acl);
    if (known != null) {
      return known;
    }
    if (acls.size() >= MAX_INTERNED) {
      acls.clear(); // sharing is lost for a while, nothing else
    }
    acls.put(acl, acl);
    if (told != null) {
      told = acls.size() <= MAX_TOLD ? List.copyOf(acls.keySet()) : null;
      head.acls = told;
    }
    return acl;
  }

  private static void check(boolean ok, String problem, ZnodePath path) {
    if (!ok) {
      throw new IllegalStateException(problem + ": " + path);
    }
  }

  private static final int MAX_INTERNED = 1 << 16;
  private static final int MAX_TOLD = 256; // each new list copies those before it
  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;
}
