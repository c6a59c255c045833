package io.quorate.simulation.engine;

/** Something that runs one thing at a time: a thread of the server, or the world outside. */
final class Actor {
  final String name;
  boolean running;
  boolean dead;

  Actor(String name) {
    this.name = name;
  }
}
