/** SASL for client connections with the JDK's own mechanisms. */
module io.quorate.auth.sasl {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.auth;
  requires java.security.sasl;
  requires org.slf4j;

  exports io.quorate.auth.sasl;

  provides io.quorate.spi.auth.AuthProvider with
      io.quorate.auth.sasl.SaslAuthProvider;
  provides io.quorate.spi.auth.SaslProvider with
      io.quorate.auth.sasl.DigestMd5SaslProvider;
}
