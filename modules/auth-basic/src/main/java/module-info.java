/** The schemes world, auth, digest, ip and x509. */
module io.quorate.auth.basic {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.auth;
  requires org.slf4j;
}
