package io.quorate.storage.lmdb;

import java.util.Arrays;

/**
 * A copy of the leaf page that a cursor stands in: its keys are read without asking LMDB for each,
 * and the memory that they are spread over is read in one go. One thread at a time.
 */
final class Leaf {
  private static final int FLAGS = 10;
  private static final int LOWER = 12;
  private static final int HEADER = 16;
  private static final int LEAF = 2;
  private static final int KEY_LENGTH = 6;
  private static final int NODE_HEADER = 8;

  private final byte[] page = new byte[MapPages.PAGE];
  private int count;
  private int index;
  private int keyAt;
  private int keyLength;

  /**
   * Takes the page with the key at this address, and stands at that key.
   *
   * @throws Records.Damaged if it is no leaf, or has no such key
   */
  void take(long keyAddress) {
    int inPage = (int) keyAddress & MapPages.PAGE - 1;
    Memory.copyOut(keyAddress - inPage, page, 0, page.length);
    count = (shortAt(LOWER) - HEADER) / 2;
    if (shortAt(FLAGS) != LEAF || count < 0 || HEADER + 2 * count > page.length) {
      throw new Records.Damaged("a page that is no leaf");
    }
    for (index = 0; index < count; index++) {
      if (shortAt(HEADER + 2 * index) + NODE_HEADER == inPage) {
        look();
        return;
      }
    }
    throw new Records.Damaged("a key outside of its page");
  }

  /** Goes to the next key of the page, if there is one. */
  boolean next() {
    if (++index >= count) {
      return false;
    }
    look();
    return true;
  }

  private void look() {
    int node = shortAt(HEADER + 2 * index);
    if (node + NODE_HEADER > page.length) {
      throw new Records.Damaged("a node outside of its page");
    }
    keyAt = node + NODE_HEADER;
    keyLength = shortAt(node + KEY_LENGTH);
    if (keyLength > Keys.MAX_BYTES || keyAt + keyLength > page.length) {
      throw new Records.Damaged("a key outside of its page");
    }
  }

  boolean keyStartsWith(byte[] prefix) {
    return keyLength >= prefix.length
        && Arrays.equals(page, keyAt, keyAt + prefix.length, prefix, 0, prefix.length);
  }

  /** The array with the key; good until the next page is taken. */
  byte[] array() {
    return page;
  }

  int keyAt() {
    return keyAt;
  }

  int keyLength() {
    return keyLength;
  }

  private int shortAt(int at) {
    return page[at] & 0xff | (page[at + 1] & 0xff) << 8;
  }
}
