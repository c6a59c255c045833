package io.quorate.admin;

import io.quorate.server.ServerStatus;
import io.quorate.server.TextCommands;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The four-letter words with the texts of Apache ZooKeeper 3.9.5 (reference section 6.1), which
 * monitoring tools parse. The tests compare them with Apache's server. Thread-safe; holds no state.
 */
public final class TextWords implements TextCommands {
  private static final String NOT_SERVING =
      "This ZooKeeper instance is not currently serving requests";
  private static final int TELNET_INTERRUPT = 0xfff4fffd;
  private static final String TELNET = "telnet close";
  private static final int LONG_BYTES = 8;

  /** Writes one word's answer. */
  private interface Answer {
    void write(ServerStatus status, Lines out) throws IOException;
  }

  /** Words that say only that the server does not serve, while it does not. */
  private static final Map<String, Answer> WHILE_SERVING =
      Map.ofEntries(
          Map.entry("conf", StateWords::conf),
          Map.entry("dirs", StateWords::dirs),
          Map.entry("hash", StateWords::hash),
          Map.entry("srvr", StatWords::srvr),
          Map.entry("stat", StatWords::stat),
          Map.entry("cons", StatWords::cons),
          Map.entry("dump", TableWords::dump),
          Map.entry("wchs", TableWords::wchs),
          Map.entry("wchc", TableWords::wchc),
          Map.entry("wchp", TableWords::wchp),
          Map.entry("mntr", MonitorWord::mntr),
          Map.entry("srst", TextWords::srst),
          Map.entry("crst", TextWords::crst));

  private static final Map<String, Answer> ALWAYS =
      Map.of(
          "ruok",
          (status, out) -> out.text("imok"),
          "envi",
          (status, out) -> StateWords.envi(out),
          "isro",
          TextWords::isro,
          "gtmk",
          (status, out) -> out.text(Long.toString(status.traceMask())),
          TELNET,
          (status, out) -> {});

  private final Map<Integer, Word> words = new HashMap<>();

  /** Knows all words; which of them are enabled is in the configuration of the server asked. */
  public TextWords() {
    for (String name : NAMES) {
      if (name.equals(TELNET)) {
        words.put(TELNET_INTERRUPT, new Word(name, 0));
      } else {
        words.put(code(name), new Word(name, name.equals("stmk") ? LONG_BYTES : 0));
      }
    }
  }

  private static int code(String name) {
    return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
  }

  @Override
  public @Nullable Word byInt(int first4Bytes) {
    return words.get(first4Bytes);
  }

  @Override
  public void answer(Word word, long argument, ServerStatus status, Appendable out)
      throws IOException {
    Lines lines = new Lines(out);
    String name = word.name();
    if (!status.config().admin().textWords().contains(name)) {
      lines.line(name + " is not executed because it is not in the whitelist.");
      return;
    }
    if (name.equals("stmk")) {
      status.setTraceMask(argument);
      lines.text(Long.toString(status.traceMask()));
      return;
    }
    Answer always = ALWAYS.get(name);
    Answer whileServing = WHILE_SERVING.get(name);
    if (always != null) {
      always.write(status, lines);
    } else if (whileServing == null) {
      throw new IllegalArgumentException("no such word: " + name);
    } else if (status.serving()) {
      whileServing.write(status, lines);
    } else {
      lines.line(NOT_SERVING);
    }
  }

  /** null is what clients that look for a writable server expect of one that is not ready. */
  private static void isro(ServerStatus status, Lines out) throws IOException {
    String answer = status.mode() == ServerStatus.Mode.READ_ONLY ? "ro" : "rw";
    out.text(status.serving() ? answer : "null");
  }

  private static void srst(ServerStatus status, Lines out) throws IOException {
    status.resetStatistics();
    out.line("Server stats reset.");
  }

  private static void crst(ServerStatus status, Lines out) throws IOException {
    status.resetConnectionStatistics();
    out.line("Connection stats reset.");
  }
}
