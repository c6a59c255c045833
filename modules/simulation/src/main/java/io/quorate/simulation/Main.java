package io.quorate.simulation;

import io.quorate.simulation.engine.Simulation;

/** Runs seeds. */
public final class Main {
  private Main() {}

  /**
   * {@code --seed N} runs one seed and prints its trace; {@code --seeds N [--from M]} runs many.
   */
  public static void main(String[] args) {
    long from = 1;
    long count = 1000;
    boolean one = false;
    for (int i = 0; i + 1 < args.length; i += 2) {
      long value = Long.parseLong(args[i + 1]);
      switch (args[i]) {
        case "--seed" -> {
          from = value;
          count = 1;
          one = true;
        }
        case "--seeds" -> count = value;
        case "--from" -> from = value;
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    int bad = 0;
    long start = System.nanoTime();
    long events = 0;
    for (long seed = from; seed < from + count; seed++) {
      Simulation.Outcome o = Simulation.run(seed);
      events += o.tasks();
      if (!o.clean() || one) {
        System.out.println("seed " + seed + " " + o.plan());
        if (one) {
          for (int i = 0; i < o.history().events().size(); i++) {
            System.out.println(o.history().time(i) + " " + o.history().events().get(i));
          }
          o.history().log().forEach(System.out::println);
        }
        o.violations().stream().limit(one ? 50 : 3).forEach(v -> System.out.println("  " + v));
        o.faults().stream().limit(3).forEach(f -> System.out.println("  " + f));
        bad += o.clean() ? 0 : 1;
      }
    }
    System.out.printf(
        "%d seeds, %d bad, %d tasks, %.1f s%n",
        count, bad, events, (System.nanoTime() - start) / 1e9);
    System.exit(bad == 0 ? 0 : 1);
  }
}
