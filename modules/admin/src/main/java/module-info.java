/** Four-letter words, HTTP admin, JMX and metrics pages over the published view of the server. */
module io.quorate.admin {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires io.quorate.server;
  requires org.slf4j;
  requires java.management;
}
