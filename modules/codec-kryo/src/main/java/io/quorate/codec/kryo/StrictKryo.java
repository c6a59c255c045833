package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.util.DefaultClassResolver;

/**
 * Kryo that writes and reads registered classes only, by their numbers, without references between
 * objects, and no deeper than a multi goes.
 */
final class StrictKryo extends Kryo {
  /** A record, its multi, a part of that, and the part's transaction. */
  private static final int MAX_DEPTH = 4;

  static {
    // Kryo looks for sun.misc.Unsafe when it is loaded, which the JDK warns of. Nothing here needs
    // it.
    String unsafe = "kryo.unsafe";
    if (System.getProperty(unsafe) == null) {
      System.setProperty(unsafe, "false");
    }
  }

  StrictKryo() {
    super(new NumbersOnly(), null);
    setRegistrationRequired(true);
    setMaxDepth(MAX_DEPTH);
    setCopyReferences(false);
  }

  @Override
  protected String unregisteredClassMessage(Class type) {
    return "codec kryo writes no " + type.getName() + ": it is not in its table of classes";
  }

  /**
   * Kryo's own would look for a class whose name stands in the bytes, and would read numbers and
   * strings, whatever their length.
   */
  private static final class NumbersOnly extends DefaultClassResolver {
    private static final int RESERVED = 2; // numbers that mean null and "by name"

    @Override
    public Registration readClass(Input input) {
      int id = input.readVarInt(true) - RESERVED;
      Registration registration = id < ClassTable.FIRST ? null : getRegistration(id);
      if (registration == null) {
        throw new KryoException("class number " + id + ", which is not registered,");
      }
      return registration;
    }
  }
}
