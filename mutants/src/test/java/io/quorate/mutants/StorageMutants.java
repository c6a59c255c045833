package io.quorate.mutants;

import io.quorate.api.TreeView;
import io.quorate.spi.storage.CorruptStorageException;
import io.quorate.spi.storage.Epochs;
import io.quorate.spi.storage.Snapshots;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.storage.TransactionLog;
import io.quorate.spi.storage.TransactionLog.RecordVisitor;
import io.quorate.spi.storage.tck.FaultyStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Wrong storages. */
final class StorageMutants {
  private static final List<Mutant<?>> ALL = new ArrayList<>();
  private static final String IN_ORDER = "rule3RecordsComeInOrderFromWhereAsked";

  private StorageMutants() {}

  private static void provider(
      String wrong, String caughtBy, UnaryOperator<StorageProvider> twist) {
    ALL.add(new Mutant<>(Subjects.OfStorage.class, wrong, caughtBy, twist));
  }

  private static void storage(String wrong, String caughtBy, UnaryOperator<Storage> twist) {
    provider(
        wrong,
        caughtBy,
        p ->
            Twist.of(
                StorageProvider.class,
                p,
                "open",
                (a, open) -> twist.apply((Storage) open.call(a))));
  }

  /** With one of its parts made once, as {@code twist} says. */
  private static <T> void part(
      String name, Class<T> type, String wrong, String caughtBy, UnaryOperator<T> twist) {
    storage(
        wrong,
        caughtBy,
        s -> {
          Object[] made = {null};
          return Twist.of(
              Storage.class,
              s,
              name,
              (a, right) -> {
                if (made[0] == null) {
                  made[0] = twist.apply(type.cast(right.call()));
                }
                return made[0];
              });
        });
  }

  private static void log(String wrong, String caughtBy, String method, Twist.Instead instead) {
    part(
        "log",
        TransactionLog.class,
        wrong,
        caughtBy,
        log -> Twist.of(TransactionLog.class, log, method, instead));
  }

  private static void states(String wrong, String caughtBy, String method, Twist.Instead instead) {
    part(
        "snapshots",
        Snapshots.class,
        wrong,
        caughtBy,
        s -> Twist.of(Snapshots.class, s, method, instead));
  }

  static List<Mutant<?>> all() {
    ALL.clear();
    durability();
    failures();
    replay();
    states();
    truncation();
    epochs();
    return List.copyOf(ALL);
  }

