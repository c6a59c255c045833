package io.quorate.storage.files;

import io.quorate.spi.codec.FormatMark;
import io.quorate.spi.storage.CorruptStorageException;
import java.nio.file.Path;
import java.util.Arrays;

/** Refuses files that another codec wrote than the one that is configured. */
final class OtherCodec {
  private OtherCodec() {}

  /**
   * Does nothing if the file was written by this codec, or if its first bytes do not tell.
   *
   * @param first at least {@link FormatMark#BYTES}, if the file has as many
   */
  static void refuse(Path file, byte[] first, String codec) throws CorruptStorageException {
    String found = FormatMark.codecOf(Arrays.copyOf(first, FormatMark.BYTES));
    if (found != null && !found.equals(codec)) {
      throw new CorruptStorageException(
          file,
          0,
          "It was written by codec " + found + ", and the server is to use codec " + codec,
          "Start with codec=" + found + ", or with another data directory");
    }
  }
}
