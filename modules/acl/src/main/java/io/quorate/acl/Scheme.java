package io.quorate.acl;

/** How ids of one authentication scheme compare; pure functions. */
public interface Scheme {
  /** Whether an ACL may hold this id. */
  boolean isValid(String id);

  /** Whether a connection's id satisfies an ACL's id. */
  boolean matches(String connectionId, String aclId);

  /** Whether the scheme "auth" includes ids of this one. */
  boolean isAuthenticated();

  /** What may be shown of an id. */
  String userName(String id);
}
