package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionThrottleTest {
  private long nowMs = 1000;
  private long dice;

  private ConnectionThrottle throttle(String... keysAndValues) throws ConfigException {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put("connection_throttle_" + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ConnectionThrottle(
        ConfigReader.read(null, settings, Map.of(), true).config().connectionThrottle(),
        () -> nowMs,
        () -> dice);
  }

  private static int admitted(ConnectionThrottle throttle, int attempts, int cost) {
    int n = 0;
    for (int i = 0; i < attempts; i++) {
      n += throttle.admit(cost) ? 1 : 0;
    }
    return n;
  }

  @Test
  void isOffByDefault() throws ConfigException {
    assertEquals(1000, admitted(throttle(), 1000, 100));
  }

  @Test
  void tokensRunOutAndComeBack() throws ConfigException {
    ConnectionThrottle throttle = throttle("tokens", "10", "fill_time", "100", "fill_count", "3");
    assertEquals(10, admitted(throttle, 20, 1));
    nowMs += 99;
    assertEquals(0, admitted(throttle, 20, 1));
    nowMs += 1;
    assertEquals(3, admitted(throttle, 20, 1));
    nowMs += 150;
    assertEquals(3, admitted(throttle, 20, 1));
    nowMs += 50;
    assertEquals(3, admitted(throttle, 20, 1), "the half is not lost");
    nowMs += 1_000_000;
    assertEquals(10, admitted(throttle, 20, 1), "no more than the bucket holds");
  }

  @Test
  void connectionsCostTokens() throws ConfigException {
    ConnectionThrottle throttle = throttle("tokens", "10", "fill_time", "100", "fill_count", "1");
    assertTrue(throttle.admit(4));
    assertTrue(throttle.admit(4));
    assertFalse(throttle.admit(4), "two are left");
    assertTrue(throttle.admit(2));
  }

  /** BLUE: more drops while the bucket is empty, fewer when it is full enough. */
  @Test
  void dropsAtRandomUnderPressure() throws ConfigException {
    ConnectionThrottle throttle =
        throttle(
            "tokens",
            "1",
            "fill_time",
            "1000000",
            "fill_count",
            "1",
            "freeze_time",
            "100",
            "drop_increase",
            "0.4",
            "drop_decrease",
            "0.3",
            "decrease_ratio",
            "0.5");
    dice = -1; // as near to 1 as it gets: dropped only if the probability is 1
    assertTrue(throttle.admit(1));
    nowMs += 99;
    assertDrop(throttle, false, 0, "not within the freeze time");
    nowMs += 1;
    assertDrop(throttle, false, 0.4, "the bucket is empty");
    nowMs += 50;
    assertDrop(throttle, false, 0.4, "not within the freeze time");
    nowMs += 50;
    assertDrop(throttle, false, 0.8, "");
    nowMs += 100;
    assertDrop(throttle, false, 1.0, "no more than 1");
    nowMs += 1_000_000;
    assertDrop(throttle, true, 0.7, "the bucket is full");
    nowMs += 1_000_000;
    dice = 0;
    assertDrop(throttle, false, 0.4, "dropped with this throw, and costs nothing");
    dice = -1;
    assertDrop(throttle, true, 0.4, "");
    for (double drop : new double[] {0.1, 0, 0}) {
      nowMs += 1_000_000;
      assertDrop(throttle, true, drop, "no less than 0");
    }
  }

  private static void assertDrop(
      ConnectionThrottle throttle, boolean admitted, double drop, String why) {
    assertEquals(admitted, throttle.admit(1), why);
    assertEquals(drop, throttle.dropProbability(), 1e-9, why);
  }
}
