package io.quorate.sessions;

/** One session's entry in the table; owned by the table's thread. */
public final class Session {
  private final long id;
  private int timeoutMs;
  private boolean local;
  private boolean closing;
  long bucket = Long.MIN_VALUE; // in none yet

  Session(long id, int timeoutMs, boolean local) {
    this.id = id;
    this.timeoutMs = timeoutMs;
    this.local = local;
  }

  /** The id on the wire. */
  public long id() {
    return id;
  }

  /** The negotiated timeout. */
  public int timeoutMs() {
    return timeoutMs;
  }

  /** Sets what the last attach negotiated; touches count from it. */
  public void timeoutMs(int timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  /** Whether only this server knows it (LOC-1). */
  public boolean isLocal() {
    return local;
  }

  /** Makes a local session global (LOC-3). */
  public void becomeGlobal() {
    local = false;
  }

  /** Whether its closing was proposed: no more writes are taken from it (SES-10). */
  public boolean isClosing() {
    return closing;
  }

  /** Marks it as closing. */
  public void close() {
    closing = true;
  }
}
