package io.quorate.api;

/** The kinds of watch a client can set; each is independent of the others on the same path. */
public enum WatchKind {
  /** One-shot, set by exists and getData. */
  DATA,
  /** One-shot, set by getChildren and getChildren2. */
  CHILD,
  /** Data and child events of one path, until removed. */
  PERSISTENT,
  /** Created, deleted and data events of a path and all below it, until removed. */
  PERSISTENT_RECURSIVE
}
