/** Atomic broadcast of opaque transactions. */
module io.quorate.zab {
  requires static org.jspecify;
  requires transitive io.quorate.api;

  exports io.quorate.zab;
}
