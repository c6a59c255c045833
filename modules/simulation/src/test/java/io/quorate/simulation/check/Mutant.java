package io.quorate.simulation.check;

import java.util.function.Consumer;

/** A right history, how it is spoilt, and the rule that this breaks. */
record Mutant(Rule rule, String what, Consumer<FakeServer> script, Consumer<Edit> spoil) {}
