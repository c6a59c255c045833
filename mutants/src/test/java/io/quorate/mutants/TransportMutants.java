package io.quorate.mutants;

import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.ConnectionHandler;
import io.quorate.spi.transport.Transport;
import io.quorate.spi.transport.TransportConfiguration;
import io.quorate.spi.transport.TransportProvider;
import io.quorate.spi.transport.tck.FaultyTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** Wrong transports. */
final class TransportMutants {
  private static final List<Mutant<?>> ALL = new ArrayList<>();
  private static final Twist.Instead NOTHING = (a, right) -> null;
  private static final String EVERY_BYTE = "rule3EveryByteOnceAndInOrderHoweverItIsCut";

  private TransportMutants() {}

  private static void provider(
      String wrong, String caughtBy, UnaryOperator<TransportProvider> twist) {
    ALL.add(new Mutant<>(Subjects.OfTransport.class, wrong, caughtBy, twist));
  }

  private static void transport(String wrong, String caughtBy, UnaryOperator<Transport> twist) {
    provider(
        wrong,
        caughtBy,
        p ->
            Twist.of(
                TransportProvider.class,
                p,
                "open",
                (a, open) -> twist.apply((Transport) open.call(a))));
  }

  private static void transport(
      String wrong, String caughtBy, String method, Twist.Instead instead) {
    transport(wrong, caughtBy, t -> Twist.of(Transport.class, t, method, instead));
  }

  /** With connections as the first makes them and handlers as the second does. */
  private static void ends(
      String wrong,
      String caughtBy,
      UnaryOperator<Connection> connections,
      UnaryOperator<ConnectionHandler> handlers) {
    transport(
        wrong,
        caughtBy,
        "listen",
        (a, listen) -> {
          Transport.Acceptor acceptor = (Transport.Acceptor) a[2];
          Transport.Acceptor twisted = c -> handlers.apply(acceptor.accepted(connections.apply(c)));
          return listen.call(a[0], a[1], twisted);
        });
  }

  private static void connection(
      String wrong, String caughtBy, String method, Twist.Instead instead) {
    ends(
        wrong,
        caughtBy,
        c -> Twist.of(Connection.class, c, method, instead),
        UnaryOperator.identity());
  }

  private static void handler(String wrong, String caughtBy, String method, Twist.Instead instead) {
    ends(
        wrong,
        caughtBy,
        UnaryOperator.identity(),
        h -> Twist.of(ConnectionHandler.class, h, method, instead));
  }

  static List<Mutant<?>> all() {
    ALL.clear();
    input();
    output();
    endings();
    loops();
    return List.copyOf(ALL);
  }

  private static void input() {
    handler(
        "drops what a handler did not consume",
        EVERY_BYTE,
        "received",
        (a, right) -> {
          right.call(a);
          return a[2];
        });
    handler(
        "gives bytes twice",
        EVERY_BYTE,
        "received",
        (a, right) -> {
          right.call(a);
          return right.call(a);
        });
    handler(
        "calls a handler on a thread of its own",
        "rule1ConnectionsAreSpreadOverLoopsAndStayThere",
        "received",
        (a, right) -> onAnotherThread(a, right));
    handler(
        "keeps any amount of bytes that nobody consumes",
        "rule3TooMuchUnconsumedCloses",
        "maxUnconsumed",
        (a, right) -> Integer.MAX_VALUE);
    connection(
        "ignores a pause",
        "rule5PauseInsideReceivedKeepsTheRestUntilResume",
        "pauseReading",
        NOTHING);
    connection(
        "reads on in no case after a pause",
        "rule5BytesThatComeDuringAPauseAreGivenAfterIt",
        "resumeReading",
        NOTHING);
    provider(
        "FaultyTransport, told to break a connection",
        "rule3ByteByByte",
        p -> {
          FaultyTransport faulty = new FaultyTransport(p, 1);
          faulty.breakAfter(6);
          return faulty;
        });
  }

