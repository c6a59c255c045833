package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.api.Txn;
import io.quorate.api.TxnHeader;
import io.quorate.api.TxnRecord;
import io.quorate.jute.JuteCodecProvider;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.CodecConfiguration;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.TransactionLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplayAheadTest {
  private static final Codec CODEC =
      new JuteCodecProvider().open(new CodecConfiguration(1 << 20, true, true));
  private final Thread caller = Thread.currentThread();

  /** A log of this many records that ends with this failure, if any. */
  private record Log(int count, IOException failure) implements TransactionLog {
    @Override
    public long replay(long fromZxid, RecordVisitor visitor) throws IOException {
      for (long zxid = fromZxid; zxid <= count; zxid++) {
        TxnHeader header = new TxnHeader(7, 0, zxid, 1, -10);
        byte[] bytes = CODEC.encode(new TxnRecord(header, new Txn.CreateSession(5), false, 0));
        visitor.record(zxid, bytes, 0, bytes.length);
      }
      if (failure != null) {
        throw failure;
      }
      return count;
    }

    @Override
    public void append(long zxid, byte[] record) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void force() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void roll() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void truncate(long zxid) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long lastForceNanos() {
      return 0;
    }
  }

  private void noThreadIsLeft() {
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(t -> t.getName().equals("quorate-replay") && t.isAlive()));
  }

  @Test
  void givesAllInOrderOnTheCallersThread() throws IOException {
    List<Long> seen = new ArrayList<>();
    long last =
        new ReplayAhead(new Log(10_000, null), CODEC)
            .replay(
                3,
                r -> {
                  assertSame(caller, Thread.currentThread());
                  seen.add(r.header().zxid());
                });
    assertEquals(10_000, last);
    assertEquals(LongStream.rangeClosed(3, 10_000).boxed().toList(), seen);
    noThreadIsLeft();
  }

  @Test
  void damageIsThrownAfterWhatIsBeforeIt() {
    IOException damage = new CorruptStorageException(Path.of("log.1"), 7, "damaged", "restore it");
    List<Long> seen = new ArrayList<>();
    ReplayAhead replay = new ReplayAhead(new Log(1000, damage), CODEC);
    IOException e =
        assertThrows(IOException.class, () -> replay.replay(1, r -> seen.add(r.header().zxid())));
    assertSame(damage, e);
    assertEquals(1000, seen.size());
    noThreadIsLeft();
  }

  /** The reader, far ahead, must not wait for ever for somebody to take its records. */
  @Test
  void aRecordThatCanNotBeAppliedEndsTheReader() {
    ReplayAhead replay = new ReplayAhead(new Log(1_000_000, null), CODEC);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            replay.replay(
                1,
                r -> {
                  if (r.header().zxid() == 100) {
                    throw new IllegalArgumentException("wrong");
                  }
                }));
    noThreadIsLeft();
  }
}
