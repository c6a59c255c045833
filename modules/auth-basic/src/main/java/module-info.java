/** The authentication schemes ip and digest, and those of Apache's that are named to be used. */
module io.quorate.auth.basic {
  requires static org.jspecify;
  requires transitive io.quorate.api;
  requires transitive io.quorate.spi.auth;
  requires org.slf4j;

  exports io.quorate.auth.basic;

  provides io.quorate.spi.auth.AuthProvider with
      io.quorate.auth.basic.DigestAuthProvider,
      io.quorate.auth.basic.EnsembleAuthProvider,
      io.quorate.auth.basic.IpAuthProvider,
      io.quorate.auth.basic.KeyAuthProvider;
}
