package io.quorate.simulation.check;

import io.quorate.simulation.history.AclEntry;
import io.quorate.simulation.history.Answer;
import io.quorate.simulation.history.LoggedTxn;
import io.quorate.simulation.history.Op;
import io.quorate.simulation.history.StatData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what was answered and logged with what the model says; null where they agree. */
final class Compare {
  private Compare() {}

  /** The rule that a wrong answer breaks. */
  static @Nullable Rule answers(Op op, Answer expected, Answer actual) {
    return switch (expected) {
      case Answer.None n -> unless(actual instanceof Answer.None, Rule.P);
      case Answer.Path e ->
          unless(actual.equals(expected), op instanceof Op.Create ? Rule.T6 : Rule.P);
      case Answer.PathStat e ->
          actual instanceof Answer.PathStat a
              ? first(unless(e.path().equals(a.path()), Rule.T6), stats(e.stat(), a.stat()))
              : Rule.P;
      case Answer.OfStat e ->
          actual instanceof Answer.OfStat a ? stats(e.stat(), a.stat()) : Rule.P;
      case Answer.Data e ->
          actual instanceof Answer.Data a
              ? first(
                  unless(Arrays.equals(e.data(), a.data()), dataRule(op)),
                  stats(e.stat(), a.stat()))
              : Rule.P;
      case Answer.Names e ->
          actual instanceof Answer.Names a
              ? unless(
                  sameSet(e.names(), a.names()), op instanceof Op.GetEphemerals ? Rule.E1 : Rule.R2)
              : Rule.P;
      case Answer.NamesStat e ->
          actual instanceof Answer.NamesStat a
              ? first(unless(sameSet(e.names(), a.names()), Rule.R2), stats(e.stat(), a.stat()))
              : Rule.P;
      case Answer.AclStat e ->
          actual instanceof Answer.AclStat a
              ? first(unless(sameAcl(e.acl(), a.acl()), Rule.T5), stats(e.stat(), a.stat()))
              : Rule.P;
      case Answer.Count e -> unless(e.equals(actual), Rule.R2);
      case Answer.Users e ->
          unless(actual instanceof Answer.Users a && sameSet(e.users(), a.users()), Rule.R2);
      case Answer.Token e ->
          unless(actual instanceof Answer.Token a && Arrays.equals(e.token(), a.token()), Rule.P);
      case Answer.Code e -> unless(e.equals(actual), Rule.P);
      case Answer.Results e ->
          actual instanceof Answer.Results a ? results(op, e.results(), a.results()) : Rule.P;
    };
  }

