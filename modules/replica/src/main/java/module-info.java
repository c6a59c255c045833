/** Composes the pure modules into one step function: input in, effects out. */
module io.quorate.replica {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires io.quorate.acl;
  requires io.quorate.tree;
  requires io.quorate.watches;
  requires io.quorate.sessions;
  requires io.quorate.zab;
}
