package io.quorate.compat.crash;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The znodes of one client as its own requests leave them. Immutable; a change makes a copy. */
final class ModelTree {
  /** A child of the client's folder. */
  record Node(int dataHash, int version, boolean ephemeral) {}

  static final ModelTree EMPTY = new ModelTree(new HashMap<>(), 0);

  private final Map<String, Node> nodes;
  private final int creates;

  private ModelTree(Map<String, Node> nodes, int creates) {
    this.nodes = nodes;
    this.creates = creates;
  }

  ModelTree create(String name, byte[] data, boolean ephemeral) {
    Map<String, Node> copy = new HashMap<>(nodes);
    copy.put(name, new Node(Arrays.hashCode(data), 0, ephemeral));
    return new ModelTree(copy, creates + 1);
  }

  ModelTree set(String name, byte[] data) {
    Map<String, Node> copy = new HashMap<>(nodes);
    Node old = copy.get(name);
    copy.put(name, new Node(Arrays.hashCode(data), old.version() + 1, old.ephemeral()));
    return new ModelTree(copy, creates);
  }

  ModelTree delete(String name) {
    Map<String, Node> copy = new HashMap<>(nodes);
    copy.remove(name);
    return new ModelTree(copy, creates);
  }

  /** What a server that holds exactly these nodes would be read as. */
  static ModelTree of(Map<String, Node> nodes, int creates) {
    return new ModelTree(new HashMap<>(nodes), creates);
  }

  Map<String, Node> nodes() {
    return nodes;
  }

  /** Number of children created so far, which the next sequence number is. */
  int creates() {
    return creates;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelTree t && creates == t.creates && nodes.equals(t.nodes);
  }

  @Override
  public int hashCode() {
    return nodes.hashCode() * 31 + creates;
  }

  @Override
  public String toString() {
    return creates + " creates, " + new TreeMap<>(nodes);
  }
}
