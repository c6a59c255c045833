package io.quorate.spi.codec.tck;

import io.quorate.api.Acl;
import io.quorate.api.ChildList;
import io.quorate.api.LoadedZnode;
import io.quorate.api.Stability;
import io.quorate.api.Znode;
import io.quorate.api.ZnodePath;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A znode of {@link TckTree}. */
@Stability.Evolving
public final class TckZnode implements Znode {
  private static final int AROUND = 3;

  private LoadedZnode loaded;
  private byte @Nullable [] data;
  private Acl acl;
  final TreeMap<ZnodePath, TckZnode> children = new TreeMap<>();

  TckZnode(LoadedZnode from) {
    loaded = from;
    data = from.data();
    acl = from.acl();
  }

  /** Takes all from another; the children stay. */
  void load(LoadedZnode from) {
    loaded = from;
    data = from.data();
    acl = from.acl();
  }

  /** Gives it other data. */
  public void data(byte @Nullable [] to) {
    data = to;
  }

  /** Gives it another list. */
  public void acl(Acl to) {
    acl = to;
  }

  @Override
  public long czxid() {
    return loaded.czxid();
  }

  @Override
  public long mzxid() {
    return loaded.mzxid();
  }

  @Override
  public long pzxid() {
    return loaded.pzxid();
  }

  @Override
  public long ctime() {
    return loaded.ctime();
  }

  @Override
  public long mtime() {
    return loaded.mtime();
  }

  @Override
  public int version() {
    return loaded.version();
  }

  @Override
  public int createdChildren() {
    return loaded.createdChildren();
  }

  @Override
  public int aversion() {
    return loaded.aversion();
  }

  @Override
  public long ephemeralOwner() {
    return loaded.ephemeralOwner();
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
    byte[] around = new byte[d.length + 2 * AROUND];
    Arrays.fill(around, (byte) 0x55);
    System.arraycopy(d, 0, around, AROUND, d.length);
    return around;
  }

  @Override
  public int dataOffset() {
    return AROUND;
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
            (name, znode) -> {
              byte[] around = new byte[name.length() + 2 * AROUND];
              Arrays.fill(around, (byte) '/');
              System.arraycopy(name.bytes(), 0, around, AROUND, name.length());
              visitor.child(around, AROUND, name.length(), znode);
            });
      }
    };
  }
}
