package io.quorate.server;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The four-letter words (reference section 6.1): four raw bytes as the first of a connection,
 * answered with text, after which the server closes the connection. Trap A-30: a first length of a
 * frame never looks like one, so the first four bytes are looked up here before they are taken for
 * a length. Bytes after the word (a line end, say) are ignored.
 *
 * <p>Thread-safe.
 */
public interface TextCommands {
  /** All words that exist, whether or not they are enabled. */
  List<String> NAMES =
      List.of(
          "conf",
          "cons",
          "crst",
          "dirs",
          "dump",
          "envi",
          "gtmk",
          "hash",
          "isro",
          "mntr",
          "ruok",
          "srst",
          "srvr",
          "stat",
          "stmk",
          "wchc",
          "wchp",
          "wchs",
          "telnet close");

  /**
   * One word.
   *
   * @param name its four letters; "telnet close" for the four bytes FF F4 FF FD that a telnet
   *     client sends for an interrupt
   * @param argumentBytes how many bytes belong to it after the letters: 8 for stmk, else 0. A word
   *     that is not enabled is refused without waiting for them
   */
  record Word(String name, int argumentBytes) {}

  /**
   * The word whose letters are these four bytes (the first in the highest byte), or null if there
   * is none. Never blocks.
   */
  @Nullable Word byInt(int first4Bytes);

  /**
   * Writes the answer; that of a word that is not enabled says so. May take milliseconds, and waits
   * for the core where a word needs more than published numbers: call it on a helper thread, not on
   * an I/O loop or the core.
   *
   * @param argument the bytes that belong to the word, as a number; 0 where there are none
   */
  void answer(Word word, long argument, ServerStatus status, Appendable out) throws IOException;
}
