package io.quorate.spi.codec.tck;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.LoadedZnode;
import io.quorate.api.NodeDigest;
import io.quorate.api.Stability;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The simplest tree that states can be loaded into and written from: one version, which is its own
 * view. What codecs have no business to call is refused, and so is a znode whose parent is not
 * there or that is there already.
 */
@Stability.Evolving
public final class TckTree implements TreeStore, TreeView {
  private static final EphemeralOwner.Encoding ENCODING = EphemeralOwner.Encoding.EXTENDED;

  /** By path; the root's is empty. */
  private final Map<ZnodePath, TckZnode> znodes = new TreeMap<>();

  private final Map<Long, Integer> sessions = new TreeMap<>();
  private long zxid;

  /** With nothing in it, not even a root. */
  public TckTree(long zxid) {
    this.zxid = zxid;
  }

  /** Sets the zxid that it is at. */
  public void zxid(long to) {
    zxid = to;
  }

  /**
   * The znode with this path.
   *
   * @throws IllegalArgumentException if it is not there
   */
  public TckZnode node(String path) {
    TckZnode znode = znodes.get(key(ZnodePath.of(path)));
    if (znode == null) {
      throw new IllegalArgumentException("no " + path);
    }
    return znode;
  }

  /** All znodes by path; the root's is empty. */
  public Map<ZnodePath, TckZnode> znodes() {
    return Collections.unmodifiableMap(znodes);
  }

  /** The timeouts of all sessions, ms, by session id. */
  public Map<Long, Integer> timeouts() {
    return Collections.unmodifiableMap(sessions);
  }

  private static ZnodePath key(ZnodePath path) {
    return path.isRoot() ? ZnodePath.of("") : path;
  }

  @Override
  public void load(LoadedZnode znode) {
    ZnodePath path = znode.path();
    TckZnode root = path.isRoot() ? znodes.get(key(path)) : null;
    if (root == null) {
      add(path, new TckZnode(znode));
    } else {
      root.load(znode);
    }
  }

  private void add(ZnodePath path, TckZnode znode) {
    if (!path.isRoot()) {
      TckZnode parent = znodes.get(key(path.parent()));
      int name = path.nameOffset();
      if (parent == null || name == 0 || name == path.length() || znodes.containsKey(path)) {
        throw new IllegalStateException("loaded where it can not be: " + path);
      }
      parent.children.put(ZnodePath.copyOf(path.bytes(), name, path.length() - name), znode);
    }
    znodes.put(key(path), znode);
  }

  @Override
  public void putSession(long sessionId, int timeoutMs) {
    sessions.put(sessionId, timeoutMs);
  }

  @Override
  public void removeSession(long sessionId) {
    sessions.remove(sessionId);
  }

  @Override
  public void clear() {
    znodes.clear();
    sessions.clear();
  }

  @Override
  public TreeView head() {
    return this;
  }

  @Override
  public long zxid() {
    return zxid;
  }

  @Override
  public @Nullable Znode find(ZnodePath path) {
    return znodes.get(key(path));
  }

  @Override
  public long nodeCount() {
    return znodes.size();
  }

  @Override
  public long dataSize() {
    long[] sum = {0};
    znodes.forEach((path, znode) -> sum[0] += path.length() + Math.max(0, znode.dataLength()));
    return sum[0];
  }

  @Override
  public long digest() {
    NodeDigest digest = new NodeDigest();
    long[] sum = {0};
    znodes.forEach((path, znode) -> sum[0] += digest.of(path.bytes(), path.length(), znode));
    return sum[0];
  }

  private void each(EphemeralOwner.Kind kind, Consumer<Map.Entry<ZnodePath, TckZnode>> each) {
    for (Map.Entry<ZnodePath, TckZnode> e : znodes.entrySet()) {
      if (EphemeralOwner.kind(e.getValue().ephemeralOwner(), ENCODING) == kind) {
        each.accept(e);
      }
    }
  }

  @Override
  public int ephemeralCount() {
    int[] count = {0};
    each(EphemeralOwner.Kind.EPHEMERAL, e -> count[0]++);
    return count[0];
  }

  @Override
  public void ephemerals(long sessionId, Consumer<ZnodePath> each) {
    each(
        EphemeralOwner.Kind.EPHEMERAL,
        e -> {
          if (e.getValue().ephemeralOwner() == sessionId) {
            each.accept(e.getKey());
          }
        });
  }

  @Override
  public void ephemeralOwners(LongConsumer each) {
    TreeSet<Long> owners = new TreeSet<>();
    each(EphemeralOwner.Kind.EPHEMERAL, e -> owners.add(e.getValue().ephemeralOwner()));
    owners.forEach(each::accept);
  }

  @Override
  public void containers(Consumer<ZnodePath> each) {
    each(EphemeralOwner.Kind.CONTAINER, e -> each.accept(e.getKey()));
  }

  @Override
  public void ttlNodes(Consumer<ZnodePath> each) {
    each(EphemeralOwner.Kind.TTL, e -> each.accept(e.getKey()));
  }

  @Override
  public int sessionCount() {
    return sessions.size();
  }

  @Override
  public void sessions(SessionVisitor each) {
    sessions.forEach(each::session);
  }

  /** Everything there is, as text. */
  @SuppressWarnings("ReferenceEquality") // as Acl.NONE says
  public String dump() {
    StringBuilder text = new StringBuilder(sessions.toString());
    znodes.forEach(
        (path, z) ->
            text.append('\n')
                .append(path)
                .append(' ')
                .append(Arrays.toString(z.data()))
                .append(z.acl() == Acl.NONE ? " none " : z.acl().toString())
                .append(z.stat(ENCODING))
                .append(' ')
                .append(z.createdChildren())
                .append(' ')
                .append(z.ephemeralOwner()));
    return text.toString();
  }

  // What codecs have no business to call

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("Codecs load znodes and sessions, nothing else");
  }

  @Override
  public Znode create(
      ZnodePath path,
      byte @Nullable [] data,
      Acl acl,
      long owner,
      long createZxid,
      long time,
      int parentCreated) {
    throw refused();
  }

  @Override
  public void delete(ZnodePath path, long deleteZxid) {
    throw refused();
  }

  @Override
  public Znode setData(
      ZnodePath path, byte @Nullable [] data, int version, long setZxid, long time) {
    throw refused();
  }

  @Override
  public Znode setAcl(ZnodePath path, Acl acl, int aversion) {
    throw refused();
  }

  @Override
  public void overwriteData(ZnodePath path, byte[] data) {
    throw refused();
  }

  @Override
  public void bumpParent(ZnodePath parent, int created, long pzxid) {
    throw refused();
  }

  @Override
  public TreeView seal(long sealZxid) {
    throw refused();
  }

  @Override
  public void publish(TreeView sealed) {
    throw refused();
  }

  @Override
  public void rollback() {
    throw refused();
  }

  @Override
  public void savepoint() {
    throw refused();
  }

  @Override
  public void undo() {
    throw refused();
  }

  @Override
  public TreeReader reader() {
    throw refused();
  }

  @Override
  public void close() {
    throw refused();
  }
}
