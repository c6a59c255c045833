package io.quorate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.spi.codec.FormatMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataRecordTest {
  @TempDir private Path dir;

  private ServerConfig config(String storage, String codec) throws ConfigException {
    return ConfigReader.read(
            null,
            Map.of("dataDir", dir.toString(), "storage", storage, "codec", codec),
            Map.of(),
            false)
        .config();
  }

  private Optional<DataRecord> found() throws IOException {
    return DataRecord.find(dir, dir);
  }

  @Test
  void isWrittenOnce() throws Exception {
    assertEquals(Optional.empty(), found());
    DataRecord.check(config("lmdb", "kryo"));
    new DataRecord("lmdb", "kryo").writeIfAbsent(dir);
    assertEquals(Optional.of(new DataRecord("lmdb", "kryo")), found());
    String text = Files.readString(dir.resolve("quorate.data"));
    assertTrue(text.contains("version=" + Version.product()), text);
    new DataRecord("files", "jute").writeIfAbsent(dir);
    assertEquals(text, Files.readString(dir.resolve("quorate.data")));
  }

  @Test
  void otherSettingsAreRefusedWithTheCommandThatConverts() throws Exception {
    new DataRecord("files", "kryo").writeIfAbsent(dir);
    DataRecord.check(config("files", "kryo"));
    for (String[] other : new String[][] {{"files", "jute"}, {"lmdb", "kryo"}, {"lmdb", "jute"}}) {
      StartException e =
          assertThrows(StartException.class, () -> DataRecord.check(config(other[0], other[1])));
      assertEquals(ExitCode.DATA_DIRECTORY, e.exitCode());
      assertEquals(
          dir
              + " holds data of storage=files codec=kryo, and the server is to use storage="
              + other[0]
              + " codec="
              + other[1]
              + ". Start with the former, or convert: quorate convert --from "
              + dir
              + " --to NEWDIR --storage "
              + other[0]
              + " --codec "
              + other[1],
          e.getMessage());
    }
  }

  @Test
  void withoutItFilesTellTheirCodec() throws Exception {
    Path folder = Files.createDirectories(dir.resolve("version-2"));
    assertEquals(Optional.empty(), found());
    Files.write(folder.resolve("log.1"), FormatMark.of("kryo"));
    assertEquals(Optional.of(new DataRecord("files", "kryo")), found());
    Files.write(folder.resolve("snapshot.0.gz"), new byte[] {0x1f, (byte) 0x8b});
    assertEquals(Optional.of(new DataRecord("files", "kryo")), found(), "the log tells");
    Files.delete(folder.resolve("log.1"));
    assertEquals(Optional.of(new DataRecord("files", "jute")), found());
    Files.writeString(folder.resolve("snapshot.1"), "ZKSN and more of it");
    assertEquals(Optional.of(new DataRecord("files", "jute")), found());
    DataRecord.check(config("files", "jute"));
    assertThrows(StartException.class, () -> DataRecord.check(config("lmdb", "jute")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "record=2\nstorage=files\ncodec=jute\n",
        "record=1\nstorage=files\n",
        "record=1\ncodec=\\u00zz\n"
      })
  void damageIsRefused(String text) throws IOException {
    Path file = dir.resolve("quorate.data");
    Files.writeString(file, text);
    IOException e = assertThrows(IOException.class, this::found);
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    Files.write(file, new byte[5000]);
    assertThrows(IOException.class, this::found);
    assertEquals(5000, Files.size(file), "nothing is overwritten");
  }

  @Test
  void nothingStartsWhereAConversionWasCutShort() throws Exception {
    Files.createFile(dir.resolve(DataRecord.UNFINISHED));
    StartException e =
        assertThrows(StartException.class, () -> DataRecord.check(config("files", "jute")));
    assertTrue(e.getMessage().contains("repeat quorate convert"), e.getMessage());
  }
}
