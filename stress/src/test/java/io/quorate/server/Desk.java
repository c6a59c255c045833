package io.quorate.server;

import io.quorate.acl.AclPolicy;
import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.EventType;
import io.quorate.api.OpCode;
import io.quorate.api.Request;
import io.quorate.api.TreeView;
import io.quorate.api.WatchEvent;
import io.quorate.api.ZnodePath;
import io.quorate.jute.ConnectRequest;
import io.quorate.jute.ReplyDecoder;
import io.quorate.jute.ReplyEncoder;
import io.quorate.jute.RequestEncoder;
import io.quorate.jute.ServerReply;
import io.quorate.jute.WireWriter;
import io.quorate.replica.ClientLink;
import io.quorate.replica.Input;
import io.quorate.replica.Reads;
import io.quorate.spi.codec.CodecException;
import io.quorate.spi.transport.Connection;
import io.quorate.spi.transport.Transport;
import io.quorate.tree.HeapTreeStore;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jctools.queues.SpscUnboundedArrayQueue;

/**
 * The real store, router, shard and connection of a server, with one open session and one change
 * that is sealed: zxid 1 is published and has "old", zxid 2 has "new". The threads around them are
 * the actors of a test: one is the core, one the loop.
 */
final class Desk implements CorePort {
  static final ZnodePath PATH = ZnodePath.of("/a");
  private static final byte[] OLD = "old".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);
  private static final int SET_XID = 1;
  private static final int GET_XID = 2;
  private static final byte[] CONNECT = connectFrame();
  private static final byte[] SET = frame(SET_XID, new Request.SetData(PATH, NEW, -1));
  private static final byte[] GET = frame(GET_XID, new Request.GetData(PATH, false));
  private static final ClientServices SERVICES = services();

  final HeapTreeStore store = new HeapTreeStore(1, EphemeralOwner.Encoding.PLAIN, false);
  final EffectsRouter router = new EffectsRouter(new NoDisk());
  final IoShard shard;

  /** Tasks for the loop. The core adds to them only where a test says so. */
  final List<Runnable> tasks = new ArrayList<>();

  /** What the sealed transaction makes. */
  final TreeView sealed;

  ClientLink link;
  private final ClientConnection connection;
  private byte[] sent = new byte[256];
  private int sentLength;
  private int seen;

  Desk() {
    store.create(PATH, OLD, Acl.OPEN, 0, 1, 1, 1);
    store.publish(store.seal(1));
    shard =
        new IoShard(
            SERVICES, store.reader(), this, new SpscUnboundedArrayQueue<Object>(16), tasks::add, 1);
    connection = new ClientConnection(shard, new Wire(), 1);
    give(CONNECT);
    router.opened(link, 7, 10_000, new byte[16]);
    router.wakeShards();
    tasks.forEach(Runnable::run);
    tasks.clear();
    seen = sentLength;
    store.setData(PATH, NEW, 1, 2, 2);
    sealed = store.seal(2);
  }

  private static ClientServices services() {
    try {
      return new ClientServices(
          ConfigReader.read(null, Map.of(), Map.of(), true).config(),
          new Reads(new AclPolicy(Map.of(), false)),
          new ReplyEncoder(EphemeralOwner.Encoding.PLAIN),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          () -> 0L);
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- the core

  /** Tells the client that the znode changed. */
  void event() {
    router.event(link, new WatchEvent(EventType.NODE_DATA_CHANGED, PATH, 2));
  }

  /** Shows the change to readers. */
  void publish() {
    store.publish(sealed);
  }

  @Override
  public void send(Input input) {
    if (input instanceof Input.Connect c) {
      link = c.link();
    }
  }

  @Override
  public void wake() {
    // the core is an actor
  }

  // ---- the client and the loop

  /** The client's setData arrives; it goes to the core. */
  void askToSet() {
    give(SET);
  }

  /** The client's getData arrives. */
  void askToGet() {
    give(GET);
  }

  /** A wake-up of the loop without bytes. */
  void turn() {
    connection.drained();
  }

  private void give(byte[] bytes) {
    connection.received(bytes.clone(), 0, bytes.length);
    connection.receiveComplete();
  }

  /** What the client got since the last call: "event", "set", "old", "new", joined by "+". */
  String take() {
    StringBuilder all = new StringBuilder();
    while (seen < sentLength) {
      int length = ByteBuffer.wrap(sent, seen, 4).getInt();
      try {
        all.append(all.isEmpty() ? "" : "+").append(text(seen + 4, length));
      } catch (CodecException e) {
        throw new IllegalStateException(e);
      }
      seen += 4 + length;
    }
    return all.isEmpty() ? "nothing" : all.toString();
  }

  private String text(int at, int length) throws CodecException {
    ServerReply.Header h = ReplyDecoder.header(sent, at, length);
    int body = at + ServerReply.Header.BYTES;
    return switch (h.xid()) {
      case -1 -> "event";
      case SET_XID -> "set";
      case GET_XID -> {
        int rest = length - ServerReply.Header.BYTES;
        ServerReply.Data d =
            (ServerReply.Data) ReplyDecoder.body(OpCode.GET_DATA, sent, body, rest);
        boolean old = Arrays.equals(d.data(), OLD) && d.stat().mzxid() == 1 && h.zxid() == 1;
        boolean now = Arrays.equals(d.data(), NEW) && d.stat().mzxid() == 2 && h.zxid() == 2;
        yield old ? "old" : now ? "new" : "mixed";
      }
      default -> "unknown";
    };
  }

  private static byte[] connectFrame() {
    WireWriter out = new WireWriter();
    RequestEncoder.connect(out, new ConnectRequest(0, 0, 10_000, 0, new byte[16], false, true));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] frame(int xid, Request request) {
    WireWriter out = new WireWriter();
    RequestEncoder.request(out, xid, request);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static final class NoDisk implements EffectsRouter.Durability {
    @Override
    public void append(long zxid, byte[] record) {
      throw new IllegalStateException("nothing is logged here");
    }

    @Override
    public void snapshot(TreeView view) {
      throw new IllegalStateException("nothing is saved here");
    }
  }

  /** Keeps what the server sends. */
  private final class Wire implements Connection {
    private static final InetSocketAddress ANYBODY = new InetSocketAddress("127.0.0.1", 9);

    @Override
    public Transport.Loop loop() {
      throw new IllegalStateException("the loop is an actor");
    }

    @Override
    public InetSocketAddress remoteAddress() {
      return ANYBODY;
    }

    @Override
    public InetSocketAddress localAddress() {
      return ANYBODY;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (sentLength + length > sent.length) {
        sent = Arrays.copyOf(sent, 2 * (sentLength + length));
      }
      System.arraycopy(bytes, offset, sent, sentLength, length);
      sentLength += length;
    }

    @Override
    public void flush() {
      // it is there already
    }

    @Override
    public long queuedBytes() {
      return 0;
    }

    @Override
    public void pauseReading() {
      throw new IllegalStateException("so few bytes need no pause");
    }

    @Override
    public void resumeReading() {
      throw new IllegalStateException("nothing was paused");
    }

    @Override
    public void closeAfterFlush() {
      throw new IllegalStateException("nobody closes");
    }

    @Override
    public void abort() {
      throw new IllegalStateException("nobody closes");
    }
  }
}
