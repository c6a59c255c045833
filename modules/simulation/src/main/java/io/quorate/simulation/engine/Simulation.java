package io.quorate.simulation.engine;

import io.quorate.server.ConfigException;
import io.quorate.server.ConfigReader;
import io.quorate.server.ServerConfig;
import io.quorate.simulation.check.Checker;
import io.quorate.simulation.check.Violation;
import io.quorate.simulation.disk.Disk;
import io.quorate.simulation.generate.Dice;
import io.quorate.simulation.generate.Requests;
import io.quorate.simulation.history.Event;
import io.quorate.simulation.history.History;
import io.quorate.simulation.wire.LogWire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run from one seed: a server, its disk, clients, and what goes wrong. Everything in it is
 * drawn from the seed, so a seed replays exactly.
 */
public final class Simulation {
  private static final long MILLI = 1_000_000;
  private static final long MAX_RUN_MS = 600_000;
  private static final long MAX_TASKS = 3_000_000;

  private final long seed;
  private final Dice dice;
  private final Plan plan;
  private final Scheduler scheduler;
  private final Recording recording;
  private final Disk disk = new Disk();
  private final Clocks clocks;
  private final Actor world = new Actor("world");
  private final List<Client> clients = new ArrayList<>();
  private final List<Pipe> pipes = new ArrayList<>();
  private final ServerConfig config;
  private @Nullable Server server;
  private int incarnation;
  private int pipeIds;
  private int strangers = 1000;
  private int crashesLeft;

  /** What came of a run. */
  public record Outcome(
      long seed,
      Plan plan,
      History history,
      List<Violation> violations,
      List<String> faults,
      long hash,
      long tasks) {
    /** Whether nothing was wrong. */
    public boolean clean() {
      return violations.isEmpty() && faults.isEmpty();
    }
  }

  private Simulation(long seed) {
    this.seed = seed;
    this.dice = new Dice(seed);
    this.plan = Plan.draw(dice.split());
    this.scheduler = new Scheduler(dice.split());
    this.recording = new Recording(scheduler);
    this.clocks = new Clocks(scheduler);
    this.config = config();
    this.crashesLeft = plan.crashes();
    disk.observe(
        zxid -> recording.add(new Event.Appended(zxid)),
        zxid -> recording.add(new Event.Durable(zxid)));
  }

  /** Runs a seed and checks what came of it. */
  public static Outcome run(long seed) {
    return new Simulation(seed).run();
  }

