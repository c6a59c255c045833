package io.quorate.jute;

import io.quorate.api.Acl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Access control lists as vectors of (int perms, ustring scheme, ustring id). */
final class AclWire {
  /** More entries than this are refused; a list this long fills more than the default frame. */
  static final int MAX_ENTRIES = 100_000;

  /** The least an entry takes: perms and two lengths. */
  private static final int MIN_ENTRY_BYTES = 12;

  /** {@link Acl#OPEN} as bytes. Nearly every create carries it, so it is known at sight. */
  private static final byte[] OPEN = openBytes();

  private AclWire() {}

  private static byte[] openBytes() {
    WireWriter w = new WireWriter(32);
    w.putInt(1);
    w.putInt(Acl.ALL);
    byte[] world = "world".getBytes(StandardCharsets.US_ASCII);
    byte[] anyone = "anyone".getBytes(StandardCharsets.US_ASCII);
    w.putBuffer(world, 0, world.length);
    w.putBuffer(anyone, 0, anyone.length);
    return Arrays.copyOf(w.array(), w.position());
  }

  @SuppressWarnings("ReferenceEquality") // only a short cut: equal lists give equal bytes
  static void write(WireWriter out, @Nullable Acl acl) {
    if (acl == null) {
      out.putInt(-1);
      return;
    }
    if (acl == Acl.OPEN || acl == Acl.NONE) {
      out.putBytes(OPEN, 0, OPEN.length);
      return;
    }
    List<Acl.Entry> entries = acl.entries();
    int n = entries.size();
    out.putInt(n);
    for (int i = 0; i < n; i++) {
      Acl.Entry e = entries.get(i);
      out.putInt(e.perms());
      out.putString(e.scheme());
      out.putString(e.id());
    }
  }

  /** How many bytes {@link #write} writes. */
  @SuppressWarnings("ReferenceEquality") // a short cut
  static int size(@Nullable Acl acl) {
    if (acl == null) {
      return 4;
    }
    if (acl == Acl.OPEN) {
      return OPEN.length;
    }
    int size = 4;
    for (Acl.Entry e : acl.entries()) {
      size += 12 + Utf8.length(e.scheme()) + Utf8.length(e.id());
    }
    return size;
  }

  /**
   * A list as a client or a log gives it; null for a null vector.
   *
   * <p>Entries can lack their scheme or id. As Apache 3.9.5 answers: a null scheme is an invalid
   * ACL, so it becomes "", which no provider has; a null id is of no account where the scheme does
   * not look at it or is unknown, so it becomes "" too; with the schemes that do look at it, the
   * message can not be decoded.
   */
  static @Nullable Acl read(WireReader in) {
    if (in.skip(OPEN)) {
      return Acl.OPEN;
    }
    int n = in.readCount(MIN_ENTRY_BYTES, MAX_ENTRIES);
    if (n < 0) {
      return null;
    }
    List<Acl.Entry> entries = new ArrayList<>(n);
    for (int i = 0; i < n && !in.failed(); i++) {
      int perms = in.readInt();
      String scheme = in.readString();
      String id = in.readString();
      if (id == null && scheme != null && readsId(scheme)) {
        in.fail("a null id of scheme " + scheme);
      }
      entries.add(new Acl.Entry(perms, scheme == null ? "" : scheme, id == null ? "" : id));
    }
    return new Acl(entries);
  }

  private static boolean readsId(String scheme) {
    return scheme.equals("world") || scheme.equals("digest") || scheme.equals("ip");
  }
}
