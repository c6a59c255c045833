package io.quorate.api;

/** What a watch event tells. Servers send only these four. */
public enum EventType {
  NODE_CREATED(1),
  NODE_DELETED(2),
  NODE_DATA_CHANGED(3),
  NODE_CHILDREN_CHANGED(4);

  private final int code;

  EventType(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }
}
