package io.quorate.tree;

import io.quorate.api.Acl;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The head of a heap store as its owner sees it. A request looks the same znode and its parent up
 * several times while it is validated and applied, and the next one is often for the same parent:
 * the last two look-ups are remembered, and after a change the parent of what changed. Owner's
 * thread only: views have no such memory, since many threads use them.
 */
final class HeapHead implements TreeView {
  private static final byte[] NOWHERE = {};
  private static final int NOTHING = -1;

  private HeapState state;
  private byte[] lastPath = NOWHERE;
  private int lastLength = NOTHING;
  private @Nullable HeapZnode last;
  private byte[] otherPath = NOWHERE;
  private int otherLength = NOTHING;
  private @Nullable HeapZnode other;

  HeapHead(HeapState state) {
    this.state = state;
  }

  /** Another state is the head now. */
  void become(HeapState next) {
    state = next;
    changing();
  }

  /** To be called when a znode of the state is about to change. */
  void changing() {
    lastLength = NOTHING;
    otherLength = NOTHING;
  }

  /** The znode at the first {@code length} bytes is this one until the next change. */
  void remember(byte[] path, int length, @Nullable HeapZnode znode) {
    otherPath = lastPath;
    otherLength = lastLength;
    other = last;
    lastPath = path;
    lastLength = length;
    last = znode;
  }

  /** What is remembered of the znode at the first {@code length} bytes: null, too, if nothing. */
  @Nullable HeapZnode remembered(byte[] path, int length) {
    if (isLast(path, length)) {
      return last;
    }
    return isOther(path, length) ? other : null;
  }

  private boolean isLast(byte[] path, int length) {
    return length == lastLength && Arrays.equals(path, 0, length, lastPath, 0, length);
  }

  private boolean isOther(byte[] path, int length) {
    return length == otherLength && Arrays.equals(path, 0, length, otherPath, 0, length);
  }

  @Override
  public @Nullable HeapZnode find(ZnodePath path) {
    byte[] p = path.bytes();
    if (isLast(p, p.length)) {
      return last;
    }
    HeapZnode found = isOther(p, p.length) ? other : lookUp(path);
    remember(p, p.length, found);
    return found;
  }

  private @Nullable HeapZnode lookUp(ZnodePath path) {
    int nameAt = path.nameOffset();
    // Below "/" nothing is gained, and "//b" must not be found as "/b".
    HeapZnode parent = nameAt <= 2 ? null : remembered(path.bytes(), nameAt - 1);
    return parent == null ? state.find(path) : state.child(parent, path.bytes(), nameAt);
  }

  @Override
  public long zxid() {
    return state.zxid();
  }

  @Override
  public long nodeCount() {
    return state.nodeCount();
  }

  @Override
  public long dataSize() {
    return state.dataSize();
  }

  @Override
  public long digest() {
    return state.digest();
  }

  @Override
  public int ephemeralCount() {
    return state.ephemeralCount();
  }

  @Override
  public void ephemerals(long sessionId, Consumer<ZnodePath> each) {
    state.ephemerals(sessionId, each);
  }

  @Override
  public void ephemeralOwners(LongConsumer each) {
    state.ephemeralOwners(each);
  }

  @Override
  public void containers(Consumer<ZnodePath> each) {
    state.containers(each);
  }

  @Override
  public void ttlNodes(Consumer<ZnodePath> each) {
    state.ttlNodes(each);
  }

  @Override
  public boolean acls(Consumer<Acl> each) {
    return state.acls(each);
  }

  @Override
  public int sessionCount() {
    return state.sessionCount();
  }

  @Override
  public void sessions(SessionVisitor each) {
    state.sessions(each);
  }
}
