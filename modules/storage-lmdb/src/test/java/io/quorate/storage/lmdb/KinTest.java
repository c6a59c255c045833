package io.quorate.storage.lmdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.ZnodePath;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KinTest {
  private static final int SEED = 3;

  private static Map<String, Boolean> marks(Kin kin) {
    Map<String, Boolean> marks = new TreeMap<>();
    Hamt.forEach(
        kin.marks(SEED),
        e -> {
          Layer.Mark mark = (Layer.Mark) e;
          marks.put(new String(mark.key(), StandardCharsets.UTF_8), mark.present);
        });
    return marks;
  }

  /** And no chain gets long. */
  @Test
  void theLastWordOnEachChildCounts() {
    for (int children : new int[] {0, 50, 1000}) {
      Random random = new Random(children);
      Hamt.Edit edit = new Hamt.Edit();
      Map<String, Boolean> expected = new TreeMap<>();
      Kin kin = null;
      for (int i = 0; i < 500; i++) {
        if (random.nextInt(20) == 0) {
          edit.id++;
        }
        String name = "n" + random.nextInt(60);
        boolean present = random.nextBoolean();
        kin = Kin.add(kin, ZnodePath.of("/p/" + name), present, children, SEED, edit);
        expected.put(name, present);
        assertEquals(expected, marks(kin));
        assertTrue(kin.links() <= 16 + children / 2);
      }
    }
  }

  @Test
  void chainsThatWereHandedOutStay() {
    Hamt.Edit edit = new Hamt.Edit();
    Map<Kin, Map<String, Boolean>> handedOut = new IdentityHashMap<>();
    Map<String, Boolean> expected = new TreeMap<>();
    Kin kin = null;
    for (int i = 0; i < 400; i++) {
      kin = Kin.add(kin, ZnodePath.of("/p/n" + i % 90), i % 3 == 0, 5, SEED, edit);
      expected.put("n" + i % 90, i % 3 == 0);
      if (i % 7 == 0) {
        handedOut.put(kin, new TreeMap<>(expected));
        edit.id++;
      }
    }
    handedOut.forEach((then, said) -> assertEquals(said, marks(then)));
  }
}
