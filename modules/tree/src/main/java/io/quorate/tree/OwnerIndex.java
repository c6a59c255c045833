package io.quorate.tree;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.ZnodePath;
import org.jspecify.annotations.Nullable;

/** Keeps the lists of a state's ephemerals by session, its containers and its TTL znodes. */
final class OwnerIndex {
  private final int seed;
  private final EphemeralOwner.Encoding encoding;
  private final Trie.Edit edit;

  /** Over states that are changed by this edit. */
  OwnerIndex(int seed, EphemeralOwner.Encoding encoding, Trie.Edit edit) {
    this.seed = seed;
    this.encoding = encoding;
    this.edit = edit;
  }

  /** A znode with this owner field is there now. */
  void added(HeapState state, ZnodePath path, long owner) {
    switch (EphemeralOwner.kind(owner, encoding)) {
      case PERSISTENT -> {}
      case CONTAINER -> state.containerTrie = addPath(state.containerTrie, path);
      case TTL -> state.ttlTrie = addPath(state.ttlTrie, path);
      case EPHEMERAL -> {
        Entries.Owner old = owner(state, owner);
        Object paths = addPath(old == null ? null : old.paths, path);
        putOwner(state, new Entries.Owner(owner, paths, old == null ? 1 : old.count + 1));
        state.ephemerals++;
      }
    }
  }

  /** A znode with this owner field is gone. */
  void removed(HeapState state, ZnodePath path, long owner) {
    switch (EphemeralOwner.kind(owner, encoding)) {
      case PERSISTENT -> {}
      case CONTAINER -> state.containerTrie = removePath(state.containerTrie, path);
      case TTL -> state.ttlTrie = removePath(state.ttlTrie, path);
      case EPHEMERAL -> {
        Entries.Owner old = owner(state, owner);
        if (old == null) {
          throw new IllegalStateException("ephemeral without an entry: " + path);
        }
        Object paths = removePath(old.paths, path);
        if (old.count == 1) {
          byte[] key = Entries.key(owner);
          state.ownerTrie =
              Trie.remove(state.ownerTrie, Trie.hash(seed, key, 0, 8), key, 0, 8, edit);
        } else {
          putOwner(state, new Entries.Owner(owner, paths, old.count - 1));
        }
        state.ephemerals--;
      }
    }
  }

  private Entries.@Nullable Owner owner(HeapState state, long sessionId) {
    byte[] key = Entries.key(sessionId);
    return (Entries.Owner) Trie.find(state.ownerTrie, Trie.hash(seed, key, 0, 8), key, 0, 8);
  }

  private void putOwner(HeapState state, Entries.Owner owner) {
    state.ownerTrie = Trie.put(state.ownerTrie, hash(owner), owner, edit);
  }

  private Object addPath(@Nullable Object trie, ZnodePath path) {
    Entries.Path entry = new Entries.Path(path);
    return Trie.put(trie, hash(entry), entry, edit);
  }

  private @Nullable Object removePath(@Nullable Object trie, ZnodePath path) {
    int hash = Trie.hash(seed, path.bytes(), 0, path.length());
    return Trie.remove(trie, hash, path.bytes(), 0, path.length(), edit);
  }

  private int hash(Trie.Keyed entry) {
    return Trie.hash(seed, entry.key(), 0, entry.keyLength());
  }
}