  private ServerConfig config() {
    try {
      return ConfigReader.read(
              null,
              Map.of(
                  "jute.maxbuffer", Integer.toString(plan.weather().maxFrame()),
                  "globalOutstandingLimit", Integer.toString(plan.outstanding())),
              Map.of(),
              false)
          .config();
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  private Outcome run() {
    scheduler.preempt(plan.preempt());
    boot();
    makeClients();
    clients.forEach(Client::start);
    misfortunes();
    try {
      runUntil(this::clientsDone, MAX_RUN_MS);
      calmEnd();
    } catch (RuntimeException e) {
      recording.fault("the server failed: " + trace(e));
    }
    for (byte[] entry : disk.truth()) {
      recording.history.log().add(LogWire.decode(entry));
    }
    List<Violation> violations = new Checker(plan.settings()).check(recording.history);
    return new Outcome(
        seed,
        plan,
        recording.history,
        violations,
        recording.faults,
        recording.hash(),
        scheduler.executed());
  }

  private static String trace(Throwable t) {
    StringBuilder text = new StringBuilder(t.toString());
    for (StackTraceElement e : t.getStackTrace()) {
      text.append("\n    at ").append(e);
    }
    return text.toString();
  }

  // ---- phases

  private boolean clientsDone() {
    return clients.stream().allMatch(Client::done) && crashesLeft == 0;
  }

  /** Faults stop; everybody comes back or is given up; all that was asked is answered. */
  private void calmEnd() {
    scheduler.cutAfter(-1);
    scheduler.preempt(0);
    disk.inject(Disk.Fault.NONE);
    calm = true;
    if (server == null) {
      reboot();
    }
    for (Client c : clients) {
      if (dice.chance(0.3)) {
        c.vanish();
      } else {
        c.calmDown();
      }
    }
    pass(300);
    audit();
    boolean expiring = dice.chance(0.5);
    pass(expiring ? 3L * plan.settings().maxTimeoutMs() : 200);
    for (Client c : clients) {
      c.ask(new io.quorate.simulation.history.Op.Ping());
    }
    pass(3000L + 20L * plan.maxFsyncMs());
    settled();
    Server s = server;
    if (s != null) {
      recording.add(new Event.WatchCount(s.watchCount()));
    }
    recording.add(new Event.Quiet());
  }

  /** An expiry may have been proposed in the last moment: what is under way ends first. */
  private void settled() {
    for (int i = 0; i < 20; i++) {
      runUntil(() -> server == null || server.outstanding() == 0, 2000);
      pass(100);
      if (server == null || server.outstanding() == 0) {
        return;
      }
    }
  }

  private boolean calm;

  /** Somebody reads everything. */
  private void audit() {
    for (Client c : clients) {
      if (c.isOpen()) {
        c.ask(
            new io.quorate.simulation.history.Op.Auth(
                "digest", Plan.SUPER.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        Auditor.readAll(recording.history, c);
        return;
      }
    }
  }

  private void pass(long millis) {
    long until = scheduler.now() + millis * MILLI;
    runUntil(() -> scheduler.now() >= until, millis);
  }

  private void runUntil(java.util.function.BooleanSupplier done, long maxMillis) {
    long until = scheduler.now() + maxMillis * MILLI;
    while (!done.getAsBoolean()) {
      try {
        if (!scheduler.step(until)) {
          return;
        }
      } catch (PowerCut cut) {
        goDown(dice.chance(0.7));
      }
      if (scheduler.executed() > MAX_TASKS) {
        recording.fault("the run does not come to an end");
        return;
      }
    }
  }

  // ---- the server's life

  private void boot() {
    incarnation++;
    try {
      server =
          new Server(
              plan, config, disk, scheduler, recording, dice.split(), clocks, this::diskFailed);
      server.announce(incarnation);
      server.start();
    } catch (IOException e) {
      recording.fault("the server does not start: " + e.getMessage());
    } catch (PowerCut e) {
      server = null;
      disk.processEnded();
      reboot();
    }
  }

  private void diskFailed() {
    recording.add(new Event.DiskFailed());
    scheduler.after(dice.below(300) * MILLI, world, () -> goDownNow(false, incarnation));
  }

  private void goDownNow(boolean power, int of) {
    if (of == incarnation && server != null) {
      goDown(power);
    }
  }

  private void goDown(boolean power) {
    Server s = server;
    if (s == null) {
      return;
    }
    s.kill();
    server = null;
    recording.add(new Event.Crash(false));
    for (Pipe p : pipes) {
      p.serverDied();
    }
    pipes.clear();
    if (power) {
      disk.powerCut(dice::below);
    } else {
      disk.processEnded();
    }
    if (power && dice.chance(0.5)) {
      clocks.reboot();
    }
    reboot();
  }

  private void reboot() {
    long pause = dice.chance(0.2) ? 0 : dice.between(1, 3000);
    int of = incarnation;
    scheduler.after(
        pause * MILLI,
        world,
        () -> {
          if (server == null && of == incarnation) {
            if (plan.wallJumps() && dice.chance(0.5)) {
              clocks.setWall(dice.chance(0.5) ? -pause : dice.between(-3_600_000L, 3_600_000L));
            }
            boot();
          }
        });
  }

  /** Draws when the server goes down, the disk fails and the clock is set. */
  private void misfortunes() {
    for (int i = 0; i < plan.crashes(); i++) {
      scheduler.after(
          dice.between(1, 6000) * MILLI,
          world,
          () -> {
            crashesLeft--;
            if (!calm) {
              scheduler.cutAfter(dice.below(200));
            }
          });
    }
    if (plan.diskFaults()) {
      scheduler.after(
          dice.between(100, 5000) * MILLI,
          world,
          () -> {
            if (!calm) {
              disk.inject(
                  dice.pick(List.of(Disk.Fault.APPEND, Disk.Fault.FORCE, Disk.Fault.SNAPSHOT)));
            }
          });
    }
    if (plan.wallJumps()) {
      scheduler.after(
          dice.between(100, 5000) * MILLI,
          world,
          () -> clocks.setWall(dice.between(-90_000L, 90_000L)));
    }
    scheduler.after(dice.between(10, 500) * MILLI, world, this::strangerComes);
  }

  // ---- the network

  private void makeClients() {
    Dice swarm = dice.split();
    long swarmSeed = swarm.any();
    for (int i = 0; i < plan.clients(); i++) {
      Requests requests =
          new Requests(
              dice.split(), new Dice(swarmSeed), Plan.SUPER, plan.weather().maxFrame() / 2);
      clients.add(
          new Client(
              i + 1,
              dice.split(),
              requests,
              scheduler,
              world,
              c -> connect(c, c.address()),
              plan.weather().maxFrame(),
              plan.requests() / plan.clients()));
    }
  }

  private @Nullable Pipe connect(Pipe.ClientEnd end, String address) {
    Server s = server;
    if (s == null) {
      return null;
    }
    VirtualLoop loop = dice.pick(s.loops);
    ServerEnd serverEnd = new ServerEnd(loop, remote(address), scheduler, recording);
    Pipe pipe =
        new Pipe(
            ++pipeIds, scheduler, world, recording, dice.split(), plan.weather(), end, serverEnd);
    pipes.add(pipe);
    scheduler.after(Pipe.ACCEPT_NANOS, loop.actor(), () -> s.accept(serverEnd));
    return pipe;
  }

  private static InetSocketAddress remote(String address) {
    try {
      String[] parts = address.split("\\.", -1);
      byte[] bytes = new byte[4];
      for (int i = 0; i < 4; i++) {
        bytes[i] = (byte) Integer.parseInt(parts[i]);
      }
      return new InetSocketAddress(InetAddress.getByAddress(bytes), 40_000);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private void strangerComes() {
    if (calm) {
      return;
    }
    Stranger stranger = new Stranger(dice.split());
    Pipe pipe = connect(stranger, "10.0.0.9");
    if (pipe != null) {
      stranger.visit(pipe, ++strangers, dice.pick(clients));
    }
    scheduler.after(dice.between(100, 3000) * MILLI, world, this::strangerComes);
  }
}
