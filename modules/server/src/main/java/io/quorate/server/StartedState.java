package io.quorate.server;

import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.TxnRecord;
import io.quorate.api.Zxid;
import io.quorate.replica.Recovered;
import io.quorate.replica.Recovery;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.storage.ReadAhead;
import io.quorate.spi.storage.Snapshots;
import io.quorate.spi.storage.Storage;
import io.quorate.tree.TreeRules;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the stored state into memory: newest snapshot, then the log after it. */
public final class StartedState {
  private static final Logger LOG = LoggerFactory.getLogger(StartedState.class);

  private StartedState() {}

  /** What was recovered, and how many digests of the log differed from the state's. */
  public record Result(Recovered recovered, long digestMismatches) {}

  /**
   * Loads and replays. A directory without anything gets its first snapshot, so that logs never
   * stand alone.
   *
   * @throws IOException if what is stored is damaged or incomplete; the message says what to do
   */
  public static Result recover(Storage storage, TreeStore store, TreeRules rules, Codec codec)
      throws IOException {
    long start = System.nanoTime();
    Snapshots.Loaded loaded = storage.snapshots().load(store);
    boolean nothing = loaded.zxid() < 0;
    long from = Math.max(0, loaded.zxid());
    Recovery recovery = new Recovery(store, rules, from, loaded.digestZxid() + 1);
    long[] logBytes = new long[1];
    long lastLogged =
        ReadAhead.<TxnRecord, Long>run(
            "quorate-replay",
            sink ->
                storage
                    .log()
                    .replay(
                        from + 1,
                        (zxid, array, offset, length) -> {
                          logBytes[0] += length;
                          sink.add(codec.decode(array, offset, length), length);
                        }),
            recovery::apply);
    Recovered recovered = recovery.recovered(logBytes[0]);
    long last = recovered.lastZxid();
    if (lastLogged >= 0 && lastLogged < last) {
      storage.log().roll(); // the next record does not follow the last one in the file
    }
    if (nothing) {
      TreeView first = store.seal(last);
      store.publish(first);
      storage.snapshots().write(first);
    }
    if (recovery.digestMismatches() > 0) {
      LOG.error(
          "the digests of {} log records differ from the state, the first at zxid {}: the data may"
              + " not be what the log's writer had",
          recovery.digestMismatches(),
          Zxid.toHex(recovery.firstMismatch()));
    }
    LOG.info(
        "recovered zxid {}: snapshot {} and {} log records in {} ms",
        Zxid.toHex(last),
        nothing ? "none" : Zxid.toHex(loaded.zxid()),
        recovered.transactions(),
        (System.nanoTime() - start) / 1_000_000);
    return new Result(nothing ? Recovered.whole(last) : recovered, recovery.digestMismatches());
  }
}
