package io.quorate.api;

/** Gives one reading thread the published state. Not thread-safe; each thread has its own. */
public interface TreeReader {
  /**
   * The newest published view. Valid until the next call on this reader. Everything that the owner
   * thread did before it published this view is visible to the caller.
   */
  TreeView latest();
}
