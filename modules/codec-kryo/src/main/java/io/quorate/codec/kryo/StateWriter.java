package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.quorate.api.NodeDigest;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.codec.TreeWalk;
import java.io.IOException;
import java.io.OutputStream;

/** Writes one state in one pass: sessions, znodes, end. Used once. */
final class StateWriter {
  private static final int BUFFER_BYTES = 1 << 14;

  private final CodecConfiguration configuration;
  private final OutputStream target;
  private final Kryo kryo;
  private final ZnodeEntry entry = new ZnodeEntry();
  private long sessions;
  private long znodes;

  StateWriter(CodecConfiguration configuration, OutputStream target) {
    this.configuration = configuration;
    this.target = target;
    this.kryo = ClassTable.forState(configuration.maxRecordBytes());
  }

  void write(TreeView view) throws IOException {
    Znode root = view.find(ZnodePath.ROOT);
    if (root == null) {
      throw new IllegalStateException("a view without a root");
    }
    BlockOutput blocks = new BlockOutput(target);
    Output out = new Output(blocks, BUFFER_BYTES);
    try {
      view.sessions((id, timeoutMs) -> session(out, id, timeoutMs));
      TreeWalk.walk(root, (path, length, znode) -> znode(out, path, length, znode));
      kryo.writeClassAndObject(out, new EndEntry(sessions, znodes, info(view)));
      out.flush();
    } catch (KryoException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause; // what the stream threw
      }
      throw e;
    }
    blocks.finish();
  }

  private void session(Output out, long id, int timeoutMs) {
    kryo.writeClassAndObject(out, new SessionEntry(id, timeoutMs));
    sessions++;
  }

  private void znode(Output out, byte[] path, int length, Znode znode) {
    entry.fill(path, length, znode);
    kryo.writeClassAndObject(out, entry);
    znodes++;
  }

  private Codec.StateInfo info(TreeView view) {
    boolean digest = configuration.digest();
    return new Codec.StateInfo(
        configuration.serializeLastZxid() ? view.zxid() : -1,
        digest ? view.zxid() : -1,
        digest ? NodeDigest.VERSION : 0,
        digest ? view.digest() : 0);
  }
}
