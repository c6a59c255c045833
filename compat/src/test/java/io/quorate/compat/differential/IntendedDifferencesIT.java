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
            "client=1, text=reply to setWatches"),
        new Difference(
            "null path",
            "Apache answers by the accident of what it does first with the path, and logs it. Ours"
                + " takes the body for undecodable, of whatever operation: no transaction.",
            new ScriptBuilder("null path", 1).setData(0, null, null, -1).script(),
            "zxid=+2 err=-8",
            "zxid=+1 err=-5"),
        new Difference(
            "null credentials",
            "Apache's provider stumbles, so that it answers -115 before it closes. Ours takes the"
                + " packet for malformed and closes, as both do for other malformed auth packets.",
            new ScriptBuilder("null credentials", 1).auth(0, "digest", null).script(),
            "err=-115",
            "closed by the server instead of 1"),
        new Difference(
            "null path of addWatch",
            "Apache registers a watch that nothing can trigger.",
            new ScriptBuilder("null path of addWatch", 1).addWatch(0, null, 0).script(),
            "err=0 error=0",
            "err=-5"),
        new Difference(
            "null path of sync",
            "Apache echoes the null.",
            new ScriptBuilder("null path of sync", 1).path(0, Op.SYNC, null).script(),
            "err=0 path=null",
            "err=-5"),
        new Difference(
            "null ACL list in a multi",
            "Apache fails to decode the multi. Ours answers as it does outside of a multi.",
            new ScriptBuilder("null ACL list in a multi", 1)
                .multi(0, Op.CREATE, Bodies.create("/i5", null, null, 0))
                .script(),
            "err=-5",
            "results=[-1:-114:error=-114, end(-1,-1)]"),
        new Difference(
            "null id in an ACL of a multi",
            "Apache finds it when it comes to that operation, ours when it decodes the multi.",
            new ScriptBuilder("null id in an ACL of a multi", 1)
                .multi(
                    0,
                    Op.CHECK,
                    Bodies.pathVersion("/none", -1),
                    Op.CREATE,
                    Bodies.create("/i6", null, List.of(new AclEntry(1, "world", null)), 0))
                .script(),
            "results=[-1:-101:error=-101, -1:-2:error=-2, end(-1,-1)]",
            "err=-5"),
        new Difference(
            "null scheme beside another ACL entry",
            "Apache stumbles while it looks for duplicates. Ours: an invalid ACL.",
            new ScriptBuilder("null scheme", 1)
                .create(
                    0,
                    "/i7",
                    0,
                    List.of(new AclEntry(1, "world", "anyone"), new AclEntry(1, null, "x")))
                .script(),
            "err=-5",
            "err=-114"),
        new Difference(
            "getAllChildrenNumber of an empty path",
            "Apache counts the root as a descendant of its other name.",
            new ScriptBuilder("number of an empty path", 1)
                .path(0, Op.GET_ALL_CHILDREN_NUMBER, "/")
                .path(0, Op.GET_ALL_CHILDREN_NUMBER, "")
                .script(),
            "reply to getAllChildrenNumber#2() xid=2 zxid=+1 err=0 number=",
            "reply to getAllChildrenNumber#2() xid=2 zxid=+1 err=0 number="),
        new Difference(
            "characters beyond the basic plane",
            "Apache's writer makes two three-byte sequences of one character (A-34). Ours: UTF-8.",
            new ScriptBuilder("characters", 1).path(0, Op.SYNC, "/\uD83D\uDE00").script(),
            "path=/\uFFFD",
            "path=/\uD83D\uDE00"));
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
        d.apache().equals(d.ours()) || !all(outcome.ours()).contains(d.apache()),
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
