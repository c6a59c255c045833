/** Znodes: validate a request into a transaction, apply a transaction, consistent views. */
module io.quorate.tree {
  requires static org.jspecify;
  requires transitive io.quorate.api;

  exports io.quorate.tree;
}
