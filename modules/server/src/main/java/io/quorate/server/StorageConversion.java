package io.quorate.server;

import io.quorate.api.EphemeralOwner;
import io.quorate.api.LoadedZnode;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.Codec;
import io.quorate.spi.codec.TreeWalk;
import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageProvider;
import io.quorate.tree.HeapTreeStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the state of one data directory into another one, for another storage or codec. The source
 * is locked while it is copied and is not changed: what opening it for reading would repair is
 * repaired in the copy. The new directory holds one state at the last zxid, and no log before it.
 *
 * <p>Whatever ends it before its time, the new directory is marked as unfinished: no server starts
 * from it, and the same command begins again.
 */
public final class StorageConversion {
  private static final String SOURCE = "quorate.source";
  private static final List<String> ALSO = List.of("myid", "session.secret");

  private final Map<String, String> settings;
  private final Consumer<String> progress;
  private @Nullable Providers providers;

  private StorageConversion(Map<String, String> settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Converts and verifies.
   *
   * @param from the data directory
   * @param fromLog the directory of its logs; mostly the same
   * @param to a directory that is empty, missing, or was left by a conversion that was cut short
   * @param settings further keys of the configuration, such as those of a storage
   * @param progress takes a line now and then
   * @throws StartException if the directories or providers are not as they have to be
   * @throws ConfigException if a setting is not valid
   * @throws IOException if reading or writing fails, or what was written is not what was read
   */
  public static void run(
      Path from,
      Path fromLog,
      Path to,
      String storage,
      String codec,
      Map<String, String> settings,
      Consumer<String> progress)
      throws StartException, ConfigException, IOException {
    DataRecord source =
        DataRecord.find(from, fromLog)
            .orElseThrow(() -> refused(from + " holds no data of a server"));
    new StorageConversion(settings, progress)
        .convert(source, from, fromLog, to, new DataRecord(storage, codec));
  }

  private static StartException refused(String why) {
    return new StartException(ExitCode.DATA_DIRECTORY, why);
  }

  private void convert(DataRecord source, Path from, Path fromLog, Path to, DataRecord target)
      throws StartException, ConfigException, IOException {
    if (Files.exists(from.resolve(DataRecord.UNFINISHED))) {
      throw refused(from + " is itself the target of a conversion that was cut short");
    }
    Path mark = prepare(from, fromLog, to);
    Path copy = to.resolve(SOURCE);
    progress.accept("copying " + from + " (" + source + ")");
    boolean apart = !Files.isSameFile(from, fromLog);
    Path copiedLog = apart ? copy.resolve("log") : copy.resolve("data");
    try (Opened locked = open(source, from, fromLog, false)) { // no server uses it meanwhile
      copyTree(from, copy.resolve("data"));
      if (apart) {
        copyTree(fromLog, copiedLog);
      }
    }
    StateSummary written = write(source, copy.resolve("data"), copiedLog, to, target);
    progress.accept("verifying");
    try (Opened again = open(target, to, to, false)) {
      StateSummary found = StateSummary.of(again.recover());
      if (!found.equals(written)) {
        throw new IOException(to + ": read back " + found + ", where " + written + " was written");
      }
    }
    finish(from, to, target, mark);
    progress.accept("done: digest " + Long.toHexString(written.digest()));
  }

  /** Its own method, so that this state can be let go before the written one is read back. */
  private StateSummary write(DataRecord source, Path data, Path log, Path to, DataRecord target)
      throws StartException, ConfigException, IOException {
    try (Opened input = open(source, data, log, false);
        Opened output = open(target, to, to, true)) {
      TreeView view = input.recover();
      StateSummary written = StateSummary.of(view);
      progress.accept(
          "writing "
              + to
              + " ("
              + target
              + "): "
              + written.znodes()
              + " znodes, "
              + written.sessions()
              + " sessions, zxid 0x"
              + Long.toHexString(written.zxid()));
      output.write(view);
      output.copyEpochs(input);
      return written;
    }
  }

  /** Empties what an earlier conversion left, and marks the directory. */
  private static Path prepare(Path from, Path fromLog, Path to) throws StartException, IOException {
    Files.createDirectories(to);
    for (Path source : List.of(from, fromLog)) {
      Path a = source.toRealPath();
      Path b = to.toRealPath();
      if (a.startsWith(b) || b.startsWith(a)) {
        throw refused(source + " and " + to + " lie within one another");
      }
    }
    Path mark = to.resolve(DataRecord.UNFINISHED);
    List<Path> present;
    try (Stream<Path> all = Files.list(to)) {
      present = all.toList();
    }
    if (!present.isEmpty() && !Files.exists(mark)) {
      throw refused(to + " is not empty");
    }
    for (Path path : present) {
      if (!path.equals(mark)) {
        deleteTree(path);
      }
    }
    if (present.isEmpty()) {
      Files.createFile(mark);
      DataRecord.syncDirectory(to);
    }
    return mark;
  }

  private static void finish(Path from, Path to, DataRecord target, Path mark) throws IOException {
    for (String name : ALSO) {
      if (Files.exists(from.resolve(name))) {
        Files.copy(
            from.resolve(name), to.resolve(name), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    deleteTree(to.resolve(SOURCE));
    target.writeIfAbsent(to);
    Files.delete(mark);
    DataRecord.syncDirectory(to);
  }

  private Opened open(DataRecord what, Path dataDir, Path logDir, boolean make)
      throws StartException, ConfigException, IOException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("dataDir", dataDir.toString());
    all.put("dataLogDir", logDir.toString());
    all.put("storage", what.storage());
    all.put("codec", what.codec());
    all.put("datadir.autocreate", String.valueOf(make));
    ServerConfig config = ConfigReader.read(null, all, Map.of(), false).config();
    Providers known = providers;
    if (known == null) {
      known = Providers.of(config); // once: classes of plug-ins are loaded once
      providers = known;
    }
    return new Opened(known, config);
  }

  /** A storage with its codec and its tree. */
  private static final class Opened implements AutoCloseable {
    private final ServerConfig config;
    private final Codec codec;
    private final Storage storage;
    private final TreeStore store;

    Opened(Providers providers, ServerConfig config) throws StartException, IOException {
      this.config = config;
      this.codec = QuorateServer.codec(providers, config, config.providers().codec());
      String name = config.providers().storage();
      StorageProvider provider =
          providers.find(StorageProvider.class, "storage", name, StorageProvider::name);
      this.storage =
          providers.open(
              provider,
              "storage=" + name,
              () -> provider.open(QuorateServer.storageSettings(config, codec)));
      EphemeralOwner.Encoding encoding = ClientServices.encoding(config.features());
      this.store = storage.treeStore().orElseGet(() -> new HeapTreeStore(1, encoding, true));
    }

    /** The state with everything that is logged. */
    TreeView recover() throws IOException {
      StartedState.Result result =
          StartedState.recover(storage, store, QuorateServer.rules(config), codec);
      TreeView view = store.seal(result.recovered().lastZxid());
      store.publish(view);
      return view;
    }

    /** Makes this the first state. */
    void write(TreeView view) throws IOException {
      if (storage.snapshots().load(store).zxid() >= 0) {
        throw new IOException("The new directory has a state already");
      }
      TreeView own = view;
      if (storage.treeStore().isPresent()) {
        TreeWalk.walk(
            Objects.requireNonNull(view.find(ZnodePath.ROOT), "the root"),
            (path, length, znode) ->
                store.load(LoadedZnode.copyOf(ZnodePath.copyOf(path, 0, length), znode)));
        view.sessions(store::putSession);
        own = store.seal(view.zxid());
        store.publish(own);
      }
      storage.snapshots().write(own);
      storage.log().replay(view.zxid() + 1, (zxid, array, offset, length) -> {});
    }

    void copyEpochs(Opened from) throws IOException {
      long accepted = from.storage.epochs().acceptedEpoch();
      if (accepted >= 0) {
        storage.epochs().setAcceptedEpoch(accepted);
      }
      long current = from.storage.epochs().currentEpoch();
      if (current >= 0) {
        storage.epochs().setCurrentEpoch(current);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        store.close();
      } finally {
        storage.close();
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void deleteTree(Path path) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
