/** Election, discovery, synchronisation and broadcast over opaque transaction bytes. */
module io.quorate.zab {
  requires static org.jspecify;
  requires transitive io.quorate.api;
}
