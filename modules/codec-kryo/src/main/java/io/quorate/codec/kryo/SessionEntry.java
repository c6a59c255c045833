package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/** A session of a state. */
record SessionEntry(long id, int timeoutMs) {
  /** The id in eight bytes, since all of them are used, and the timeout. */
  static final class Serializer extends com.esotericsoftware.kryo.kryo5.Serializer<SessionEntry> {
    @Override
    public void write(Kryo kryo, Output out, SessionEntry session) {
      out.writeLong(session.id);
      out.writeVarInt(session.timeoutMs, false);
    }

    @Override
    public SessionEntry read(Kryo kryo, Input in, Class<? extends SessionEntry> type) {
      long id = in.readLong();
      return new SessionEntry(id, in.readVarInt(false));
    }
  }
}
