package io.quorate.compat.differential;

/** What a random script dwells on. A script has several; some exclude each other. */
public enum Flavour {
  /** Restricted access control lists, several identities. */
  ACL,
  /** Many watches of every kind. */
  WATCHES,
  /** Sockets dropped, sessions attached again, setWatches with catch-up. */
  RECONNECT,
  /** Multis with failures in the middle. */
  MULTI,
  /** Quota nodes, soft and hard. */
  QUOTA,
  /** Truncated, surplus and senseless bodies; operations nobody has. */
  MALFORMED,
  /** Handshakes of every form. */
  HANDSHAKE,
  /** Several requests in one write. */
  PIPELINE
}
