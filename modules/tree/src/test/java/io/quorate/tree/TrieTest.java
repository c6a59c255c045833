package io.quorate.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrieTest {
  /** A key and a value. */
  private static final class Item extends Trie.Keyed {
    private final byte[] key;
    final int value;

    Item(byte[] key, int value) {
      this.key = key;
      this.value = value;
    }

    @Override
    byte[] key() {
      return key;
    }

    @Override
    int keyLength() {
      return key.length;
    }
  }

  private static byte[] key(int i) {
    return ("key-" + i).getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable Item get(@Nullable Object root, int hash, byte[] key) {
    return (Item) Trie.find(root, hash, key, 0, key.length);
  }

  private static Map<String, Integer> contents(@Nullable Object root) {
    Map<String, Integer> all = new HashMap<>();
    Trie.forEach(
        root,
        e -> assertNull(all.put(java.util.Arrays.toString(((Item) e).key()), ((Item) e).value)));
    return all;
  }

  /** Few different hashes, so that buckets overflow at the end of the hash. */
  @Test
  void keysOfOneHashAreKeptApart() {
    Random random = new Random(7);
    Trie.Edit edit = new Trie.Edit();
    Object root = null;
    Map<String, Integer> model = new HashMap<>();
    List<Object> oldRoots = new ArrayList<>();
    List<Map<String, Integer>> oldModels = new ArrayList<>();
    for (int i = 0; i < 6000; i++) {
      int n = random.nextInt(500);
      byte[] key = key(n);
      int hash =
          n % 3 == 0 ? 0 : n % 3 == 1 ? 0xc000_0000 : -1; // 0xc0000000 shares 15 levels with 0
      String name = java.util.Arrays.toString(key);
      if (random.nextInt(3) > 0) {
        root = Trie.put(root, hash, new Item(key, i), edit);
        Integer before = model.put(name, i);
        assertEquals(before, edit.previous == null ? null : ((Item) edit.previous).value);
      } else {
        root = Trie.remove(root, hash, key, 0, key.length, edit);
        Integer before = model.remove(name);
        assertEquals(before, edit.previous == null ? null : ((Item) edit.previous).value);
      }
      if (i % 97 == 0) {
        oldRoots.add(root);
        oldModels.add(new HashMap<>(model));
        edit.id++;
      }
    }
    assertEquals(model, contents(root));
    for (int i = 0; i < oldRoots.size(); i++) {
      assertEquals(oldModels.get(i), contents(oldRoots.get(i)));
    }
  }

  /** Halving on the way up and merging on the way down, with old roots held. */
  @Test
  void growsAndShrinks() {
    Random random = new Random(11);
    Trie.Edit edit = new Trie.Edit();
    Object root = null;
    Map<String, Integer> model = new HashMap<>();
    List<Object> oldRoots = new ArrayList<>();
    List<Map<String, Integer>> oldModels = new ArrayList<>();
    int[] peaks = {40, 0, 700, 3, 20_000, 500, 5000, 0};
    for (int peak : peaks) {
      boolean up = peak > model.size();
      while (model.size() != peak) {
        int n = random.nextInt(30_000);
        byte[] key = key(n);
        String name = java.util.Arrays.toString(key);
        int hash = Trie.hash(3, key, 0, key.length);
        if (up) {
          root = Trie.put(root, hash, new Item(key, n), edit);
          assertEquals(model.put(name, n) == null, edit.previous == null);
        } else {
          root = Trie.remove(root, hash, key, 0, key.length, edit);
          assertEquals(model.remove(name) == null, edit.previous == null);
        }
        if (random.nextInt(50) == 0) {
          edit.id++;
        }
      }
      assertEquals(model, contents(root));
      oldRoots.add(root);
      oldModels.add(new HashMap<>(model));
      edit.id++;
    }
    assertNull(root, "nothing is left of it");
    for (int i = 0; i < oldRoots.size(); i++) {
      assertEquals(oldModels.get(i), contents(oldRoots.get(i)));
    }
  }

  /** Numbers of edits must not come round to those that old parts carry. */
  @Test
  void partsOfEditsLongAgoAreNotChangedInPlace() {
    Trie.Edit edit = new Trie.Edit();
    Item first = new Item(key(1), 1);
    Object old = Trie.put(null, 5, first, edit);
    edit.id += 1L << 32;
    Object now = Trie.put(old, 5, new Item(key(1), 2), edit);
    assertSame(first, get(old, 5, key(1)));
    assertNotEquals(old, now);
  }

  @Test
  void looksUpPartsOfArrays() {
    Trie.Edit edit = new Trie.Edit();
    byte[] key = {1, 2, 3};
    Object root = Trie.put(null, Trie.hash(9, key, 0, 3), new Item(key, 5), edit);
    byte[] inside = {0, 1, 2, 3, 4};
    int hash = Trie.hash(9, inside, 1, 3);
    assertEquals(Trie.hash(9, key, 0, 3), hash);
    assertEquals(5, ((Item) Trie.find(root, hash, inside, 1, 3)).value);
    assertNull(Trie.find(root, hash, inside, 1, 2));
    assertNull(Trie.find(root, hash, inside, 2, 3));
  }

  /** Names like those that people use spread over all buckets. */
  @Test
  void hashesSpread() {
    for (String prefix : new String[] {"lock-000000", "", "node", "/a/b/c/"}) {
      for (int seed : new int[] {0, 0x5bd1e995}) {
        int[] counts = new int[256];
        for (int i = 10_000; i < 10_000 + 25_600; i++) {
          byte[] b = (prefix + i).getBytes(StandardCharsets.UTF_8);
          counts[Trie.hash(seed, b, 0, b.length) & 255]++;
        }
        double chi = 0;
        for (int c : counts) {
          chi += (c - 100.0) * (c - 100.0) / 100.0;
        }
        // 255 degrees of freedom: mean 255, deviation 23; ten deviations are no accident
        assertEquals(true, chi < 255 + 10 * 23, prefix + " seed " + seed + ": " + chi);
      }
    }
  }
}
