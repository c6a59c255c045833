package io.quorate.compat.crash;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.compat.server.Waiting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A disk of its own: an image file with ext4 behind a loop device, mounted in a temporary folder,
 * whose power can be cut. From the cut on every write and fsync fails, and what was not on the
 * device by then is gone after {@link #powerOn}: the file system is shut down by its ioctl without
 * writing its journal. {@link #close} unmounts, detaches and deletes what was made.
 *
 * <p>Needs root and loop devices; where they are missing, the test is skipped and says why.
 */
final class LoopDisk implements AutoCloseable {
  /** EXT4_IOC_SHUTDOWN. */
  private static final long SHUTDOWN = 0x8004587dL;

  /** EXT4_GOING_FLAGS_NOLOGFLUSH: at once, nothing is written any more. */
  private static final int NO_LOG_FLUSH = 2;

  private static final long COMMAND_SECONDS = 30;

  private final Path folder;
  private final Path image;
  private final Path mount;
  private final Thread hook = new Thread(this::release);
  private String device = "";
  private boolean mounted;

  private LoopDisk(Path folder) {
    this.folder = folder;
    this.image = folder.resolve("disk.img");
    this.mount = folder.resolve("mount");
  }

  /** A new empty disk, mounted. */
  static LoopDisk create(int megabytes) throws IOException, InterruptedException {
    assumeTrue(isRoot(), "skipped: a disk of its own needs root, to mount a loop device");
    LoopDisk disk = new LoopDisk(Files.createTempDirectory("compat-disk-"));
    Runtime.getRuntime().addShutdownHook(disk.hook);
    try {
      disk.make(megabytes);
      return disk;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      disk.close();
      throw e;
    }
  }

  private static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private void make(int megabytes) throws IOException, InterruptedException {
    Files.createDirectory(mount);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) megabytes << 20); // sparse
    }
    Ended made = run("mkfs.ext4", "-q", "-F", image.toString());
    assumeTrue(made.status == 0, () -> "skipped: no ext4 can be made here: " + made.output);
    Ended attached = run("losetup", "--find", "--show", image.toString());
    assumeTrue(attached.status == 0, () -> "skipped: no loop device: " + attached.output);
    device = attached.output.strip();
    Ended tried = run("mount", "-t", "ext4", device, mount.toString());
    assumeTrue(
        tried.status == 0, () -> "skipped: loop devices can not be mounted: " + tried.output);
    mounted = true;
  }

  /** A folder on the disk, made if it is not there. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(mount.resolve(name));
  }

  /** Cuts the power. */
  void cutPower() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment flags = arena.allocateFrom(ValueLayout.JAVA_INT, NO_LOG_FLUSH);
      MemorySegment path = arena.allocateFrom(mount.toString());
      int descriptor = (int) Libc.OPEN.invokeExact(path, 0);
      if (descriptor < 0) {
        throw new AssertionError("can not open " + mount);
      }
      int answer = (int) Libc.IOCTL.invokeExact(descriptor, SHUTDOWN, flags);
      int closed = (int) Libc.CLOSE.invokeExact(descriptor);
      if (answer != 0 || closed != 0) {
        throw new AssertionError("the file system can not be shut down: " + answer);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Mounts it again, when nobody uses it any more: the journal is replayed. */
  void powerOn() throws IOException, InterruptedException {
    unmount();
    must("mount", "-t", "ext4", device, mount.toString());
    mounted = true;
  }

  private void unmount() {
    if (mounted) {
      Waiting.until(
          "unmounting " + mount,
          20_000,
          () -> {
            Ended ended = run("umount", mount.toString());
            if (ended.status != 0) {
              throw new AssertionError(ended.output);
            }
            return true;
          });
      mounted = false;
    }
  }

  private void release() {
    try {
      unmount();
      if (!device.isEmpty()) {
        must("losetup", "--detach", device);
        device = "";
      }
      Waiting.deleteTree(folder);
    } catch (IOException e) {
      throw new AssertionError("left behind: " + folder + " " + device, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("left behind: " + folder + " " + device, e);
    }
  }

  @Override
  public void close() {
    release();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /** How a command ended and what it printed. */
  private record Ended(int status, String output) {}

  private static void must(String... command) throws IOException, InterruptedException {
    Ended ended = run(command);
    if (ended.status != 0) {
      throw new IOException(String.join(" ", command) + ": " + ended.output);
    }
  }

  private static Ended run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Ended(-1, e.toString());
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return new Ended(-1, "does not end");
    }
    return new Ended(process.exitValue(), output);
  }

  /** The system's calls. */
  private static final class Libc {
    static final MethodHandle OPEN =
        function(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    static final MethodHandle IOCTL =
        function(
            "ioctl",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS));
    static final MethodHandle CLOSE =
        function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private Libc() {}

    private static MethodHandle function(String name, FunctionDescriptor type) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().find(name).orElseThrow(),
          type,
          name.equals("close") ? new Linker.Option[0] : variadic());
    }

    private static Linker.Option[] variadic() {
      return new Linker.Option[] {Linker.Option.firstVariadicArg(2)};
    }
  }
}
