package io.quorate.simulation.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a reply as it came over the wire. */
public sealed interface Answer {
  /** Nothing behind the header. */
  record None() implements Answer {
    public static final None INSTANCE = new None();
  }

  /** create, sync. */
  record Path(@Nullable String path) implements Answer {}

  /** create2 and its kin. */
  record PathStat(String path, StatData stat) implements Answer {}

  /** exists, setData, setACL. */
  record OfStat(StatData stat) implements Answer {}

  /** getData. */
  record Data(byte @Nullable [] data, StatData stat) implements Answer {}

  /** getChildren, getEphemerals: order means nothing. */
  record Names(List<String> names) implements Answer {}

  /** getChildren2. */
  record NamesStat(List<String> names, StatData stat) implements Answer {}

  /** getACL. */
  record AclStat(List<AclEntry> acl, StatData stat) implements Answer {}

  /** getAllChildrenNumber. */
  record Count(int number) implements Answer {}

  /** whoAmI: order means nothing. */
  record Users(List<IdEntry> users) implements Answer {}

  /** addWatch: an error record. */
  record Code(int code) implements Answer {}

  /** sasl. */
  record Token(byte @Nullable [] token) implements Answer {}

  /** multi and multiRead. */
  record Results(List<Result> results) implements Answer {}

  /** One result: type and error of its header, and its body. */
  record Result(int type, int err, Answer body) {}
}
