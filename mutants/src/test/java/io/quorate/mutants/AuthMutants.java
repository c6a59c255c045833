package io.quorate.mutants;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.api.Identity;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import io.quorate.spi.auth.AuthProvider;
import io.quorate.spi.auth.AuthProvider.Outcome;
import io.quorate.spi.auth.SaslProvider;
import io.quorate.spi.auth.tck.FaultyAuth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Wrong authentication schemes and SASL providers. */
final class AuthMutants {
  private static final List<Mutant<?>> ALL = new ArrayList<>();
  private static final String ANY_BYTES = "rule4AnyBytesHaveAnOutcome";
  private static final String OUTCOMES = "rule8OutcomesFitTogether";

  private AuthMutants() {}

  private static void add(String wrong, String caughtBy, UnaryOperator<AuthProvider> twist) {
    ALL.add(new Mutant<>(Subjects.OfDigest.class, wrong, caughtBy, twist));
  }

  private static void add(String wrong, String caughtBy, String method, Twist.Instead instead) {
    add(wrong, caughtBy, right -> Twist.of(AuthProvider.class, right, method, instead));
  }

  private static void sasl(String wrong, String caughtBy, UnaryOperator<SaslProvider> twist) {
    ALL.add(new Mutant<>(Subjects.OfSasl.class, wrong, caughtBy, twist));
  }

  static List<Mutant<?>> all() {
    ALL.clear();
    ids();
    outcomes();
    settings();
    sasl();
    return List.copyOf(ALL);
  }

  private static void ids() {
    String equally = "rule1IdsAreJudgedAsToldAndEqually";
    add("every id satisfies every other", equally, "matches", (a, right) -> true);
    add(
        "judges ids by how often it was asked",
        equally,
        right -> {
          AtomicInteger asked = new AtomicInteger();
          return Twist.of(
              AuthProvider.class,
              right,
              "isValid",
              (a, valid) -> asked.incrementAndGet() > 100 ? false : valid.call(a));
        });
    add(
        "throws for an id that it can not read",
        equally,
        "matches",
        (a, right) -> {
          if (((String) a[1]).indexOf(':') < 0) {
            throw new IllegalArgumentException("no id");
          }
          return right.call(a);
        });
    add(
        "keeps the credentials at work in a field",
        "rule2AnyThreadMayCall",
        right -> {
          Object[] field = {null};
          return Twist.of(
              AuthProvider.class,
              right,
              "authenticate",
              (a, authenticate) -> {
                field[0] = a[0];
                Thread.yield();
                a[0] = field[0];
                return authenticate.call(a);
              });
        });
    add(
        "shows the password in the user's name",
        "rule3NoSecretIsShown",
        right -> {
          String[] last = {""};
          AuthProvider remembers =
              Twist.of(
                  AuthProvider.class,
                  right,
                  "authenticate",
                  (a, authenticate) -> {
                    last[0] = new String((byte[]) a[0], UTF_8);
                    return authenticate.call(a);
                  });
          return Twist.of(AuthProvider.class, remembers, "userName", (a, name) -> last[0]);
        });
    add(
        "gives another id to an address each time",
        "rule10AnAddressHasTheSameIdsEachTime",
        right -> {
          AtomicInteger n = new AtomicInteger();
          return Twist.of(
              AuthProvider.class,
              right,
              "onConnect",
              (a, x) -> List.of(new Identity("digest", "n:" + n.incrementAndGet())));
        });
  }

  private static void outcomes() {
    ALL.add(
        new Mutant<AuthProvider>(
            Subjects.OfEnsemble.class,
            "accepts everybody",
            "rule4CredentialsAreTakenAndRefusedAsTold",
            p -> Twist.of(AuthProvider.class, p, "authenticate", (a, right) -> Outcome.of())));
    add(
        "throws for credentials that it can not read",
        ANY_BYTES,
        "authenticate",
        (a, right) -> {
          if (((byte[]) a[0]).length == 0) {
            throw new IllegalArgumentException("no credentials");
          }
          return right.call(a);
        });
    add("hangs", ANY_BYTES, "authenticate", (a, right) -> Twist.hang());
    add(
        "changes the credentials that it was given",
        ANY_BYTES,
        "authenticate",
        (a, right) -> {
          Object outcome = right.call(a);
          java.util.Arrays.fill((byte[]) a[0], (byte) 7);
          return outcome;
        });
    add(
        "FaultyAuth, told to fail",
        ANY_BYTES,
        right -> {
          FaultyAuth faulty = new FaultyAuth(right, 1);
          faulty.failAfter(5);
          return faulty;
        });
    add(
        "refuses, and gives ids all the same",
        OUTCOMES,
        "authenticate",
        (a, right) -> new Outcome(false, ((Outcome) right.call(a)).identities(), false));
    add(
        "gives ids of another scheme",
        OUTCOMES,
        "authenticate",
        (a, right) -> Outcome.of(new Identity("ip", "127.0.0.1")));
    add(
        "gives an id that no ACL may hold",
        OUTCOMES,
        "authenticate",
        (a, right) -> Outcome.of(new Identity("digest", "nobody")));
    add("keeps the view", "rule11TheViewIsNotKept", AuthMutants::keepsView);
  }

