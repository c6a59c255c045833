package io.quorate.api;

import org.jspecify.annotations.Nullable;

/**
 * A znode with all that a state keeps of it, for {@link TreeStore#load}: what {@link Znode} tells,
 * apart from the children, which are loaded after it. Zxids and times as there, times in ms since
 * 1970.
 *
 * <p>It belongs to the store that loads it, with its array. Two with equal data are not equal.
 *
 * @param path "" and "/" name the root
 * @param createdChildren child creations so far, not the cversion that clients see
 * @param ephemeralOwner as stored: see {@link EphemeralOwner}
 */
public record LoadedZnode(
    ZnodePath path,
    byte @Nullable [] data,
    Acl acl,
    long czxid,
    long mzxid,
    long pzxid,
    long ctime,
    long mtime,
    int version,
    int createdChildren,
    int aversion,
    long ephemeralOwner) {

  /** The same as a znode that is there; the data is copied. */
  public static LoadedZnode copyOf(ZnodePath path, Znode znode) {
    return new LoadedZnode(
        path,
        znode.data(),
        znode.acl(),
        znode.czxid(),
        znode.mzxid(),
        znode.pzxid(),
        znode.ctime(),
        znode.mtime(),
        znode.version(),
        znode.createdChildren(),
        znode.aversion(),
        znode.ephemeralOwner());
  }
}
