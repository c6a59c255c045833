package io.quorate.codec.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import io.quorate.api.Txn;
import io.quorate.api.TxnRecord;

/**
 * All classes that are ever written, with the numbers that stand for them in the bytes. A number
 * keeps its meaning for good: a class that changes its fields gets a new number, and one that is
 * given up leaves a gap.
 *
 * <table>
 * <caption>Numbers</caption>
 * <tr><th>10</th><td>{@link TxnRecord}; never written, since each record is one</td></tr>
 * <tr><th>11</th><td>{@link Txn.Part}; never written, since each member of a multi is one</td></tr>
 * <tr><th>12</th><td>{@link Txn.Create}</td></tr>
 * <tr><th>13</th><td>{@link Txn.CreateTtl}</td></tr>
 * <tr><th>14</th><td>{@link Txn.CreateContainer}</td></tr>
 * <tr><th>15</th><td>{@link Txn.Delete}</td></tr>
 * <tr><th>16</th><td>{@link Txn.SetData}</td></tr>
 * <tr><th>17</th><td>{@link Txn.SetAcl}</td></tr>
 * <tr><th>18</th><td>{@link Txn.Check}</td></tr>
 * <tr><th>19</th><td>{@link Txn.CreateSession}</td></tr>
 * <tr><th>20</th><td>{@link Txn.CloseSession}</td></tr>
 * <tr><th>21</th><td>{@link Txn.Error}</td></tr>
 * <tr><th>22</th><td>{@link Txn.Multi}</td></tr>
 * <tr><th>40</th><td>{@link SessionEntry} of a state</td></tr>
 * <tr><th>41</th><td>{@link ZnodeEntry} of a state</td></tr>
 * <tr><th>42</th><td>{@link EndEntry} of a state</td></tr>
 * </table>
 */
final class ClassTable {
  /** Kryo itself registers lower numbers, for numbers and strings. They are refused in input. */
  static final int FIRST = 10;

  private ClassTable() {}

  /** For transactions. Not thread-safe. */
  static Kryo forRecords() {
    Kryo kryo = new StrictKryo();
    PartSerializer parts = new PartSerializer();
    kryo.register(TxnRecord.class, new RecordSerializer(), 10);
    kryo.register(Txn.Part.class, parts, 11);
    kryo.register(Txn.Create.class, new TxnSerializers.OfCreate(), 12);
    kryo.register(Txn.CreateTtl.class, new TxnSerializers.OfCreateTtl(), 13);
    kryo.register(Txn.CreateContainer.class, new TxnSerializers.OfCreateContainer(), 14);
    kryo.register(Txn.Delete.class, new TxnSerializers.OfDelete(), 15);
    kryo.register(Txn.SetData.class, new TxnSerializers.OfSetData(), 16);
    kryo.register(Txn.SetAcl.class, new TxnSerializers.OfSetAcl(), 17);
    kryo.register(Txn.Check.class, new TxnSerializers.OfCheck(), 18);
    kryo.register(Txn.CreateSession.class, new TxnSerializers.OfCreateSession(), 19);
    kryo.register(Txn.CloseSession.class, new TxnSerializers.OfCloseSession(), 20);
    kryo.register(Txn.Error.class, new TxnSerializers.OfError(), 21);
    kryo.register(Txn.Multi.class, new TxnSerializers.OfMulti(parts), 22);
    return kryo;
  }

  /**
   * For one state: what is written of a znode depends on the one before. Not thread-safe.
   *
   * @param maxValueBytes the longest path, data or text
   */
  static Kryo forState(int maxValueBytes) {
    Kryo kryo = new StrictKryo();
    kryo.register(SessionEntry.class, new SessionEntry.Serializer(), 40);
    kryo.register(ZnodeEntry.class, new ZnodeSerializer(maxValueBytes), 41);
    kryo.register(EndEntry.class, new EndEntry.Serializer(), 42);
    return kryo;
  }
}
