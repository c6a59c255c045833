package io.quorate.simulation.check;

/** The rules a history is held to, by the names of the reliability reference, section 3. */
public enum Rule {
  R1("writes are linearizable and answer what the model answers at their zxid"),
  R2("a read answers the state of its header zxid, which never goes back in a session"),
  R3("after sync, reads show everything that was acknowledged before it"),
  R4("a write takes effect at most once"),
  S1("session ids are unique"),
  S2("no session expires while its server hears of it"),
  S3("no transaction of a session after the one that closes it"),
  S4("a closed session is never resumed, a live one is not refused"),
  S5("one connection serves a session; a wrong password changes nothing"),
  S6("replies come in the order of requests, each once, with the same xid"),
  S7("a server behind the client's last zxid refuses it"),
  S8("any traffic keeps a session alive"),
  S10("no transaction of a session before the one that opens it"),
  E1("each ephemeral belongs to a session that exists"),
  E2("closing a session removes exactly its ephemerals, which its transaction lists"),
  E3("ephemerals have no children"),
  E5("sessions of dead clients end in time"),
  E6("containers and TTL znodes go only by transaction, empty and due"),
  W1("a one-shot watch fires once; nothing fires that was not asked for"),
  W2("a change after the registration is told"),
  W3("the event of a change comes before any reply that could show it"),
  W4("events come in the order of zxids"),
  W5("setWatches tells what changed since, and arms the rest"),
  W6("no event to who may not read the znode"),
  W7("the server holds exactly the watches that were set"),
  W8("events of a multi carry its zxid; a failed one has none"),
  W9("an event carries the zxid of its transaction"),
  W10("removing watches removes what was asked, and only that"),
  T1("the fields of Stat follow the model"),
  T2("the digest is that of the tree"),
  T4("a multi does all or nothing"),
  T5("ACLs are those that were set"),
  T6("sequence numbers follow the parent and never repeat"),
  T7("quota statistics are what a recount gives"),
  Z6("nothing is committed that nobody asked for"),
  Z12("the log has no holes"),
  D1("what a client learns is durable"),
  D2("recovery keeps everything durable"),
  D4("after a failed write or fsync nothing is acknowledged and the server stops"),
  P("bytes and closes are as the protocol says"),
  L1("what is asked is answered");

  private final String text;

  Rule(String text) {
    this.text = text;
  }

  /** The rule in words. */
  public String text() {
    return text;
  }
}
