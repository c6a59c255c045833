package io.quorate.api;

/**
 * What the persisted {@code ephemeralOwner} of a znode means. A session id, 0, the container marker
 * or an encoded time to live share the field (NODE-9 to NODE-11).
 */
public final class EphemeralOwner {
  /** Marks a container. */
  public static final long CONTAINER = Long.MIN_VALUE;

  /** The longest time to live, in ms. */
  public static final long MAX_TTL_MS = (1L << 40) - 1;

  private static final long EXTENDED = 0xffL << 56;
  private static final long FEATURE = 0xffffL << 40;

  private EphemeralOwner() {}

  /** The kinds of znode. */
  public enum Kind {
    PERSISTENT,
    EPHEMERAL,
    CONTAINER,
    TTL
  }

  /** How to read owners whose top byte is 0xFF; fixed when a server starts. */
  public enum Encoding {
    /** Extended types off: such owners are sessions. */
    PLAIN,
    /** Extended types on: such owners are TTLs. */
    EXTENDED,
    /** As 3.5.3 wrote them: any negative owner but the container marker is a TTL of 60 bits. */
    LEGACY_353
  }

  /** The kind of znode that has this owner. */
  public static Kind kind(long owner, Encoding encoding) {
    if (owner == 0) {
      return Kind.PERSISTENT;
    }
    if (owner == CONTAINER) {
      return Kind.CONTAINER;
    }
    if (encoding == Encoding.EXTENDED && (owner & EXTENDED) == EXTENDED) {
      return Kind.TTL;
    }
    if (encoding == Encoding.LEGACY_353 && owner < 0) {
      return Kind.TTL;
    }
    return Kind.EPHEMERAL;
  }

  /** The owner field for a time to live, 1 to {@link #MAX_TTL_MS} ms. */
  public static long ofTtl(long ttlMs, Encoding encoding) {
    if (ttlMs <= 0 || ttlMs > MAX_TTL_MS) {
      throw new IllegalArgumentException("ttl must be 1 to " + MAX_TTL_MS + " ms: " + ttlMs);
    }
    return encoding == Encoding.LEGACY_353 ? Long.MIN_VALUE | ttlMs : EXTENDED | ttlMs;
  }

  /** The time to live in ms of an owner of kind TTL. */
  public static long ttlMs(long owner, Encoding encoding) {
    return encoding == Encoding.LEGACY_353 ? owner & 0x0fff_ffff_ffff_ffffL : owner & MAX_TTL_MS;
  }

  /** Whether an extended owner carries a feature code this server does not know. */
  public static boolean unknownFeature(long owner, Encoding encoding) {
    return encoding == Encoding.EXTENDED
        && (owner & EXTENDED) == EXTENDED
        && (owner & FEATURE) != 0;
  }

  /** What clients see: the session id of an ephemeral, 0 for all else. */
  public static long visible(long owner, Encoding encoding) {
    return kind(owner, encoding) == Kind.EPHEMERAL ? owner : 0;
  }
}
