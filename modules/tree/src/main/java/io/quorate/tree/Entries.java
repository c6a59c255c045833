package io.quorate.tree;

import io.quorate.api.ZnodePath;
import org.jspecify.annotations.Nullable;

/** What the tries of a state hold beside znodes. */
final class Entries {
  private Entries() {}

  /** A session id as a key. */
  static byte[] key(long sessionId) {
    byte[] b = new byte[8];
    for (int i = 0; i < 8; i++) {
      b[i] = (byte) (sessionId >>> 56 - 8 * i);
    }
    return b;
  }

  /** The path of an ephemeral, a container or a znode with a time to live. */
  static final class Path extends Trie.Keyed {
    final ZnodePath path;

    Path(ZnodePath path) {
      this.path = path;
    }

    @Override
    byte[] key() {
      return path.bytes();
    }

    @Override
    int keyLength() {
      return path.length();
    }
  }

  /** A global session. */
  static final class Session extends Trie.Keyed {
    final long sessionId;
    final int timeoutMs;
    private final byte[] key;

    Session(long sessionId, int timeoutMs) {
      this.sessionId = sessionId;
      this.timeoutMs = timeoutMs;
      this.key = Entries.key(sessionId);
    }

    @Override
    byte[] key() {
      return key;
    }

    @Override
    int keyLength() {
      return 8;
    }
  }

  /** A session's ephemerals. */
  static final class Owner extends Trie.Keyed {
    final long sessionId;
    final @Nullable Object paths;
    final int count;
    private final byte[] key;

    Owner(long sessionId, @Nullable Object paths, int count) {
      this.sessionId = sessionId;
      this.paths = paths;
      this.count = count;
      this.key = Entries.key(sessionId);
    }

    @Override
    byte[] key() {
      return key;
    }

    @Override
    int keyLength() {
      return 8;
    }
  }
}
