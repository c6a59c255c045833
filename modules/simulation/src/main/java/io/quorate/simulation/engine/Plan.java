package io.quorate.simulation.engine;

import io.quorate.simulation.generate.Dice;
import io.quorate.simulation.model.Access;
import io.quorate.simulation.model.Settings;

/**
 * What one seed does: how the server is configured, what its clients like, what goes wrong.
 *
 * @param settings what the model has to know
 * @param loops I/O loops of the server
 * @param clients how many there are
 * @param requests about how many requests are sent in all
 * @param crashes how often the server goes down
 * @param diskFaults whether the disk fails now and then
 * @param maxFsyncMs how long an fsync takes at most
 * @param preempt how likely a thread is preempted at a boundary
 * @param weather how bytes travel
 * @param snapCount transactions between snapshots
 * @param sweepMs how often containers are looked for
 * @param outstanding requests in flight before the server stops reading
 * @param wallJumps whether the wall clock jumps
 * @param stalls whether the core's thread stalls now and then
 * @param passwordsOfApache whether session passwords are Apache's
 */
public record Plan(
    Settings settings,
    int loops,
    int clients,
    int requests,
    int crashes,
    boolean diskFaults,
    int maxFsyncMs,
    double preempt,
    Pipe.Weather weather,
    int snapCount,
    int sweepMs,
    int outstanding,
    boolean wallJumps,
    boolean stalls,
    boolean passwordsOfApache) {
  private static final int TICK_MS = 500;
  private static final int SLACK_MS = 1500;

  /** How long the core's thread stalls at most. */
  static final int MAX_STALL_MS = 3000;

  /** The super user's name and password. */
  public static final String SUPER = "super:secret";

  /** Draws a plan. */
  static Plan draw(Dice dice) {
    boolean superUser = dice.chance(0.8);
    boolean stalls = dice.chance(0.2);
    int maxFsyncMs = dice.chance(0.2) ? 200 : dice.between(1, 10);
    Settings settings =
        new Settings(
            dice.chance(0.9),
            dice.chance(0.6),
            dice.chance(0.05),
            dice.chance(0.3),
            superUser ? Access.digestId(SUPER) : null,
            TICK_MS,
            2 * TICK_MS,
            20 * TICK_MS,
            SLACK_MS + 4 * maxFsyncMs + (stalls ? MAX_STALL_MS : 0));
    Pipe.Weather weather =
        new Pipe.Weather(
            dice.chance(0.3) ? 20_000 : dice.between(10, 1000),
            dice.chance(0.2) ? 1 : dice.chance(0.5) ? dice.between(2, 60) : 5000,
            dice.chance(0.1) ? 300 : 60_000,
            dice.between(600, 3000));
    return new Plan(
        settings,
        dice.between(1, 2),
        dice.between(2, 6),
        dice.between(60, 300),
        dice.chance(0.6) ? dice.between(1, 4) : 0,
        dice.chance(0.2),
        maxFsyncMs,
        dice.chance(0.7) ? 0.03 : 0,
        weather,
        dice.chance(0.5) ? dice.between(4, 40) : 10_000,
        dice.between(300, 3000),
        dice.chance(0.3) ? dice.between(1, 5) : 1000,
        dice.chance(0.3),
        stalls,
        dice.chance(0.3));
  }
}
