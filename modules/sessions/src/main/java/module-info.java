/** Who is connected: the session table, expiry by tick, ids and passwords. */
module io.quorate.sessions {
  requires static org.jspecify;
  requires transitive io.quorate.api;

  exports io.quorate.sessions;
}
