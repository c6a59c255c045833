/** One server's deterministic core: inputs in, effects out. */
module io.quorate.replica {
  requires static org.jspecify;
  requires transitive io.quorate.acl;
  requires transitive io.quorate.api;
  requires transitive io.quorate.sessions;
  requires transitive io.quorate.tree;
  requires transitive io.quorate.watches;
  requires transitive io.quorate.zab;

  exports io.quorate.replica;
}
