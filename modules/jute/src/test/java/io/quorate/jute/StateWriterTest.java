package io.quorate.jute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.api.Acl;
import io.quorate.api.LoadedZnode;
import io.quorate.api.TreeView;
import io.quorate.api.ZnodePath;
import io.quorate.spi.codec.tck.TckTree;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a view tells of its lists, and what is written of them. */
class StateWriterTest {
  private static final Acl ONE = new Acl(List.of(new Acl.Entry(1, "ip", "10.0.0.1")));
  private static final Acl UNUSED = new Acl(List.of(new Acl.Entry(1, "ip", "10.0.0.2")));

  private static TckTree tree() {
    TckTree tree = new TckTree(0);
    tree.load(new LoadedZnode(ZnodePath.ROOT, null, Acl.NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    tree.load(new LoadedZnode(ZnodePath.of("/a"), null, ONE, 1, 1, 1, 0, 0, 0, 0, 0, 0));
    return tree;
  }

  private static byte[] write(List<Acl> told) throws Exception {
    TckTree tree = tree();
    TreeView view =
        (TreeView)
            Proxy.newProxyInstance(
                TreeView.class.getClassLoader(),
                new Class<?>[] {TreeView.class},
                (proxy, method, arguments) -> {
                  if (!method.getName().equals("acls")) {
                    return method.invoke(tree, arguments);
                  }
                  @SuppressWarnings("unchecked") // the method's only parameter
                  Consumer<Acl> each = (Consumer<Acl>) arguments[0];
                  told.forEach(each);
                  return true;
                });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    States.codec(true, true).writeState(view, out);
    return out.toByteArray();
  }

  @Test
  void listsThatNoZnodeHasDoNoHarm() throws Exception {
    TckTree back = new TckTree(0);
    States.read(write(List.of(UNUSED, ONE)), back);
    assertEquals(ONE, back.find(ZnodePath.of("/a")).acl());
  }

  /** Else the znode would come back with a list that grants nothing. */
  @Test
  void aListThatTheViewLeftOutIsAnError() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> write(List.of(UNUSED)));
    assertTrue(e.getMessage().startsWith("the view did not tell of the list"), e::getMessage);
  }
}
