package io.quorate.jute;

import io.quorate.api.Acl;
import io.quorate.api.ChildList;
import io.quorate.api.EphemeralOwner;
import io.quorate.api.NodeDigest;
import io.quorate.api.TreeStore;
import io.quorate.api.TreeView;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The simplest store that states can be loaded into and written from; one version, no views. */
final class MapTree {
  /** One znode. */
  static final class Node implements Znode {
    long czxid;
    long mzxid;
    long pzxid;
    long ctime;
    long mtime;
    int version;
    int createdChildren;
    int aversion;
    long owner;
    byte @Nullable [] data;
    Acl acl = Acl.OPEN;
    final TreeMap<ZnodePath, Node> children = new TreeMap<>();

    @Override
    public long czxid() {
      return czxid;
    }

    @Override
    public long mzxid() {
      return mzxid;
    }

    @Override
    public long pzxid() {
      return pzxid;
    }

    @Override
    public long ctime() {
      return ctime;
    }

    @Override
    public long mtime() {
      return mtime;
    }

    @Override
    public int version() {
      return version;
    }

    @Override
    public int createdChildren() {
      return createdChildren;
    }

    @Override
    public int aversion() {
      return aversion;
    }

    @Override
    public long ephemeralOwner() {
      return owner;
    }

    @Override
    public int childCount() {
      return children.size();
    }

    @Override
    public int dataLength() {
      return data == null ? -1 : data.length;
    }

    /** Other bytes around the data, as the contract allows. */
    @Override
    public byte[] dataArray() {
      byte[] d = data == null ? new byte[0] : data;
      byte[] around = new byte[d.length + 5];
      java.util.Arrays.fill(around, (byte) 0x55);
      System.arraycopy(d, 0, around, 3, d.length);
      return around;
    }

    @Override
    public int dataOffset() {
      return 3;
    }

    @Override
    public Acl acl() {
      return acl;
    }

    @Override
    public ChildList children() {
      return new ChildList() {
        @Override
        public int size() {
          return children.size();
        }

        @Override
        public void forEach(Visitor visitor) {
          children.forEach(
              (name, node) -> {
                byte[] around =
                    ("//" + name + "//").getBytes(java.nio.charset.StandardCharsets.UTF_8);
                visitor.child(around, 2, around.length - 4, node);
              });
        }
      };
    }
  }

  final Map<ZnodePath, Node> nodes = new TreeMap<>();
  final Map<Long, Integer> sessions = new TreeMap<>();
  long zxid;

  Node node(String path) {
    Node node = nodes.get(ZnodePath.of(path.equals("/") ? "" : path));
    if (node == null) {
      throw new AssertionError("no " + path);
    }
    return node;
  }

  public void load(
      ZnodePath path,
      byte @Nullable [] data,
      Acl acl,
      long czxid,
      long mzxid,
      long pzxid,
      long ctime,
      long mtime,
      int version,
      int createdChildren,
      int aversion,
      long owner) {
    boolean root = path.isRoot();
    ZnodePath key = root ? ZnodePath.of("") : path;
    Node node = nodes.get(key);
    if (node == null) {
      node = new Node();
      if (!root) {
        Node parent = (Node) find(path.parent());
        if (parent == null || path.nameOffset() == path.length()) {
          throw new IllegalStateException("loaded where it can not be: " + path);
        }
        byte[] b = path.bytes();
        ZnodePath name = ZnodePath.copyOf(b, path.nameOffset(), path.length() - path.nameOffset());
        parent.children.put(name, node);
      }
      nodes.put(key, node);
    }
    node.data = data;
    node.acl = acl;
    node.czxid = czxid;
    node.mzxid = mzxid;
    node.pzxid = pzxid;
    node.ctime = ctime;
    node.mtime = mtime;
    node.version = version;
    node.createdChildren = createdChildren;
    node.aversion = aversion;
    node.owner = owner;
  }

  public @Nullable Znode find(ZnodePath path) {
    return nodes.get(path.isRoot() ? ZnodePath.of("") : path);
  }

  public TreeView head() {
    return view();
  }

  public long zxid() {
    return zxid;
  }

  public long nodeCount() {
    return nodes.size();
  }

  public long digest() {
    NodeDigest digest = new NodeDigest();
    long sum = 0;
    for (Map.Entry<ZnodePath, Node> e : nodes.entrySet()) {
      sum += digest.of(e.getKey().bytes(), e.getKey().length(), e.getValue());
    }
    return sum;
  }

  public int sessionCount() {
    return sessions.size();
  }

  public void sessions(TreeView.SessionVisitor each) {
    sessions.forEach(each::session);
  }

  public void putSession(long sessionId, int timeoutMs) {
    sessions.put(sessionId, timeoutMs);
  }

  public void removeSession(long sessionId) {
    sessions.remove(sessionId);
  }

  /** Everything there is, as text. */
  String dump() {
    StringBuilder text = new StringBuilder();
    sessions.forEach((id, timeout) -> text.append(id).append(' ').append(timeout).append('\n'));
    nodes.forEach(
        (path, n) ->
            text.append(path)
                .append(' ')
                .append(n.data == null ? "null" : java.util.HexFormat.of().formatHex(n.data))
                .append(' ')
                .append(n.acl == Acl.NONE ? "none" : n.acl.entries().toString())
                .append(' ')
                .append(n.stat(EphemeralOwner.Encoding.PLAIN))
                .append(' ')
                .append(n.createdChildren)
                .append(' ')
                .append(n.owner)
                .append('\n'));
    return text.toString();
  }

  // The two faces. Codecs need few of their methods, so the others are not written out.

  TreeStore store() {
    return (TreeStore) face(TreeStore.class);
  }

  TreeView view() {
    return (TreeView) face(TreeView.class);
  }

  private Object face(Class<?> type) {
    return Proxy.newProxyInstance(
        MapTree.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          Method mine;
          try {
            mine = MapTree.class.getDeclaredMethod(method.getName(), method.getParameterTypes());
          } catch (NoSuchMethodException e) {
            throw new UnsupportedOperationException(method.toString(), e);
          }
          try {
            return mine.invoke(this, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
