package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.quorate.api.Acl;
import io.quorate.api.Txn;
import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.List;

/** One serializer for each transaction: its fields, one after the other. */
final class TxnSerializers {
  private static final int MAX = Integer.MAX_VALUE; // what is left of the record is the limit

  private TxnSerializers() {}

  /** The next object, which has to be a transaction. */
  static Txn read(Kryo kryo, Input in) {
    Object object = kryo.readClassAndObject(in);
    if (object instanceof Txn txn) {
      return txn;
    }
    throw new KryoException("a " + object.getClass().getSimpleName() + " for a transaction");
  }

  private static boolean readBoolean(Input in) {
    int b = in.readByteUnsigned();
    if (b > 1) {
      throw new KryoException("a boolean of " + b);
    }
    return b == 1;
  }

  static final class OfCreate extends Serializer<Txn.Create> {
    @Override
    public void write(Kryo kryo, Output out, Txn.Create t) {
      Values.writePath(out, t.path());
      Values.writeData(out, t.data());
      Values.writeAcl(out, t.acl());
      out.writeBoolean(t.ephemeral());
      out.writeVarInt(t.parentCreated(), false);
    }

    @Override
    public Txn.Create read(Kryo kryo, Input in, Class<? extends Txn.Create> type) {
      ZnodePath path = Values.readPath(in);
      byte[] data = Values.readData(in, MAX);
      Acl acl = Values.readAcl(in, MAX);
      boolean ephemeral = readBoolean(in);
      return new Txn.Create(path, data, acl, ephemeral, in.readVarInt(false));
    }
  }

  static final class OfCreateTtl extends Serializer<Txn.CreateTtl> {
    @Override
    public void write(Kryo kryo, Output out, Txn.CreateTtl t) {
      Values.writePath(out, t.path());
      Values.writeData(out, t.data());
      Values.writeAcl(out, t.acl());
      out.writeVarInt(t.parentCreated(), false);
      out.writeVarLong(t.ttlMs(), true);
    }

    @Override
    public Txn.CreateTtl read(Kryo kryo, Input in, Class<? extends Txn.CreateTtl> type) {
      ZnodePath path = Values.readPath(in);
      byte[] data = Values.readData(in, MAX);
      Acl acl = Values.readAcl(in, MAX);
      int parentCreated = in.readVarInt(false);
      return new Txn.CreateTtl(path, data, acl, parentCreated, in.readVarLong(true));
    }
  }

  static final class OfCreateContainer extends Serializer<Txn.CreateContainer> {
    @Override
    public void write(Kryo kryo, Output out, Txn.CreateContainer t) {
      Values.writePath(out, t.path());
      Values.writeData(out, t.data());
      Values.writeAcl(out, t.acl());
      out.writeVarInt(t.parentCreated(), false);
    }

    @Override
    public Txn.CreateContainer read(
        Kryo kryo, Input in, Class<? extends Txn.CreateContainer> type) {
      ZnodePath path = Values.readPath(in);
      byte[] data = Values.readData(in, MAX);
      Acl acl = Values.readAcl(in, MAX);
      return new Txn.CreateContainer(path, data, acl, in.readVarInt(false));
    }
  }

  static final class OfDelete extends Serializer<Txn.Delete> {
    @Override
    public void write(Kryo kryo, Output out, Txn.Delete t) {
      Values.writePath(out, t.path());
    }

    @Override
    public Txn.Delete read(Kryo kryo, Input in, Class<? extends Txn.Delete> type) {
      return new Txn.Delete(Values.readPath(in));
    }
  }

  static final class OfSetData extends Serializer<Txn.SetData> {
    @Override
    public void write(Kryo kryo, Output out, Txn.SetData t) {
      Values.writePath(out, t.path());
      Values.writeData(out, t.data());
      out.writeVarInt(t.version(), false);
    }

    @Override
    public Txn.SetData read(Kryo kryo, Input in, Class<? extends Txn.SetData> type) {
      ZnodePath path = Values.readPath(in);
      byte[] data = Values.readData(in, MAX);
      return new Txn.SetData(path, data, in.readVarInt(false));
    }
  }

  static final class OfSetAcl extends Serializer<Txn.SetAcl> {
    @Override
    public void write(Kryo kryo, Output out, Txn.SetAcl t) {
      Values.writePath(out, t.path());
      Values.writeAcl(out, t.acl());
      out.writeVarInt(t.version(), false);
    }

    @Override
    public Txn.SetAcl read(Kryo kryo, Input in, Class<? extends Txn.SetAcl> type) {
      ZnodePath path = Values.readPath(in);
      Acl acl = Values.readAcl(in, MAX);
      return new Txn.SetAcl(path, acl, in.readVarInt(false));
    }
  }

  static final class OfCheck extends Serializer<Txn.Check> {
    @Override
    public void write(Kryo kryo, Output out, Txn.Check t) {
      Values.writePath(out, t.path());
      out.writeVarInt(t.version(), false);
    }

    @Override
    public Txn.Check read(Kryo kryo, Input in, Class<? extends Txn.Check> type) {
      ZnodePath path = Values.readPath(in);
      return new Txn.Check(path, in.readVarInt(false));
    }
  }

  static final class OfCreateSession extends Serializer<Txn.CreateSession> {
    @Override
    public void write(Kryo kryo, Output out, Txn.CreateSession t) {
      out.writeVarInt(t.timeoutMs(), false);
    }

    @Override
    public Txn.CreateSession read(Kryo kryo, Input in, Class<? extends Txn.CreateSession> type) {
      return new Txn.CreateSession(in.readVarInt(false));
    }
  }

  /** The paths, or 0 for null; otherwise their number is one more. */
  static final class OfCloseSession extends Serializer<Txn.CloseSession> {
    @Override
    public void write(Kryo kryo, Output out, Txn.CloseSession t) {
      List<ZnodePath> paths = t.paths();
      out.writeVarInt(paths == null ? 0 : paths.size() + 1, true);
      if (paths != null) {
        for (ZnodePath path : paths) {
          Values.writePath(out, path);
        }
      }
    }

    @Override
    public Txn.CloseSession read(Kryo kryo, Input in, Class<? extends Txn.CloseSession> type) {
      int n = in.readVarInt(true);
      if (n == 0) {
        return new Txn.CloseSession(null);
      }
      int count = Values.checkedCount(in, n - 1, 1);
      List<ZnodePath> paths = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        paths.add(Values.readPath(in));
      }
      return new Txn.CloseSession(paths);
    }
  }

  static final class OfError extends Serializer<Txn.Error> {
    @Override
    public void write(Kryo kryo, Output out, Txn.Error t) {
      out.writeVarInt(t.code(), false);
    }

    @Override
    public Txn.Error read(Kryo kryo, Input in, Class<? extends Txn.Error> type) {
      return new Txn.Error(in.readVarInt(false));
    }
  }

  static final class OfMulti extends Serializer<Txn.Multi> {
    private final PartSerializer parts;

    OfMulti(PartSerializer parts) {
      this.parts = parts;
    }

    @Override
    public void write(Kryo kryo, Output out, Txn.Multi t) {
      out.writeVarInt(t.parts().size(), true);
      for (Txn.Part part : t.parts()) {
        kryo.writeObject(out, part, parts);
      }
    }

    @Override
    public Txn.Multi read(Kryo kryo, Input in, Class<? extends Txn.Multi> type) {
      int count = Values.readCount(in, PartSerializer.MIN_BYTES);
      List<Txn.Part> list = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        list.add(kryo.readObject(in, Txn.Part.class, parts));
      }
      return new Txn.Multi(list);
    }
  }
}
