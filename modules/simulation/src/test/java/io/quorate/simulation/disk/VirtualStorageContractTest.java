package io.quorate.simulation.disk;

import io.quorate.spi.storage.Storage;
import io.quorate.spi.storage.StorageConfiguration;
import io.quorate.spi.storage.StorageProvider;
import io.quorate.spi.storage.tck.DirectoryDamage;
import io.quorate.spi.storage.tck.DiskFaults;
import io.quorate.spi.storage.tck.StorageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The simulator's storage keeps the rules of real ones: each directory is a disk of its own. */
class VirtualStorageContractTest extends StorageContract {
  private final Disks disks = new Disks();

  @Override
  protected StorageProvider provider() {
    return disks;
  }

  @Override
  protected DiskFaults faults() {
    return disks;
  }

  @Override
  protected void copy(Path from, Path to) {
    disks.all.put(to, disks.at(from).copy());
  }

  /** A virtual disk holds records, not bytes: what may happen to it is told by {@link Disk}. */
  @Override
  protected String damage(DirectoryDamage damage, Path directory) {
    return Assumptions.abort("a virtual disk has no bytes to damage");
  }

  private static final class Disks implements StorageProvider, DiskFaults {
    final Map<Path, Disk> all = new HashMap<>();

    Disk at(Path directory) {
      return all.computeIfAbsent(directory, d -> new Disk());
    }

    @Override
    public String name() {
      return "virtual";
    }

    @Override
    public Storage open(StorageConfiguration configuration) throws IOException {
      return new VirtualStorage(
          at(configuration.dataDir()), configuration.codec(), configuration.maxRecordBytes());
    }

    @Override
    public void failAfter(int operations) {
      all.values().forEach(disk -> disk.failAfter(operations));
    }

    @Override
    public void heal() {
      failAfter(Integer.MAX_VALUE);
    }
  }
}
