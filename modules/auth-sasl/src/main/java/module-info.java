/** The SASL scheme. */
module io.quorate.auth.sasl {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.auth;
  requires org.slf4j;
  requires java.security.sasl;
}
