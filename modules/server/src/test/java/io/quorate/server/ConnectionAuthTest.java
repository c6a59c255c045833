package io.quorate.server;

import static io.quorate.server.TestClient.create;
import static io.quorate.server.TestClient.exists;
import static io.quorate.server.TestClient.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.Identity;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.ZnodePath;
import io.quorate.replica.Input;
import io.quorate.spi.auth.AuthProvider;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionAuthTest {
  /** "ok:NAME" gives NAME, "away" disconnects, "throw" throws, all else fails. */
  private static final class Pass implements AuthProvider {
    @Override
    public String scheme() {
      return "pass";
    }

    @Override
    public Outcome authenticate(byte[] credentials, InetAddress remote) {
      String text = new String(credentials, StandardCharsets.UTF_8);
      if (text.equals("throw")) {
        throw new IllegalStateException("as providers of others may");
      }
      if (text.startsWith("ok:")) {
        return Outcome.of(new Identity("pass", text.substring(3)));
      }
      return text.equals("away") ? Outcome.DISCONNECT : Outcome.FAILED;
    }

    @Override
    public boolean isValid(String id) {
      return true;
    }

    @Override
    public boolean matches(String connectionId, String aclId) {
      return connectionId.equals(aclId);
    }

    @Override
    public boolean isAuthenticated() {
      return true;
    }
  }

  private Stand stand = new Stand(1, Map.of(), new Pass());

  private static Request auth(String scheme, String credentials) {
    return new Request.Auth(scheme, credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static Request createMine(String path) {
    Acl mine = new Acl(List.of(new Acl.Entry(Acl.ALL, "auth", "")));
    return new Request.Create(OpCode.CREATE, ZnodePath.of(path), null, mine, 0, 0);
  }

  /** zxid 0, and what follows in the same bytes is asked with the new identity. */
  @Test
  void identitiesCountFromTheNextRequestOn() {
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    a.ask(auth("pass", "ok:amy"), createMine("/mine"), get("/mine"));
    assertEquals(List.of("#-4 @0"), a.take());
    stand.settle();
    assertEquals(List.of("#1 @3 /mine", "#2 @3 'null' v0"), a.take());
    b.ask(get("/mine"), auth("pass", "ok:amy"), get("/mine"));
    assertEquals(List.of("#1 @3 -102", "#-4 @0", "#2 @3 'null' v0"), b.take());
  }

  @Test
  void authenticationDoesNotWaitForWrites() {
    TestClient a = stand.open(0);
    a.ask(create("/a"), auth("pass", "ok:amy"));
    assertEquals(List.of("#-4 @0"), a.take());
    assertEquals(1, a.connection.outstanding());
  }

  /** The core's queue has no other bound against packets that no limit of requests counts. */
  @Test
  void theCoreHearsOnlyOfWhatIsNew() {
    TestClient a = stand.open(0);
    Request amy = auth("pass", "ok:amy");
    a.ask(amy, amy, amy, auth("pass", "ok:ben"), amy);
    assertEquals(5, a.take().size());
    assertEquals(2, stand.inbox.stream().filter(Input.Identified.class::isInstance).count());
  }

  @Test
  void identitiesAreBounded() {
    TestClient many = stand.open(0);
    for (int i = 0; i < 1000; i++) {
      many.ask(auth("pass", "ok:" + i));
    }
    assertTrue(many.isOpen());
    many.ask(auth("pass", "ok:more"));
    assertTrue(many.channel.closing);
    TestClient large = stand.open(0);
    for (int i = 0; i < 4; i++) {
      large.ask(auth("pass", "ok:" + i + "x".repeat(60_000)));
    }
    assertTrue(large.isOpen());
    large.ask(auth("pass", "ok:" + "x".repeat(60_000)));
    assertTrue(large.channel.closing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pass wrong", "pass throw", "none ok:x", "'' ok:x"})
  void failuresAreAnsweredAndClosed(String text) {
    String[] words = text.split(" ");
    TestClient a = stand.open(0);
    a.ask(auth(words[0].replace("'", ""), words[1]), exists("/"));
    assertEquals(List.of("#-4 @0 -115"), a.take());
    assertTrue(a.channel.closing);
    assertEquals(1, stand.shards.get(0).stats.authFailed);
  }

  /** As the scheme ensemble does: the client is to look for another server. */
  @Test
  void someFailuresCloseWithoutAnAnswer() {
    TestClient a = stand.open(0);
    a.ask(auth("pass", "away"));
    assertEquals(List.of(), a.take());
    assertTrue(a.channel.closing || a.channel.aborted);
  }

  @Test
  void enforcedAuthentication() {
    stand =
        new Stand(
            1, Map.of("enforce.auth.enabled", "true", "enforce.auth.schemes", "pass"), new Pass());
    for (Request request :
        new Request[] {exists("/"), create("/a"), new Request.Ping(), TestClient.watch("/")}) {
      TestClient a = stand.open(0);
      a.ask(request, exists("/"));
      List<String> lines = a.take();
      assertEquals(1, lines.size(), lines::toString);
      assertTrue(lines.get(0).endsWith("@0 -124"), lines::toString);
      assertTrue(a.channel.closing);
    }
    TestClient b = stand.open(0);
    b.ask(auth("pass", "ok:ben"), exists("/"));
    assertEquals(2, b.take().size());
    assertTrue(b.isOpen());
    stand.settle();
    assertFalse(b.channel.closing);
  }

  /** The event filter uses who the connection is when the change takes effect. */
  @Test
  void eventsFollowIdentities() {
    TestClient a = stand.open(0);
    TestClient b = stand.open(0);
    a.ask(auth("pass", "ok:amy"), createMine("/mine"));
    stand.settle();
    b.ask(new Request.AddWatch(ZnodePath.of("/mine"), io.quorate.api.WatchKind.PERSISTENT));
    stand.settle();
    b.take();
    a.ask(TestClient.set("/mine", "1"));
    stand.settle();
    assertEquals(List.of(), b.take());
    b.ask(auth("pass", "ok:amy"));
    a.ask(TestClient.set("/mine", "2"));
    stand.settle();
    assertEquals(List.of("#-4 @0", "event NODE_DATA_CHANGED /mine @5"), b.take());
  }
}
