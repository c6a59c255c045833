package io.quorate.spi.codec.tck;

import io.quorate.api.Acl;
import io.quorate.api.OpCode;
import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.api.ZnodePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every kind of transaction, with the values at the edges. */
final class TckRecords {
  private static final ZnodePath PATH = ZnodePath.of("/äpfel/\ud83d\ude00-b");
  private static final byte[] DATA = {1, 2, 3, -1, 0};
  private static final byte[] EMPTY = {};
  private static final int[] INTS = {0, 1, -1, 63, 64, -64, -65, Integer.MAX_VALUE, -1 << 31};
  private static final long[] LONGS = {
    0, 1, -1, 127, 128, 1L << 31, 1L << 32, (3L << 32) + 5, -1L << 32, Long.MAX_VALUE, 1L << 63
  };

  static final Acl ACL =
      new Acl(
          List.of(
              new Acl.Entry(Acl.READ, "world", "anyone"),
              new Acl.Entry(Acl.ALL, "digest", "bob:Wx3YQbPzs5Vx8T4+T9fVSw6hkDo="),
              new Acl.Entry(-1, "", "ü")));

  private TckRecords() {}

  /** A transaction and the type that its header has. */
  private static List<Txn.Part> parts() {
    List<Txn.Part> all = new ArrayList<>();
    for (byte[] data : new byte @Nullable [][] {DATA, EMPTY, null, new byte[3000]}) {
      for (Acl acl : List.of(Acl.OPEN, Acl.NONE, ACL, new Acl(List.of()))) {
        all.add(new Txn.Part(OpCode.CREATE, new Txn.Create(PATH, data, acl, true, 7)));
        all.add(new Txn.Part(OpCode.CREATE2, new Txn.Create(PATH, data, acl, false, 0)));
        all.add(new Txn.Part(OpCode.CREATE_TTL, new Txn.CreateTtl(PATH, data, acl, 1, 5)));
        all.add(
            new Txn.Part(OpCode.CREATE_CONTAINER, new Txn.CreateContainer(PATH, data, acl, 300)));
      }
      all.add(new Txn.Part(OpCode.SET_DATA, new Txn.SetData(PATH, data, 8)));
    }
    for (int n : INTS) {
      all.add(new Txn.Part(OpCode.CREATE, new Txn.Create(PATH, DATA, Acl.OPEN, false, n)));
      all.add(new Txn.Part(OpCode.CREATE_TTL, new Txn.CreateTtl(PATH, DATA, Acl.OPEN, n, 1)));
      all.add(new Txn.Part(OpCode.SET_DATA, new Txn.SetData(PATH, DATA, n)));
      all.add(new Txn.Part(OpCode.CHECK, new Txn.Check(PATH, n)));
      all.add(new Txn.Part(OpCode.ERROR, new Txn.Error(n)));
    }
    for (long n : LONGS) {
      all.add(new Txn.Part(OpCode.CREATE_TTL, new Txn.CreateTtl(PATH, DATA, ACL, 1, n)));
    }
    for (ZnodePath path :
        List.of(ZnodePath.of(""), ZnodePath.ROOT, ZnodePath.of("x".repeat(999)))) {
      all.add(new Txn.Part(OpCode.DELETE, new Txn.Delete(path)));
    }
    all.add(new Txn.Part(OpCode.DELETE_CONTAINER, new Txn.Delete(PATH)));
    return all;
  }

  private static List<Txn.Part> alone() {
    List<Txn.Part> all = new ArrayList<>(parts());
    for (int n : INTS) {
      all.add(new Txn.Part(OpCode.SET_ACL, new Txn.SetAcl(PATH, ACL, n)));
      all.add(new Txn.Part(OpCode.CREATE_SESSION, new Txn.CreateSession(n)));
      all.add(new Txn.Part(OpCode.RECONFIG, new Txn.SetData(PATH, DATA, n)));
    }
    all.add(new Txn.Part(OpCode.CLOSE_SESSION, new Txn.CloseSession(null)));
    all.add(new Txn.Part(OpCode.CLOSE_SESSION, new Txn.CloseSession(List.of())));
    all.add(
        new Txn.Part(
            OpCode.CLOSE_SESSION, new Txn.CloseSession(List.of(PATH, ZnodePath.of("/c")))));
    all.add(new Txn.Part(OpCode.MULTI, new Txn.Multi(List.of())));
    all.add(new Txn.Part(OpCode.MULTI, new Txn.Multi(parts())));
    return all;
  }