  private static Object onAnotherThread(Object[] arguments, Twist.Right right)
      throws InterruptedException {
    Object[] result = {0};
    Thread thread =
        new Thread(
            () -> {
              try {
                result[0] = right.call(arguments);
              } catch (Throwable e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    thread.join();
    return result[0];
  }

  private static void output() {
    ends(
        "keeps the array that it should copy",
        "rule4WritesGoOutInOrderAndAreCopied",
        TransportMutants::aliasing,
        UnaryOperator.identity());
    ends(
        "sends before a flush",
        "rule4NothingIsSentBeforeFlush",
        c ->
            Twist.of(
                Connection.class,
                c,
                "write",
                (a, write) -> {
                  write.call(a);
                  c.flush();
                  return null;
                }),
        UnaryOperator.identity());
    connection(
        "says that nothing is queued",
        "rule4WritesGoOutInOrderAndAreCopied",
        "queuedBytes",
        (a, right) -> 0L);
    handler(
        "never tells that the queue became empty",
        "rule4QueueGrowsForASlowReaderAndDrainedTellsWhenItIsEmpty",
        "drained",
        NOTHING);
    ends(
        "closes before what is queued was sent",
        "rule9AllQueuedBytesArriveThoughInputIsUnread",
        c ->
            Twist.of(
                Connection.class,
                c,
                "closeAfterFlush",
                (a, right) -> {
                  c.abort();
                  return null;
                }),
        UnaryOperator.identity());
    connection(
        "ignores a close", "rule9ClosesThoughTheOtherEndDoesNot", "closeAfterFlush", NOTHING);
  }

  private static Connection aliasing(Connection c) {
    List<Object[]> pending = new ArrayList<>();
    Connection writes =
        Twist.of(
            Connection.class,
            c,
            "write",
            (a, right) -> {
              pending.add(a.clone());
              return null;
            });
    return Twist.of(
        Connection.class,
        writes,
        "flush",
        (a, right) -> {
          for (Object[] w : pending) {
            c.write((byte[]) w[0], (Integer) w[1], (Integer) w[2]);
          }
          pending.clear();
          return right.call(a);
        });
  }

  private static void endings() {
    String once = "rule6ClosedOnceWhoeverEndsIt";
    connection("ignores an abort", once, "abort", NOTHING);
    handler("does not tell that a connection has ended", once, "closed", NOTHING);
    handler(
        "tells twice that a connection has ended",
        once,
        "closed",
        (a, right) -> {
          right.call(a);
          return right.call(a);
        });
    String closing = "rule11MethodsDoNothingOnceItCloses";
    ends(
        "sends what is written after it began to close",
        closing,
        c ->
            Twist.of(
                Connection.class,
                c,
                "closeAfterFlush",
                (a, right) -> {
                  c.loop().execute(c::closeAfterFlush);
                  return null;
                }),
        UnaryOperator.identity());
    ends(
        "throws what nobody declared once it closes",
        closing,
        c -> {
          boolean[] closes = {false};
          Connection told =
              Twist.of(
                  Connection.class,
                  c,
                  "closeAfterFlush",
                  (a, right) -> {
                    closes[0] = true;
                    return right.call(a);
                  });
          return Twist.of(
              Connection.class,
              told,
              "write",
              (a, right) -> {
                if (closes[0]) {
                  throw new IllegalStateException("wrong on purpose");
                }
                return right.call(a);
              });
        },
        UnaryOperator.identity());
    handler(
        "goes on with a connection whose handler threw",
        "rule7AnExceptionClosesThatConnectionOnly",
        "received",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (RuntimeException | AssertionError e) {
            return a[2];
          }
        });
    handler(
        "closes though the handler wants to stay for output",
        "rule10AHandlerMayStayForOutput",
        "inputEnded",
        (a, right) -> {
          right.call(a);
          return false;
        });
    transport(
        "a listener that was closed goes on listening",
        "rule12ClosingAListenerKeepsItsConnections",
        "listen",
        (a, right) ->
            Twist.of(
                Transport.Listener.class, (Transport.Listener) right.call(a), "close", NOTHING));
    transport(
        "does not name the port that is taken",
        "rule12ListeningOnATakenPortNamesTheAddress",
        "listen",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (java.io.IOException e) {
            throw new java.io.IOException("can not listen", e);
          }
        });
    transport(
        "hangs when it is to listen",
        "rule12ClosingAListenerKeepsItsConnections",
        "listen",
        (a, right) -> Twist.hang());
    transport("close ends nothing", "rule13ClosingEndsAllAndMayBeRepeated", "close", NOTHING);
  }

  private static void loops() {
    loop(
        "runs a task at once on the thread that gives it",
        "rule8TasksRunInOrderOnOneThread",
        loop ->
            Twist.of(
                Transport.Loop.class,
                loop,
                "execute",
                (a, right) -> {
                  ((Runnable) a[0]).run();
                  return null;
                }));
    loop(
        "waits until a task has run",
        "rule8ExecuteDoesNotWaitForTheLoop",
        loop ->
            Twist.of(
                Transport.Loop.class,
                loop,
                "execute",
                (a, right) -> {
                  CountDownLatch ran = new CountDownLatch(1);
                  Runnable task = (Runnable) a[0];
                  Runnable telling =
                      () -> {
                        task.run();
                        ran.countDown();
                      };
                  right.call(telling);
                  ran.await();
                  return null;
                }));
    loop(
        "runs tasks in another order",
        "rule8TasksRunInOrderOnOneThread",
        TransportMutants::swapping);
    provider(
        "has one loop whatever was asked for",
        "rule14TheLoopsAreThoseAskedFor",
        p ->
            Twist.of(
                TransportProvider.class,
                p,
                "open",
                (a, open) ->
                    open.call(
                        new TransportConfiguration(
                            Math.min(1, ((TransportConfiguration) a[0]).loops()), false))));
  }

  private static void loop(String wrong, String caughtBy, UnaryOperator<Transport.Loop> twist) {
    transport(
        wrong,
        caughtBy,
        t -> {
          List<Transport.Loop> loops = t.loops().stream().map(twist).toList();
          return Twist.of(Transport.class, t, "loops", (a, right) -> loops);
        });
  }

  /** Lets each second task overtake the one before it. */
  private static Transport.Loop swapping(Transport.Loop loop) {
    Object[] held = {null};
    return Twist.of(
        Transport.Loop.class,
        loop,
        "execute",
        (a, right) -> {
          synchronized (held) {
            Object first = held[0];
            if (first == null) {
              held[0] = a[0];
              return null;
            }
            held[0] = null;
            right.call(a);
            return right.call(first);
          }
        });
  }
}