  private static @Nullable Rule results(
      Op op, List<Answer.Result> expected, List<Answer.Result> actual) {
    Rule unequal = op instanceof Op.MultiRead ? Rule.R2 : Rule.T4;
    if (expected.size() != actual.size()) {
      return unequal;
    }
    List<Op> ops = op instanceof Op.Multi m ? m.ops() : ((Op.MultiRead) op).ops();
    for (int i = 0; i < expected.size(); i++) {
      Answer.Result e = expected.get(i);
      Answer.Result a = actual.get(i);
      if (e.type() != a.type() || e.err() != a.err()) {
        return unequal;
      }
      Rule wrong = answers(ops.get(i), e.body(), a.body());
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  /** The rule that a wrong transaction breaks. */
  static @Nullable Rule txns(LoggedTxn expected, LoggedTxn actual) {
    return switch (expected) {
      case LoggedTxn.Create e ->
          actual instanceof LoggedTxn.Create a
              ? first(
                  unless(e.path().equals(a.path()), Rule.T6),
                  unless(
                      Arrays.equals(e.data(), a.data()) && e.ephemeral() == a.ephemeral(), Rule.R1),
                  unless(sameAcl(e.acl(), a.acl()), Rule.T5),
                  unless(e.parentCversion() == a.parentCversion(), Rule.T1))
              : Rule.R1;
      case LoggedTxn.CreateTtl e ->
          actual instanceof LoggedTxn.CreateTtl a
              ? first(
                  unless(e.path().equals(a.path()), Rule.T6),
                  unless(Arrays.equals(e.data(), a.data()) && e.ttl() == a.ttl(), Rule.R1),
                  unless(sameAcl(e.acl(), a.acl()), Rule.T5),
                  unless(e.parentCversion() == a.parentCversion(), Rule.T1))
              : Rule.R1;
      case LoggedTxn.CreateContainer e ->
          actual instanceof LoggedTxn.CreateContainer a
              ? first(
                  unless(e.path().equals(a.path()), Rule.T6),
                  unless(Arrays.equals(e.data(), a.data()), Rule.R1),
                  unless(sameAcl(e.acl(), a.acl()), Rule.T5),
                  unless(e.parentCversion() == a.parentCversion(), Rule.T1))
              : Rule.R1;
      case LoggedTxn.SetData e ->
          actual instanceof LoggedTxn.SetData a
              ? first(
                  unless(e.path().equals(a.path()) && Arrays.equals(e.data(), a.data()), Rule.R1),
                  unless(e.version() == a.version(), Rule.T1))
              : Rule.R1;
      case LoggedTxn.SetAcl e ->
          actual instanceof LoggedTxn.SetAcl a
              ? first(
                  unless(e.path().equals(a.path()), Rule.R1),
                  unless(sameAcl(e.acl(), a.acl()), Rule.T5),
                  unless(e.version() == a.version(), Rule.T1))
              : Rule.R1;
      case LoggedTxn.CloseSession e ->
          actual instanceof LoggedTxn.CloseSession a
              ? unless(
                  e.paths() != null && a.paths() != null && sameSet(e.paths(), a.paths()), Rule.E2)
              : Rule.R1;
      case LoggedTxn.Check e ->
          unless(actual instanceof LoggedTxn.Check a && a.path().equals(e.path()), Rule.R1);
      case LoggedTxn.Delete e -> unless(expected.equals(actual), Rule.R1);
      case LoggedTxn.CreateSession e -> unless(expected.equals(actual), Rule.R1);
      case LoggedTxn.Failure e -> unless(expected.equals(actual), Rule.R1);
      case LoggedTxn.Multi e ->
          actual instanceof LoggedTxn.Multi a ? parts(e.parts(), a.parts()) : Rule.T4;
    };
  }

  private static @Nullable Rule parts(List<LoggedTxn.Part> expected, List<LoggedTxn.Part> actual) {
    if (expected.size() != actual.size()) {
      return Rule.T4;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i).type() != actual.get(i).type()) {
        return Rule.T4;
      }
      Rule wrong = txns(expected.get(i).txn(), actual.get(i).txn());
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private static @Nullable Rule stats(StatData expected, StatData actual) {
    return unless(expected.equals(actual), Rule.T1);
  }

  private static Rule dataRule(Op op) {
    return op instanceof Op.GetData g && g.path() != null && g.path().endsWith("/zookeeper_stats")
        ? Rule.T7
        : Rule.R2;
  }

  private static @Nullable Rule unless(boolean fine, Rule rule) {
    return fine ? null : rule;
  }

  private static @Nullable Rule first(@Nullable Rule... rules) {
    for (Rule r : rules) {
      if (r != null) {
        return r;
      }
    }
    return null;
  }

  /** Same elements as often; what "auth" expands to has no order. */
  private static boolean sameAcl(List<AclEntry> a, List<AclEntry> b) {
    Comparator<AclEntry> order = Comparator.comparing(AclEntry::toString);
    List<AclEntry> x = new ArrayList<>(a);
    List<AclEntry> y = new ArrayList<>(b);
    x.sort(order);
    y.sort(order);
    return x.equals(y);
  }

  private static boolean sameSet(List<?> a, List<?> b) {
    return a.size() == b.size() && new HashSet<>(a).equals(new HashSet<>(b));
  }
}
