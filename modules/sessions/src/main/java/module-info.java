/** Session table, expiry by tick, per-session order. */
module io.quorate.sessions {
  requires static org.jspecify;
  requires transitive io.quorate.api;
}
