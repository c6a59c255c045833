/**
 * Values every module shares: paths, stats, ACLs, requests, replies and transactions. Pure: no I/O,
 * threads, clocks or randomness.
 */
module io.quorate.api {
  requires static transitive org.jspecify;

  exports io.quorate.api;
}
