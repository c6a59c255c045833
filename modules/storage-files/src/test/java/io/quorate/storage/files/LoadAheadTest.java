package io.quorate.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.api.Acl;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.LoadedZnode;
import io.quorate.api.TreeStore;
import io.quorate.api.ZnodePath;
import io.quorate.tree.HeapTreeStore;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadAheadTest {
  private final TreeStore store = new HeapTreeStore(7, EphemeralOwner.Encoding.EXTENDED, true);

  private static void load(TreeStore into, String path) {
    into.load(
        new LoadedZnode(ZnodePath.of(path), new byte[3], Acl.OPEN, 5, 5, 5, 1, 1, 0, 0, 0, 0));
  }

  @Test
  void allIsLoadedByTheCallerAndFoundBetween() throws IOException {
    Thread caller = Thread.currentThread();
    String answer =
        LoadAhead.run(
            store,
            ahead -> {
              assertNotSame(caller, Thread.currentThread());
              ahead.putSession(9, 4000);
              for (int i = 0; i < 1000; i++) {
                load(ahead, "/n" + i);
              }
              assertNotNull(ahead.head().find(ZnodePath.of("/n999")), "what was just loaded");
              assertNull(ahead.head().find(ZnodePath.of("/n1000")));
              load(ahead, "/n7/child");
              return "read";
            });
    assertEquals("read", answer);
    assertEquals(1002, store.head().nodeCount());
    assertEquals(1, store.head().sessionCount());
  }

  @Test
  void clearingKeepsItsPlace() throws IOException {
    LoadAhead.run(
        store,
        ahead -> {
          load(ahead, "/before");
          ahead.clear();
          load(ahead, "/after");
          return 0;
        });
    assertNull(store.head().find(ZnodePath.of("/before")));
    assertNotNull(store.head().find(ZnodePath.of("/after")));
  }

  /** Who reads may wait for an answer, or have far more to give than anybody takes. */
  @Test
  void whatTheStoreRefusesEndsTheReader() {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () ->
                LoadAhead.run(
                    store,
                    ahead -> {
                      load(ahead, "/twice");
                      load(ahead, "/twice");
                      return ahead.head().find(ZnodePath.of("/twice"));
                    }));
    assertEquals("loaded twice: /twice", refused.getMessage());
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(t -> t.getName().equals("quorate-load")));
  }

  @Test
  void whatTheReaderThrowsIsThrown() {
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                LoadAhead.run(
                    store,
                    ahead -> {
                      load(ahead, "/a");
                      throw new IOException("torn");
                    }));
    assertEquals("torn", e.getMessage());
    assertNotNull(store.head().find(ZnodePath.of("/a")));
  }
}
