package io.quorate.replica;

import io.quorate.api.TreeStore;
import io.quorate.api.Txn;
import io.quorate.api.TxnRecord;
import io.quorate.api.ZnodePath;
import io.quorate.api.Zxid;
import io.quorate.tree.ChangeListener;
import io.quorate.tree.Tree;
import io.quorate.tree.TreeRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a loaded state up to date with the log, before a {@link Replica} is made over it. Records
 * that the state already contains change nothing (reference section 4.2).
 */
public final class Recovery {
  private final TreeStore store;
  private final Tree tree;
  private final long compareFrom;
  private final long snapshotBytes;
  private long last;
  private long transactions;
  private long mismatches;
  private long firstMismatch = -1;

  /**
   * Over a state just loaded.
   *
   * @param zxid what the state is named by; records after it follow
   * @param compareFrom digests are compared from this zxid on: the state may be fuzzy up to it
   */
  public Recovery(TreeStore store, TreeRules rules, long zxid, long compareFrom) {
    this.store = store;
    this.tree = new Tree(store, rules);
    this.last = zxid;
    this.snapshotBytes = SnapshotClock.sizeOf(store.head());
    this.compareFrom = compareFrom;
    tree.initialise();
    tree.replaying(true);
  }

  /**
   * Applies the next records, in order.
   *
   * @throws IllegalArgumentException if a zxid does not come after the one before
   */
  public void apply(List<TxnRecord> records) {
    List<ZnodePath> paths = new ArrayList<>(records.size());
    for (TxnRecord record : records) {
      addPaths(record.txn(), paths);
    }
    store.expect(paths);
    for (TxnRecord record : records) {
      apply(record);
    }
  }

  private static void addPaths(Txn txn, List<ZnodePath> to) {
    switch (txn) {
      case Txn.Create t -> to.add(t.path());
      case Txn.CreateTtl t -> to.add(t.path());
      case Txn.CreateContainer t -> to.add(t.path());
      case Txn.Delete t -> to.add(t.path());
      case Txn.SetData t -> to.add(t.path());
      case Txn.SetAcl t -> to.add(t.path());
      case Txn.Multi t -> t.parts().forEach(part -> addPaths(part.txn(), to));
      case Txn.CloseSession t -> {
        if (t.paths() != null) {
          to.addAll(t.paths());
        }
      }
      case Txn.CreateSession t -> {}
      case Txn.Check t -> {}
      case Txn.Error t -> {}
    }
  }

  /**
   * Applies the next record.
   *
   * @throws IllegalArgumentException if its zxid does not come after the last one's
   */
  public void apply(TxnRecord record) {
    long zxid = record.header().zxid();
    if (zxid <= last) {
      throw new IllegalArgumentException(
          "record " + Zxid.toHex(zxid) + " after " + Zxid.toHex(last));
    }
    tree.apply(record.header(), record.txn(), ChangeListener.NONE);
    last = zxid;
    transactions++;
    if (record.digested() && zxid >= compareFrom && record.digest() != store.head().digest()) {
      mismatches++;
      if (firstMismatch < 0) {
        firstMismatch = zxid;
      }
    }
  }

  /**
   * What a replica starts with.
   *
   * @param logBytes how long the records applied are in the log
   */
  public Recovered recovered(long logBytes) {
    return new Recovered(last, snapshotBytes, transactions, logBytes);
  }

  /** How many records' digests differed from the state's. */
  public long digestMismatches() {
    return mismatches;
  }

  /** The first of them, -1 if none. */
  public long firstMismatch() {
    return firstMismatch;
  }
}
