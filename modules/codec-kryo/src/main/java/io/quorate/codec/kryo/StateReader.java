package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import io.quorate.api.TreeStore;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.LoadOrder;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads one state into an empty store. Used once. */
final class StateReader {
  private static final int BUFFER_BYTES = 1 << 14;

  private final TreeStore into;
  private final BlockInput blocks;
  private final Input in;
  private final Kryo kryo;
  private @Nullable LoadOrder order; // once the root is there
  private long sessions;
  private long znodes;

  StateReader(int maxValueBytes, InputStream source, TreeStore into) throws IOException {
    this.into = into;
    this.blocks = new BlockInput(source);
    this.in = new Input(blocks, BUFFER_BYTES);
    this.kryo = ClassTable.forState(maxValueBytes);
  }

  Codec.StateInfo read() throws IOException {
    try {
      while (true) {
        Object entry = kryo.readClassAndObject(in);
        switch (entry) {
          case ZnodeEntry znode -> znode(znode);
          case SessionEntry session -> {
            into.putSession(session.id(), session.timeoutMs());
            sessions++;
          }
          case EndEntry end -> {
            checkEnd(end);
            return end.info();
          }
          default -> throw new IllegalStateException("an entry of " + entry.getClass());
        }
      }
    } catch (RuntimeException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause; // what the stream or a block's checksum has said
      }
      // The store refuses what makes no tree, such as a znode that is there twice.
      throw blocks.bad(Values.problem(e), e);
    }
  }

  private void znode(ZnodeEntry entry) throws IOException {
    LoadOrder after = order;
    if (after == null) {
      if (entry.pathLength > 0) {
        throw blocks.bad("the first znode is not the root", null);
      }
      entry.loadInto(into, ZnodePath.ROOT);
      order = new LoadOrder(into);
    } else {
      ZnodePath path = ZnodePath.wrap(entry.path);
      String problem = after.problem(path);
      if (problem != null) {
        throw blocks.bad(problem, null);
      }
      entry.loadInto(into, path);
    }
    znodes++;
  }

  private void checkEnd(EndEntry end) throws IOException {
    if (order == null || end.sessions() != sessions || end.znodes() != znodes) {
      throw blocks.bad(
          end.sessions()
              + " sessions and "
              + end.znodes()
              + " znodes were written, there are "
              + sessions
              + " and "
              + znodes,
          null);
    }
    if (!in.end()) {
      throw blocks.bad("entries behind the last", null);
    }
  }
}
