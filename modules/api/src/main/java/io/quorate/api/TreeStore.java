package io.quorate.api;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the state that transactions change. One thread owns it and calls everything except {@link
 * #reader}.
 *
 * <ol>
 *   <li>Mutators change the <em>head</em> at once and nothing else: what was sealed or published
 *       before stays as it was, and so does a znode that a mutator returned. Its children can be
 *       counted; to list them, ask a view.
 *   <li>{@link #seal} fixes the head as a view. {@link #publish} makes a sealed view the one that
 *       readers get; views are published in the order in which they were sealed, each once.
 *   <li>{@link #rollback} drops everything that was not published; {@link #clear} drops everything
 *       but the root, and the published view stays as it is until the next publication.
 *   <li>Mutators assume valid arguments: the caller has checked that parents exist, that a created
 *       znode is new, and so on. A violated assumption is a bug and throws {@link
 *       IllegalStateException}; the store is not used again then.
 *   <li>{@link #undo} goes back to the last {@link #savepoint}. A savepoint is used once, and ends
 *       with the next {@code savepoint}, {@code seal}, {@code rollback} and {@code clear}.
 *   <li>A znode's created-children count and its pzxid only move forward, each by itself. The count
 *       wraps around as an {@code int}: forward is where the difference is positive.
 *   <li>A view tells one state: its znodes by path and by walking down the children (each child
 *       once), how many they are, and the sum of path and data lengths. "" and "/" name the root,
 *       whose path counts as empty. What is no path of a znode finds nothing.
 *   <li>A view lists ephemerals by owner, containers, and znodes with a time to live, as the
 *       store's {@link EphemeralOwner.Encoding} reads owners; sessions are apart from owners. If
 *       {@link TreeView#acls} tells lists, no list that a znode has is missing.
 *   <li>The digest is the sum of {@link NodeDigest} over all znodes, or 0 where digests are off.
 *   <li>What {@link #load} and {@link #putSession} gave is the state that they were taken from: an
 *       empty store loaded with all that a view tells is in the same state, digest included.
 *   <li>Any view may be used by any thread, once it was handed over safely, and as long as it is
 *       referenced. A reader's view has everything that the owner did before it was published, and
 *       readers never see an older view than before.
 *   <li>{@link #expect} changes nothing that anybody can see.
 * </ol>
 */
public interface TreeStore extends AutoCloseable {
  /** The state with all changes so far; its zxid is that of the last {@link #seal}. */
  TreeView head();

  /**
   * Adds a znode and sets its parent's created-children count and pzxid. Both only move forward.
   *
   * @param parentCreated the parent's created-children count after this
   * @return the new znode
   */
  Znode create(
      ZnodePath path,
      byte @Nullable [] data,
      Acl acl,
      long owner,
      long zxid,
      long time,
      int parentCreated);

  /** Removes a znode without children; the parent's pzxid moves forward to {@code zxid}. */
  void delete(ZnodePath path, long zxid);

  /**
   * Sets data, version, mzxid and mtime.
   *
   * @return the znode after it; later changes do not show in it
   */
  Znode setData(ZnodePath path, byte @Nullable [] data, int version, long zxid, long time);

  /**
   * Sets the ACL and its version.
   *
   * @return the znode after it; later changes do not show in it
   */
  Znode setAcl(ZnodePath path, Acl acl, int aversion);

  /** Replaces the data and nothing else; for quota statistics, which no transaction carries. */
  void overwriteData(ZnodePath path, byte[] data);

  /**
   * Moves a znode's created-children count and its pzxid forward, each by itself; for replay over
   * fuzzy snapshots.
   */
  void bumpParent(ZnodePath parent, int created, long pzxid);

  /**
   * Adds a znode with all its metadata, or replaces that of the root; its parent must be there. For
   * loading.
   */
  void load(LoadedZnode znode);

  /**
   * A hint, for whoever has many changes at hand: the places of these znodes are looked up soon. A
   * store may fetch them together, which takes less time than one after the other. They need not
   * exist, and nor do their parents.
   */
  default void expect(List<ZnodePath> paths) {}

  /** Adds a session, or replaces its timeout. */
  void putSession(long sessionId, int timeoutMs);

  /** Removes a session; nothing happens if it is not there. */
  void removeSession(long sessionId);

  /** Fixes the head as a view that contains everything up to {@code zxid}. */
  TreeView seal(long zxid);

  /** Makes a sealed view what readers see. */
  void publish(TreeView sealed);

  /** Goes back to the last published view. */
  void rollback();

  /** Remembers the head, so that {@link #undo} can go back to it. Replaces an earlier one. */
  void savepoint();

  /** Goes back to the savepoint; there must have been no seal since. */
  void undo();

  /** Empties the store, for a restore; the published view stays as it is. */
  void clear();

  /** A reader for one thread that is not the owner. Any thread may ask. */
  TreeReader reader();

  /**
   * Who is told, once, when the store finds that it can not go on: its file is damaged, or can not
   * be written. The thread is the one that found it, also a reader's; what it was doing throws. The
   * owner's next {@link #publish} throws as well, but may be far away. A store that keeps all on
   * the heap never tells anybody.
   */
  default void onFailure(Consumer<Throwable> listener) {}

  @Override
  void close();
}
