package io.quorate.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SketchTest {
  private static final int ADDED = 20_000;

  @Test
  void whatWasAddedMayBeThereAndHardlyAnythingElse() {
    Sketch sketch = new Sketch(19);
    Random random = new Random(1);
    int[] hashes = random.ints(ADDED).toArray();
    assertFalse(sketch.mayHave(hashes[0]));
    for (int hash : hashes) {
      sketch.add(hash);
    }
    for (int hash : hashes) {
      assertTrue(sketch.mayHave(hash));
    }
    long wrong = random.ints(ADDED).filter(sketch::mayHave).count();
    assertTrue(wrong < ADDED / 50, wrong + " of " + ADDED);
  }
}