  /** With ordinary headers: each transaction once with a digest and once without. */
  static List<TxnRecord> records() {
    List<TxnRecord> all = new ArrayList<>();
    for (Txn.Part t : alone()) {
      TxnHeader header =
          new TxnHeader(0x1_2345_6789L, 12, (3L << 32) + 5, 1_700_000_000_123L, t.type());
      all.add(new TxnRecord(header, t.txn(), true, 77_777_777_777L));
      all.add(new TxnRecord(header, t.txn(), false, 0));
    }
    return all;
  }

  /** Each header value at its edges. */
  static List<TxnRecord> headers() {
    List<TxnRecord> all = new ArrayList<>();
    Txn txn = new Txn.Delete(PATH);
    for (long n : LONGS) {
      all.add(new TxnRecord(new TxnHeader(n, 1, 2, 3, OpCode.DELETE), txn, true, 4));
      all.add(new TxnRecord(new TxnHeader(1, 1, n, 3, OpCode.DELETE), txn, true, 4));
      all.add(new TxnRecord(new TxnHeader(1, 1, 2, n, OpCode.DELETE), txn, true, 4));
      all.add(new TxnRecord(new TxnHeader(1, 1, 2, 3, OpCode.DELETE), txn, true, n));
    }
    for (int n : INTS) {
      all.add(new TxnRecord(new TxnHeader(1, n, 2, 3, OpCode.DELETE), txn, false, 0));
    }
    return all;
  }

  /** A record of at least this many bytes. */
  static TxnRecord longRecord(int dataBytes) {
    byte[] data = new byte[dataBytes];
    Arrays.fill(data, (byte) 9);
    TxnHeader header = new TxnHeader(1, 1, 1, 1, OpCode.SET_DATA);
    return new TxnRecord(header, new Txn.SetData(PATH, data, 1), true, 1);
  }

  /** Everything in a record, as text: arrays in records compare by identity. */
  static String dump(TxnRecord record) {
    return record.header()
        + " "
        + record.digested()
        + " "
        + record.digest()
        + " "
        + dump(record.txn());
  }

  @SuppressWarnings("ReferenceEquality") // as Acl.NONE says
  private static String dump(Acl acl) {
    return acl == Acl.NONE ? " none " : acl.toString();
  }

  private static String dump(Txn txn) {
    if (txn instanceof Txn.Create t) {
      return "create"
          + t.path()
          + Arrays.toString(t.data())
          + dump(t.acl())
          + t.ephemeral()
          + t.parentCreated();
    } else if (txn instanceof Txn.CreateTtl t) {
      return "ttl"
          + t.path()
          + Arrays.toString(t.data())
          + dump(t.acl())
          + t.parentCreated()
          + "/"
          + t.ttlMs();
    } else if (txn instanceof Txn.CreateContainer t) {
      return "container" + t.path() + Arrays.toString(t.data()) + dump(t.acl()) + t.parentCreated();
    } else if (txn instanceof Txn.SetData t) {
      return "setData" + t.path() + Arrays.toString(t.data()) + t.version();
    } else if (txn instanceof Txn.SetAcl t) {
      return "setAcl" + t.path() + dump(t.acl()) + t.version();
    } else if (txn instanceof Txn.Multi t) {
      StringBuilder text = new StringBuilder("multi");
      for (Txn.Part part : t.parts()) {
        text.append('\n').append(part.type()).append(' ').append(dump(part.txn()));
      }
      return text.toString();
    }
    return txn.toString(); // no arrays
  }
}
