package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InFlightTest {
  /** One request: when, how long, whether it is a write. */
  private record One(long nanos, int length, boolean write) {}

  @Test
  void isAQueue() {
    Random random = new Random(5);
    InFlight inFlight = new InFlight();
    ArrayDeque<One> model = new ArrayDeque<>();
    for (int i = 0; i < 20_000; i++) {
      boolean grow = (i / 500) % 2 == 0;
      if (model.isEmpty() || random.nextInt(10) < (grow ? 7 : 3)) {
        One one = new One(random.nextLong(), random.nextInt(3), random.nextBoolean());
        inFlight.add(one.nanos, one.length, one.write);
        model.addLast(one);
      } else {
        assertEquals(model.getFirst().nanos, inFlight.firstStartNanos());
        assertEquals(model.removeFirst().length, inFlight.remove());
      }
      assertEquals(model.size(), inFlight.size());
      assertEquals(model.stream().filter(One::write).count(), inFlight.writes());
    }
  }

  @Test
  void anAnswerToNothingIsABug() {
    assertThrows(IllegalStateException.class, () -> new InFlight().remove());
  }
}
