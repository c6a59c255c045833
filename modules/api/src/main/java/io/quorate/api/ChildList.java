package io.quorate.api;

/** The children of one znode at one moment. */
public interface ChildList {
  /** Takes one child. */
  @FunctionalInterface
  interface Visitor {
    /** The name is {@code length} bytes of {@code array} from {@code offset}, not to be changed. */
    void child(byte[] array, int offset, int length, Znode znode);
  }

  /** How many there are. */
  int size();

  /** Calls the visitor once for each child, in no particular order. */
  void forEach(Visitor visitor);
}