  private static AuthProvider keepsView(AuthProvider right) {
    Object[] view = {null};
    AuthProvider keeps =
        Twist.of(
            AuthProvider.class,
            right,
            "authenticate",
            (a, authenticate) -> {
              view[0] = a.length > 2 ? a[2] : null;
              return authenticate.call(a);
            });
    return Twist.of(
        AuthProvider.class,
        keeps,
        "isValid",
        (a, valid) -> {
          if (view[0] instanceof TreeView tree) {
            tree.find(ZnodePath.of("/ids"));
          }
          return valid.call(a);
        });
  }

  private static void settings() {
    add("names itself as the server's own", "rule6TheSchemeHasAName", "scheme", (a, r) -> "world");
    add(
        "refuses the settings of others",
        "rule7SettingsOfOthersAreIgnored",
        "configure",
        (a, right) -> {
          if (((java.util.Map<?, ?>) a[0]).containsKey("tickTime")) {
            throw new IllegalArgumentException("tickTime is not known");
          }
          return right.call(a);
        });
    add(
        "shows a secret setting",
        "rule7AWrongSettingIsNamed",
        "configure",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(a[0].toString(), e);
          }
        });
    add(
        "takes a wrong setting",
        "rule7AWrongSettingIsNamed",
        "configure",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (IllegalArgumentException e) {
            return true;
          }
        });
  }

  /** With exchanges that are wrong in one method. */
  private static void exchange(
      String wrong, String caughtBy, String method, Twist.Instead instead) {
    sasl(
        wrong,
        caughtBy,
        p ->
            Twist.of(
                SaslProvider.class,
                p,
                "start",
                (a, start) ->
                    ((Optional<?>) start.call(a))
                        .map(
                            e ->
                                Twist.of(
                                    SaslProvider.Exchange.class,
                                    (SaslProvider.Exchange) e,
                                    method,
                                    instead))));
  }

  private static void sasl() {
    String proves = "rule5WhoProvesItHasAnId";
    exchange(
        "an exchange is complete from its start",
        "rule5AnyBytesAreAnsweredOrRefused",
        "complete",
        (a, right) -> true);
    exchange("an exchange is never complete", proves, "complete", (a, right) -> false);
    exchange(
        "gives ids before the end",
        proves,
        "identities",
        (a, right) -> List.of(new Identity("sasl", "bob")));
    exchange(
        "shows the password when it refuses",
        "rule5WhoDoesNotHasNone",
        "step",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (SaslProvider.FailedException e) {
            throw new SaslProvider.FailedException("expected S3cret");
          }
        });
    exchange(
        "throws what nobody declared",
        "rule5AnyBytesAreAnsweredOrRefused",
        "step",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (SaslProvider.FailedException e) {
            throw new IllegalStateException(e);
          }
        });
    sasl(
        "all connections share one exchange",
        "rule5ExchangesKnowNothingOfOneAnother",
        p -> {
          Object[] one = {null};
          return Twist.of(
              SaslProvider.class,
              p,
              "start",
              (a, start) -> {
                if (one[0] == null) {
                  one[0] = start.call(a);
                }
                return one[0];
              });
        });
    sasl(
        "starts exchanges though it is not configured",
        "rule7WhatIsNotConfiguredStartsNothing",
        p ->
            Twist.of(
                SaslProvider.class,
                p,
                "start",
                (a, start) -> {
                  PlainSasl other = new PlainSasl();
                  other.configure(java.util.Map.of(PlainSasl.PASSWORD, "S3cret"));
                  return other.start();
                }));
  }
}
