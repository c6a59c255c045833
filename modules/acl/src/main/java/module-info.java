/** May these identities do this to this znode? */
module io.quorate.acl {
  requires static org.jspecify;
  requires transitive io.quorate.api;

  exports io.quorate.acl;
}
