package io.quorate.compat.differential;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.compat.server.ServerProcess;
import io.quorate.compat.wire.AclEntry;
import io.quorate.compat.wire.Bodies;
import io.quorate.compat.wire.JuteIn;
import io.quorate.compat.wire.JuteOut;
import io.quorate.compat.wire.Op;
import io.quorate.compat.wire.RawConnection;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where Quorate answers differently on purpose. Each entry says why, and both servers are held to
 * what it says; anything else that differs fails {@link DifferentialIT}.
 */
class IntendedDifferencesIT {
  /**
   * One difference.
   *
   * @param apache a text among what Apache's clients see, in one observation
   * @param ours the same for ours
   */
  record Difference(String id, String reason, Script script, String apache, String ours) {
    @Override
    public String toString() {
      return id;
    }
  }

  private static Pair pair;

  @BeforeAll
  static void start() {
    pair = new Pair(Pair.usual(), Map.of());
  }

  @AfterAll
  static void stop() {
    pair.close();
  }

  static Stream<Difference> differences() {
    return Stream.of(
        new Difference(
            "A-21 deleteContainer",
            "Internal; Apache 3.9.5 obeys any client without looking at ACLs, 3.9.6 closes.",
            new ScriptBuilder("deleteContainer", 2)
                .create(0, "/i1")
                .path(1, Op.DELETE_CONTAINER, "/i1")
                .read(0, Op.EXISTS, "/i1", false)
                .script(),
            "reply to exists#3(/i1) xid=3 zxid=+4 err=-101",
            "reply to exists#3(/i1) xid=3 zxid=+3 err=0"),
        new Difference(
            "A-21 createSession",
            "Internal; Apache answers with a frame that has no reply header. Ours closes.",
            new ScriptBuilder("createSession", 1)
                .send(0, Op.CREATE_SESSION, "30000", new JuteOut().int32(30_000).toBytes())
                .script(),
            "reply to createSession",
            "closed by the server instead of 1"),
        new Difference(
            "A-40 container flag under create",
            "Apache makes a plain znode, whose predicted digest is that of a container.",
            new ScriptBuilder("flag 4 under create", 1)
                .create(0, "/i2", 4, AclEntry.OPEN)
                .read(0, Op.EXISTS, "/i2", false)
                .script(),
            "err=0 path=/i2",
            "err=-8"),
        new Difference(
            "A-40 plain flag under createContainer",
            "Apache makes a container that nobody asked for.",
            new ScriptBuilder("flag 0 under createContainer", 1)
                .send(
                    0, Op.CREATE_CONTAINER, "/i3 f0", Bodies.create("/i3", null, AclEntry.OPEN, 0))
                .read(0, Op.EXISTS, "/i3", false)
                .script(),
            "err=0 path=/i3",
            "err=-8"),
        new Difference(
            "A-41 wrong password for a session with a connection",
            "Apache closes the owner's connection before it looks at the password.",
            new ScriptBuilder("wrong password", 2)
                .connect(1, Handshake.again(0).password(Handshake.Password.WRONG))
                .bare(0, Op.WHO_AM_I)
                .script(),
            "client=0, text=closed by the server",
            "client=0, text=reply to whoAmI#1() xid=1 zxid=+2 err=0 ids=[ip:127.0.0.1]"),
        new Difference(
            "WAT-10 setWatches without READ",
            "Apache 3.9.5 tells of changes to znodes the client may not read; 3.9.6 does not.",
            new ScriptBuilder("setWatches without READ", 2)
                .create(0, "/i4")
                .auth(0, "digest", "u1:p1")
                .create(0, "/i4/s", 0, List.of(new AclEntry(31, "digest", Vocabulary.U1)))
                .setWatches(
                    1, 1_000_000, List.of(List.of("/i4/s"), List.of("/i4/s"), List.of("/i4/s")))
                .addWatch(1, "/i4", 1)
                .setData(0, "/i4", null, -1)
                .script(),
            "client=1, text=event zxid=-1 err=0 type=1 state=3 path=/i4/s",
            "client=1, text=reply to setWatches"));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void isWhatTheListSays(Difference d) throws Exception {
    Pair.Outcome outcome = pair.run(d.script());
    assertTrue(
        all(outcome.apache()).contains(d.apache()), () -> "Apache:\n" + all(outcome.apache()));
    assertTrue(all(outcome.ours()).contains(d.ours()), () -> "ours:\n" + all(outcome.ours()));
    assertTrue(
        Comparison.firstDifference(d.script(), outcome) != null, "no difference; strike it off");
    assertTrue(
        d.ours().contains("event") || !all(outcome.ours()).contains(d.apache()),
        () -> "ours does what Apache does:\n" + all(outcome.ours()));
  }

  /** Apache derives passwords from the session id, which everybody can read (reliability 5.2). */
  @Test
  void aSessionPasswordCannotBeDerivedFromItsId() throws Exception {
    for (boolean ours : new boolean[] {false, true}) {
      ServerProcess server = ours ? pair.ours() : pair.apache();
      Session session = openSession(server);
      byte[] derived = new byte[16];
      new Random(session.id ^ 0xB3415C00L).nextBytes(derived);
      boolean same = Arrays.equals(derived, session.password);
      assertTrue(same != ours, server.kind() + " with derived password: " + same);
    }
  }

  private record Session(long id, byte[] password) {}

  private static Session openSession(ServerProcess server) throws IOException {
    try (RawConnection c = new RawConnection(server.address(), 5_000)) {
      c.sendFrame(Bodies.connect(0, 30_000, 0, new byte[16], false));
      JuteIn in = new JuteIn(c.readFrame());
      in.int64();
      Session session = new Session(in.int64(), in.buffer());
      c.sendFrame(RawConnection.request(1, Op.CLOSE_SESSION, Bodies.NONE));
      c.readFrame();
      return session;
    }
  }

  private static String all(ScriptRunner.Result result) {
    return result.observations().stream()
        .map(Observation::toString)
        .collect(Collectors.joining("\n"));
  }
}
