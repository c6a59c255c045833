package io.quorate.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a configuration file. The syntax is that of {@link java.util.Properties} (comments
 * with # and !, =, : or blanks between key and value, continued lines, escapes), and each entry
 * keeps the number of the line it begins on. UTF-8, or Latin-1 where the bytes are not UTF-8.
 */
final class ConfigFile {
  /** A key with its value, both trimmed, and the line it begins on, from 1. */
  record Line(String key, String value, int number) {}

  /** A line that can not be read. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;
    final int line;

    SyntaxException(int line, String message) {
      super(message);
      this.line = line;
    }
  }

  /** Far beyond any real file; keeps a wrong path (a device, a log) from filling the heap. */
  private static final int MAX_BYTES = 1 << 20;

  private final String text;
  private int at;
  private int lineNumber = 1;

  private ConfigFile(String text) {
    this.text = text;
  }

  /** Reads a file's text. */
  static String load(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException("larger than " + MAX_BYTES + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** The entries in the order of the file; a key may occur more than once. */
  static List<Line> parse(String text) throws SyntaxException {
    ConfigFile scanner = new ConfigFile(text);
    List<Line> lines = new ArrayList<>();
    while (scanner.skipToEntry()) {
      int number = scanner.lineNumber;
      String logical = scanner.logicalLine();
      if (!logical.isEmpty()) {
        lines.add(entry(logical, number));
      }
    }
    return lines;
  }

  /** Moves over blanks, empty lines and comments; false at the end. */
  private boolean skipToEntry() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isBlank(c)) {
        at++;
      } else if (isEnd(c)) {
        lineEnd();
      } else if (c == '#' || c == '!') {
        while (at < text.length() && !isEnd(text.charAt(at))) {
          at++;
        }
      } else {
        return true;
      }
    }
    return false;
  }

  /** One line with those that continue it; escapes are left in. */
  private String logicalLine() {
    StringBuilder line = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 == text.length()) {
        at++; // nothing is left that could be escaped
      } else if (c == '\\' && isEnd(text.charAt(at + 1))) {
        at++;
        lineEnd();
        while (at < text.length() && isBlank(text.charAt(at))) {
          at++;
        }
        if (line.isEmpty()) {
          break; // nothing is continued: what follows may be a comment
        }
      } else if (c == '\\') {
        line.append(c).append(text.charAt(at + 1));
        at += 2;
      } else if (isEnd(c)) {
        lineEnd();
        break;
      } else {
        line.append(c);
        at++;
      }
    }
    return line.toString();
  }

  private void lineEnd() {
    if (text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
      at++;
    }
    at++;
    lineNumber++;
  }

  private static Line entry(String logical, int number) throws SyntaxException {
    int n = logical.length();
    int end = 0;
    while (end < n && !isBlank(logical.charAt(end)) && !isSeparator(logical.charAt(end))) {
      end += logical.charAt(end) == '\\' ? 2 : 1;
    }
    end = Math.min(end, n);
    int value = end;
    while (value < n && isBlank(logical.charAt(value))) {
      value++;
    }
    if (value < n && isSeparator(logical.charAt(value))) {
      value++;
      while (value < n && isBlank(logical.charAt(value))) {
        value++;
      }
    }
    return new Line(
        unescape(logical.substring(0, end), number).trim(),
        unescape(logical.substring(value), number).trim(),
        number);
  }

  private static String unescape(String s, int number) throws SyntaxException {
    if (s.indexOf('\\') < 0) {
      return s;
    }
    StringBuilder out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c != '\\' || ++i == s.length()) {
        if (c != '\\') {
          out.append(c);
        }
        continue;
      }
      char e = s.charAt(i);
      switch (e) {
        case 't' -> out.append('\t');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 'f' -> out.append('\f');
        case 'u' -> {
          if (i + 4 >= s.length() || !s.substring(i + 1, i + 5).matches("[0-9a-fA-F]{4}")) {
            throw new SyntaxException(number, "\\u has to be followed by four hexadecimal digits");
          }
          out.append((char) Integer.parseInt(s.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> out.append(e);
      }
    }
    return out.toString();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private static boolean isSeparator(char c) {
    return c == '=' || c == ':';
  }
}