  private static void durability() {
    storage(
        "says that records are durable and writes them when it is closed",
        "rule1WhatWasForcedSurvivesTheProcess",
        StorageMutants::lazy);
    storage(
        "ignores close",
        "rule1AStartGoesOnWhereTheLastEnded",
        s -> Twist.of(Storage.class, s, "close", (a, right) -> null));
    log(
        "changes a byte of each record",
        "rule1RecordsOfAnySize",
        "append",
        (a, right) -> {
          byte[] record = ((byte[]) a[1]).clone();
          record[record.length - 1] ^= 1;
          return right.call(a[0], record);
        });
    log(
        "takes a record that it could not read back",
        "rule1RecordsOfAnySize",
        "append",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (IllegalArgumentException e) {
            return null;
          }
        });
    log(
        "throws what nobody declared",
        "rule1WhatWasForcedSurvivesTheProcess",
        "append",
        (a, right) -> {
          throw new IllegalStateException("wrong on purpose");
        });
    log(
        "hangs in force",
        "rule1WhatWasForcedSurvivesTheProcess",
        "force",
        (a, right) -> Twist.hang());
    storage(
        "FaultyStorage, told to fail",
        "rule1WhatWasForcedSurvivesTheProcess",
        s -> {
          FaultyStorage faulty = new FaultyStorage(s, 1 << 20, 1);
          faulty.failAfter(4);
          return faulty;
        });
  }

  private static Storage lazy(Storage s) {
    Deque<Object[]> pending = new ArrayDeque<>();
    TransactionLog right = s.log();
    TransactionLog held =
        Twist.of(
            TransactionLog.class,
            Twist.of(TransactionLog.class, right, "force", (a, force) -> null),
            "append",
            (a, append) -> {
              pending.add(a.clone());
              return null;
            });
    Storage lazy = Twist.of(Storage.class, s, "log", (a, log) -> held);
    return Twist.of(
        Storage.class,
        lazy,
        "close",
        (a, close) -> {
          for (Object[] one : pending) {
            right.append((Long) one[0], (byte[]) one[1]);
          }
          right.force();
          return close.call(a);
        });
  }

  private static void failures() {
    log(
        "swallows a failed fsync",
        "rule2AfterAFailureNothingSucceeds",
        "force",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (IOException e) {
            return null;
          }
        });
    part(
        "log",
        TransactionLog.class,
        "tells a failed fsync once and then goes on",
        "rule2AfterAFailureNothingSucceeds",
        log -> {
          boolean[] told = {false};
          return Twist.of(
              TransactionLog.class,
              log,
              "force",
              (a, right) -> {
                if (told[0]) {
                  return null;
                }
                told[0] = true; // unless it returns
                right.call(a);
                told[0] = false;
                return null;
              });
        });
  }

  private static void replay() {
    log("begins one record too late", IN_ORDER, "replay", (a, r) -> r.call((Long) a[0] + 1, a[1]));
    log(
        "gives records in another order",
        IN_ORDER,
        "replay",
        (a, right) -> {
          List<Object[]> records = new ArrayList<>();
          RecordVisitor keep =
              (zxid, array, offset, length) ->
                  records.add(
                      new Object[] {
                        zxid, java.util.Arrays.copyOfRange(array, offset, offset + length)
                      });
          Object last = right.call(a[0], keep);
          for (Object[] r : records.reversed()) {
            byte[] bytes = (byte[]) r[1];
            ((RecordVisitor) a[1]).record((Long) r[0], bytes, 0, bytes.length);
          }
          return last;
        });
    log(
        "gives a record twice",
        IN_ORDER,
        "replay",
        (a, right) -> {
          RecordVisitor visitor = (RecordVisitor) a[1];
          RecordVisitor twice =
              (zxid, array, offset, length) -> {
                visitor.record(zxid, array, offset, length);
                visitor.record(zxid, array, offset, length);
              };
          return right.call(a[0], twice);
        });
    log(
        "goes on over a gap",
        "rule3MissingRecordsAreRefused",
        "replay",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (CorruptStorageException e) {
            return 12L;
          }
        });
    log(
        "reads damage as the end of the log",
        "rule3DamageIsRefusedOrCutsTheEnd",
        "replay",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (CorruptStorageException e) {
            return -1L;
          }
        });
    log(
        "drops the last record of a replay and leaves it where it is",
        "rule8WhatWasDroppedDoesNotComeBack",
        "replay",
        (a, right) -> dropsTheLast((Long) a[0], (RecordVisitor) a[1], right));
  }

  private static Object dropsTheLast(long from, RecordVisitor visitor, Twist.Right right)
      throws Throwable {
    Object[][] held = {null};
    long[] given = {-1};
    RecordVisitor oneLate =
        (zxid, array, offset, length) -> {
          Object[] before = held[0];
          held[0] =
              new Object[] {zxid, java.util.Arrays.copyOfRange(array, offset, offset + length)};
          if (before != null) {
            byte[] bytes = (byte[]) before[1];
            given[0] = (Long) before[0];
            visitor.record(given[0], bytes, 0, bytes.length);
          }
        };
    Object last = right.call(from, oneLate);
    return held[0] == null ? last : (Object) given[0];
  }

  private static void states() {
    states("does not write states", "rule4TheNewestStateIsLoaded", "write", (a, right) -> 1L);
    states(
        "forgets the sessions of a state",
        "rule4TheNewestStateIsLoaded",
        "write",
        (a, right) -> right.call(CodecMutants.withoutSessions((TreeView) a[0])));
    states(
        "says that a state is whole that it could not write",
        "rule4AStateThatWasNotFinishedIsNotSeen",
        "write",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (IOException e) {
            return 1L;
          }
        });
    states(
        "purges down to one state whatever was asked",
        "rule5PurgingKeepsWhatAStartNeeds",
        "purge",
        (a, right) -> right.call(1, a[1]));
    provider("lets a directory be used twice", "rule7ADirectoryInUseIsRefused", twice());
    provider(
        "starts from logs alone though that was not allowed",
        "rule9LogsAloneAreRefused",
        p ->
            Twist.of(
                StorageProvider.class,
                p,
                "open",
                (a, open) -> open.call(trusting((StorageConfiguration) a[0]))));
  }

  private static UnaryOperator<StorageProvider> twice() {
    Map<Path, Object> opened = new HashMap<>();
    return p ->
        Twist.of(
            StorageProvider.class,
            p,
            "open",
            (a, open) -> {
              Path directory = ((StorageConfiguration) a[0]).dataDir();
              if (!opened.containsKey(directory)) {
                opened.put(directory, open.call(a));
              }
              return opened.get(directory);
            });
  }

  private static StorageConfiguration trusting(StorageConfiguration c) {
    return new StorageConfiguration(
        c.dataDir(),
        c.logDir(),
        c.codec(),
        c.maxRecordBytes(),
        c.preallocateBytes(),
        c.forceSync(),
        c.logSizeLimitBytes(),
        c.compression(),
        true,
        c.autoCreate(),
        c.properties());
  }

  private static void truncation() {
    String drops = "rule10TruncationDropsTheEndAndNothingElse";
    log("ignores truncate", drops, "truncate", (a, right) -> null);
    log("truncates one too much", drops, "truncate", (a, right) -> right.call((Long) a[0] - 1));
    log(
        "says it truncated what a state contains",
        "rule10TruncationIntoAStateIsRefused",
        "truncate",
        (a, right) -> {
          try {
            return right.call(a);
          } catch (IOException e) {
            return null;
          }
        });
  }

  private static void epochs() {
    part(
        "epochs",
        Epochs.class,
        "keeps epochs in memory",
        "rule11EpochsAreKept",
        e -> {
          long[] current = {-1};
          Epochs forgets =
              Twist.of(
                  Epochs.class,
                  e,
                  "setCurrentEpoch",
                  (a, right) -> {
                    current[0] = (Long) a[0];
                    return null;
                  });
          return Twist.of(Epochs.class, forgets, "currentEpoch", (a, right) -> current[0]);
        });
    part(
        "epochs",
        Epochs.class,
        "writes an epoch in two steps",
        "rule11AnEpochIsTheOldOrTheNewOne",
        e ->
            Twist.of(
                Epochs.class,
                e,
                "setCurrentEpoch",
                (a, right) -> {
                  right.call(0L);
                  return right.call(a);
                }));
  }
}
