package io.quorate.compat.differential;

/**
 * A ConnectRequest whose run-dependent parts are symbolic.
 *
 * @param zxidAhead lastZxidSeen minus the zxid at the start of the script; {@link #ZERO} sends 0
 * @param sessionOf client whose last session is attached again; -1 for a new session, -2 for an id
 *     nobody has
 * @param readOnly null leaves the byte out, as old clients do
 */
public record Handshake(
    int protocolVersion,
    long zxidAhead,
    int timeoutMs,
    int sessionOf,
    Password password,
    Boolean readOnly,
    int surplusBytes) {
  public static final long ZERO = Long.MIN_VALUE;
  public static final int NEW = -1;
  public static final int UNKNOWN = -2;

  /** What is sent as password. */
  public enum Password {
    RIGHT,
    ZEROS,
    WRONG,
    SHORT,
    LONG,
    EMPTY,
    NULL
  }

  public static Handshake fresh() {
    return new Handshake(0, ZERO, 30_000, NEW, Password.ZEROS, false, 0);
  }

  public static Handshake again(int client) {
    return new Handshake(0, ZERO, 30_000, client, Password.RIGHT, false, 0);
  }

  public Handshake timeout(int value) {
    return new Handshake(
        protocolVersion, zxidAhead, value, sessionOf, password, readOnly, surplusBytes);
  }

  public Handshake seen(long ahead) {
    return new Handshake(
        protocolVersion, ahead, timeoutMs, sessionOf, password, readOnly, surplusBytes);
  }

  public Handshake password(Password value) {
    return new Handshake(
        protocolVersion, zxidAhead, timeoutMs, sessionOf, value, readOnly, surplusBytes);
  }

  public Handshake readOnly(Boolean value) {
    return new Handshake(
        protocolVersion, zxidAhead, timeoutMs, sessionOf, password, value, surplusBytes);
  }

  public Handshake surplus(int bytes) {
    return new Handshake(
        protocolVersion, zxidAhead, timeoutMs, sessionOf, password, readOnly, bytes);
  }

  public Handshake version(int value) {
    return new Handshake(value, zxidAhead, timeoutMs, sessionOf, password, readOnly, surplusBytes);
  }
}
