/** Who is told of which change. */
module io.quorate.watches {
  requires static org.jspecify;
  requires transitive io.quorate.api;

  exports io.quorate.watches;
}
