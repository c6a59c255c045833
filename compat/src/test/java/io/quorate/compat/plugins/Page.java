package io.quorate.compat.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands of a page of the documentation: its blocks that are marked as sh. */
final class Page {
  private static final String BEGIN = "```sh";
  private static final String END = "```";

  private Page() {}

  /** The blocks, in their order. */
  static List<String> blocks(Path page) throws IOException {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = null;
    for (String line : Files.readAllLines(page)) {
      if (line.equals(BEGIN)) {
        block = new StringBuilder();
      } else if (block != null && line.equals(END)) {
        blocks.add(block.toString());
        block = null;
      } else if (block != null) {
        block.append(line).append('\n');
      }
    }
    return blocks;
  }
}
