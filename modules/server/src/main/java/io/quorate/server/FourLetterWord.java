package io.quorate.server;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Recognises four-letter words (reference section 6.1), which come instead of a handshake. No
 * length of a first frame looks like one.
 */
final class FourLetterWord {
  private FourLetterWord() {}

  /** The word that these first four bytes are, or null. */
  static TextCommands.@Nullable Word of(ClientServices services, int firstBytes) {
    return services.words().isPresent()
        ? services.words().get().commands().byInt(firstBytes)
        : null;
  }

  /** How many bytes belong to it after the letters; none if it is refused, which comes at once. */
  static int argumentBytes(ClientServices services, TextCommands.Word word) {
    boolean enabled = services.config().admin().textWords().contains(word.name());
    return enabled ? word.argumentBytes() : 0;
  }

  /**
   * Runs a word.
   *
   * @param a holds its argument at {@code offset}
   * @param done gets the answer, on another thread
   */
  static void run(
      ClientServices services,
      TextCommands.Word word,
      byte[] a,
      int offset,
      int argumentBytes,
      Consumer<byte[]> done) {
    long argument = 0;
    for (int i = 0; i < argumentBytes; i++) {
      argument = argument << 8 | a[offset + i] & 0xff;
    }
    services.words().orElseThrow().run(word, argument, done);
  }
}
