package io.quorate.storage.files;

import io.quorate.api.Acl;
import io.quorate.api.TreeReader;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A store that a codec can load a state into, and its head, of which nothing but finding is used.
 */
abstract class LoadingTreeStore implements TreeStore, TreeView {
  @Override
  public abstract @Nullable Znode find(ZnodePath path);

  @Override
  public TreeView head() {
    return this;
  }

  @Override
  public void close() {
    // nothing is held
  }

  private static UnsupportedOperationException unexpected() {
    return new UnsupportedOperationException("only for loading a state");
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
    throw unexpected();
  }

  @Override
  public void delete(ZnodePath path, long zxid) {
    throw unexpected();
  }

  @Override
  public Znode setData(ZnodePath path, byte @Nullable [] data, int version, long zxid, long time) {
    throw unexpected();
  }

  @Override
  public Znode setAcl(ZnodePath path, Acl acl, int aversion) {
    throw unexpected();
  }

  @Override
  public void overwriteData(ZnodePath path, byte[] data) {
    throw unexpected();
  }

  @Override
  public void bumpParent(ZnodePath parent, int created, long pzxid) {
    throw unexpected();
  }

  @Override
  public void removeSession(long sessionId) {
    throw unexpected();
  }

  @Override
  public TreeView seal(long zxid) {
    throw unexpected();
  }

  @Override
  public void publish(TreeView sealed) {
    throw unexpected();
  }

  @Override
  public void rollback() {
    throw unexpected();
  }

  @Override
  public void savepoint() {
    throw unexpected();
  }

  @Override
  public void undo() {
    throw unexpected();
  }

  @Override
  public TreeReader reader() {
    throw unexpected();
  }

  @Override
  public long zxid() {
    throw unexpected();
  }

  @Override
  public long nodeCount() {
    throw unexpected();
  }

  @Override
  public long dataSize() {
    throw unexpected();
  }

  @Override
  public long digest() {
    throw unexpected();
  }

  @Override
  public int ephemeralCount() {
    throw unexpected();
  }

  @Override
  public void ephemerals(long sessionId, Consumer<ZnodePath> each) {
    throw unexpected();
  }

  @Override
  public void ephemeralOwners(LongConsumer each) {
    throw unexpected();
  }

  @Override
  public void containers(Consumer<ZnodePath> each) {
    throw unexpected();
  }

  @Override
  public void ttlNodes(Consumer<ZnodePath> each) {
    throw unexpected();
  }

  @Override
  public int sessionCount() {
    throw unexpected();
  }

  @Override
  public void sessions(SessionVisitor each) {
    throw unexpected();
  }
}
