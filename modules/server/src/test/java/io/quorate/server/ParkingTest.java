package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What one thread alone can see; the module {@code stress} has the rest. */
class ParkingTest {
  private final Parking parking = new Parking();

  @Test
  void wakesOnlyWhoParks() {
    assertFalse(parking.wake(null), "it runs");
    assertTrue(parking.begin(() -> true));
    assertTrue(parking.wake(null));
    parking.end();
    assertFalse(parking.wake(null), "it runs again");
  }

  @Test
  void looksAtTheQueuesAfterItSaidSo() {
    boolean[] seen = {false};
    assertFalse(
        parking.begin(
            () -> {
              seen[0] = parking.wake(null);
              return false;
            }));
    assertTrue(seen[0], "what came while it looked has woken it");
  }

  @Test
  void aWakeUpBeforeThePauseEndsIt() {
    assertTrue(parking.begin(() -> true));
    assertTrue(parking.wake(Thread.currentThread()));
    LockSupport.park(this); // hangs if the wake-up was lost
    parking.end();
  }
}
