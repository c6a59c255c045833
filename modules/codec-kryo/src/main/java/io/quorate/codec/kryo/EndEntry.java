package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.quorate.spi.codec.Codec;

/** The last entry of a state: how many there were, and what the state says of itself. */
record EndEntry(long sessions, long znodes, Codec.StateInfo info) {
  /** All as they are; this is written once. */
  static final class Serializer extends com.esotericsoftware.kryo.kryo5.Serializer<EndEntry> {
    @Override
    public void write(Kryo kryo, Output out, EndEntry end) {
      out.writeVarLong(end.sessions, true);
      out.writeVarLong(end.znodes, true);
      out.writeLong(end.info.lastZxid());
      out.writeLong(end.info.digestZxid());
      out.writeVarInt(end.info.digestVersion(), true);
      out.writeLong(end.info.digest());
    }

    @Override
    public EndEntry read(Kryo kryo, Input in, Class<? extends EndEntry> type) {
      long sessions = in.readVarLong(true);
      long znodes = in.readVarLong(true);
      long lastZxid = in.readLong();
      long digestZxid = in.readLong();
      int digestVersion = in.readVarInt(true);
      return new EndEntry(
          sessions,
          znodes,
          new Codec.StateInfo(lastZxid, digestZxid, digestVersion, in.readLong()));
    }
  }
}
