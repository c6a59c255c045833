package io.quorate.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZnodePathTest {
  /** As Apache's PathUtils 3.9.5 answered for the same texts. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/a", "/...", "/a.", "/.a", "/a/..b", "/a/b..", "/a/...", "/ ", "/a b"})
  void acceptsWhatApacheAccepts(String path) {
    assertTrue(ZnodePath.of(path).isValid(), path);
  }

  /** As Apache's PathUtils 3.9.5 answered for the same texts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "a/b", "/a/", "//", "//a", "/a//b", "/.", "/..", "/a/.", "/a/..", "/./a", "/../a",
        "/a/./b", "/a/../b"
      })
  void refusesWhatApacheRefuses(String path) {
    assertFalse(ZnodePath.of(path).isValid(), path);
  }

  /** NODE-20: the border of each forbidden range, from both sides, as Apache 3.9.5 answered. */
  @ParameterizedTest
  @CsvSource({
    "0, false",
    "1, false",
    "1f, false",
    "20, true",
    "7e, true",
    "7f, false",
    "9f, false",
    "a0, true",
    "7ff, true",
    "800, true",
    "d7ff, true",
    "e000, false",
    "f8ff, false",
    "f900, true",
    "feff, true",
    "ffef, true",
    "fff0, false",
    "fffd, false",
    "ffff, false",
    "10000, false",
    "1f600, false",
    "10ffff, false"
  })
  void judgesCodePoints(String hex, boolean valid) {
    String c = Character.toString(Integer.parseInt(hex, 16));
    assertEquals(valid, ZnodePath.of("/a" + c + "b").isValid());
    assertEquals(valid, ZnodePath.of("/" + c).isValid());
  }

  /** Apache decodes these to U+FFFD, which no path may hold. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "80", // a continuation without a start
        "c3", // cut off
        "c328", // no continuation
        "e4b8", // cut off
        "e4b828",
        "f09f98", // cut off
        "c0af", // "/" in two bytes
        "c1bf",
        "e08080", // NUL in three bytes
        "e09fbf",
        "f0808080",
        "f08fbfbf",
        "eda0bdedb880", // U+1F600 as two surrogates, as Java's writer encodes it
        "eda080",
        "f8888080",
        "ff",
        "fe"
      })
  void refusesMalformedUtf8(String hex) {
    byte[] middle = HexFormat.of().parseHex(hex);
    byte[] p = new byte[2 + middle.length];
    p[0] = '/';
    p[1] = 'a';
    System.arraycopy(middle, 0, p, 2, middle.length);
    assertFalse(ZnodePath.wrap(p).isValid(), hex);
    byte[] inside = java.util.Arrays.copyOf(p, p.length + 2);
    inside[p.length] = '/';
    inside[p.length + 1] = 'b';
    assertFalse(ZnodePath.wrap(inside).isValid(), hex);
  }

  @Test
  void takesEveryByteSequence() {
    for (int a = 0; a < 256; a++) {
      for (int b = 0; b < 256; b++) {
        byte[] p = {'/', (byte) a, (byte) b};
        String text = new String(p, StandardCharsets.UTF_8);
        boolean valid = ZnodePath.wrap(p).isValid();
        boolean expected = expected(text);
        assertEquals(expected, valid, () -> HexFormat.of().formatHex(p));
      }
    }
  }

  /** NODE-20 once more, on characters, for a path of one or two of them behind the slash. */
  private static boolean expected(String text) {
    String name = text.substring(1);
    if (name.startsWith("/") || name.endsWith("/") || name.equals(".") || name.equals("..")) {
      return false;
    }
    return name.chars()
        .noneMatch(
            c ->
                c < 0x20
                    || (c >= 0x7f && c <= 0x9f)
                    || (c >= 0xd800 && c <= 0xf8ff)
                    || c >= 0xfff0);
  }

  @ParameterizedTest
  @CsvSource({
    "/a, /",
    "/a/b, /a",
    "/a/b/c, /a/b",
    "/, /",
    "'', /",
    "/a/, /a",
    "a/b, a",
    "a, /",
    "//, /",
    "/a//b, /a/"
  })
  void knowsParents(String path, String parent) {
    assertEquals(ZnodePath.of(parent), ZnodePath.of(path).parent());
  }

  @Test
  void namesTheRootTwice() {
    assertTrue(ZnodePath.of("").isRoot());
    assertTrue(ZnodePath.ROOT.isRoot());
    assertFalse(ZnodePath.of("a").isRoot());
    assertFalse(ZnodePath.of("//").isRoot());
    assertFalse(ZnodePath.of("").hasParent());
    assertTrue(ZnodePath.ROOT.hasParent());
    assertFalse(ZnodePath.of("a").hasParent());
    assertEquals(ZnodePath.of("/x"), ZnodePath.ROOT.child("x"));
    assertEquals(ZnodePath.of("/x"), ZnodePath.of("").child("x"));
    assertEquals(ZnodePath.of("/x/é"), ZnodePath.of("/x").child("é"));
    assertEquals(ZnodePath.of("/a/0000000001"), ZnodePath.of("/a/").append("0000000001"));
  }

  @Test
  void comparesSegmentsAndPrefixes() {
    ZnodePath ab = ZnodePath.of("/a/b");
    assertTrue(ab.isAtOrBelow(ab));
    assertTrue(ab.isAtOrBelow(ZnodePath.of("/a")));
    assertTrue(ab.isAtOrBelow(ZnodePath.ROOT));
    assertTrue(ab.isAtOrBelow(ZnodePath.of("")));
    assertFalse(ZnodePath.of("/ab").isAtOrBelow(ZnodePath.of("/a")));
    assertFalse(ZnodePath.of("/a").isAtOrBelow(ab));
    assertTrue(ZnodePath.of("/ab").startsWith(ZnodePath.of("/a")));
    assertTrue(ZnodePath.of("/a\0b").hasNul());
    assertFalse(ab.hasNul());
  }

  @Test
  void comparesByBytes() {
    ZnodePath one = ZnodePath.of("/é");
    ZnodePath same = ZnodePath.copyOf(one.bytes(), 0, one.length());
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertEquals(3, one.length());
    assertNotEquals(one, ZnodePath.of("/e"));
    assertTrue(ZnodePath.of("/z").compareTo(one) < 0, "bytes are unsigned");
    assertTrue(ZnodePath.of("/a").compareTo(ZnodePath.of("/a/b")) < 0);
    assertEquals("/é", one.toString());
  }
}
