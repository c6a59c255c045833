package io.quorate.tree;

import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The head of a heap store as its owner sees it. A request looks the same znode and its parent up
 * several times while it is validated and applied; the last two look-ups since the last change are
 * remembered. Owner's thread only: views have no such memory, since many threads use them.
 */
final class HeapHead implements TreeView {
  private HeapState state;
  private @Nullable ZnodePath lastPath;
  private @Nullable HeapZnode last;
  private @Nullable ZnodePath otherPath;
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
    lastPath = null;
    otherPath = null;
  }

  @Override
  public @Nullable HeapZnode find(ZnodePath path) {
    if (path.equals(lastPath)) {
      return last;
    }
    HeapZnode found = path.equals(otherPath) ? other : state.find(path);
    otherPath = lastPath;
    other = last;
    lastPath = path;
    last = found;
    return found;
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
  public int sessionCount() {
    return state.sessionCount();
  }

  @Override
  public void sessions(SessionVisitor each) {
    state.sessions(each);
  }
}
