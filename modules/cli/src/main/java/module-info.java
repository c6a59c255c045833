/** The quorate command. */
module io.quorate.cli {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires io.quorate.server;
  requires io.quorate.admin;
  requires org.slf4j;
  requires info.picocli;
}
