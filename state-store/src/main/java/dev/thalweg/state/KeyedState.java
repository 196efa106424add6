package dev.thalweg.state;

/// One table of an operator's state, for the key groups that one task owns: encoded key to a fixed-width value, with
/// variable-length bytes behind it where the table has them.
///
/// An entry lives in a *slot*, a small number that is stable until the entry is removed. The fixed part of a slot is
/// off-heap memory that the operator reads and writes in place, after it has told the table by [#touch]; so an accumulator
/// is updated without a copy, an object or a call. The table remembers, for each entry touched in this trigger, what was
/// there before: operators emit old and new rows from it, and the changes of the trigger are written to the log from it.
///
/// **State** newest version of each key; when memory is short, entries that RocksDB has are dropped, and come back when
/// somebody asks for them. A slot that was not touched in this trigger is therefore good only until the next call that
/// finds, inserts or walks. **Cost** one probe a key, no allocation a key; a key that is not resident costs a read, together
/// with the others of its batch. **Thread** the owning task; commits on
/// the trigger thread while tasks rest.
public interface KeyedState extends AutoCloseable {
    int ABSENT = -1;

    /// Finds the slots of a batch's keys, [#ABSENT] where there is no entry; keys that are not resident are fetched together.
    void find(EncodedKeys keys, int[] slots);

    /// Finds the slots and makes entries, touched and with a zeroed fixed part, for keys that have none.
    ///
    /// @param slots receives the slot of each key
    /// @return how many entries were made
    int findOrInsert(EncodedKeys keys, int[] slots);

    /// Says that the entry is about to change. The first touch of a trigger keeps a copy of the fixed part.
    void touch(int slot);

    /// The entry is gone at the end of this trigger; its slot may still be read until then, but not touched. A key that
    /// [#findOrInsert] brings back keeps its slot and what was before, and has a zeroed value.
    void remove(int slot);

    /// Address of the fixed part, `valueBytes` long and aligned to 8. Stays while the entry lives.
    long value(int slot);

    /// Address of the fixed part as it was when the trigger began; 0 when the entry did not exist. Not to be written to.
    long before(int slot);

    boolean isRemoved(int slot);

    long keyAddress(int slot);

    int keyLength(int slot);

    /// Address of the variable-length bytes; 0 when there are none.
    long tail(int slot);

    int tailLength(int slot);

    /// The variable-length bytes as they were when the trigger began; 0 when there were none.
    long tailBefore(int slot);

    int tailBeforeLength(int slot);

    /// Replaces the variable-length bytes; touches the entry. The bytes are copied; a length of 0 means none. They are never
    /// written in place, because they may be what was there before.
    void setTail(int slot, long address, int length);

    /// How many entries were touched or removed in this trigger, each counted once.
    int changedCount();

    /// The slot of the changed entry number `index`, in the order of first change.
    int changed(int index);

    /// What [#before] says of the changed entry number `index`, without a look at its slot.
    long changedBefore(int index);

    /// What [#isRemoved] says of the changed entry number `index`, without a look at its slot.
    boolean isChangedRemoved(int index);

    /// Calls for every entry whose leading event time is at or below `micros`, in order of time. Only for tables freed by
    /// time. The visitor only looks: it changes nothing.
    void forEachThrough(long micros, SlotVisitor visitor);

    /// Removes every entry whose leading event time is at or below `micros` with one range delete. Entries that were not
    /// changed before in this trigger do not become changed ones: they are forgotten, not retracted.
    ///
    /// @return how many entries there were
    long removeThrough(long micros);

    /// No entry has an earlier leading event time; `Long.MAX_VALUE` where there is none. Only for tables freed by time. It may be
    /// too early by what was removed, until that time has been walked through.
    long earliest();

    /// Calls for every entry that exists now, in no order. The visitor only looks: it changes nothing.
    void forEach(SlotVisitor visitor);

    /// Entries that exist now, resident or not.
    long size();

    /// Off-heap bytes that this table holds.
    long bytes();

    @Override
    void close();

    /// Says that slots are remembered beyond a trigger: entries of this table are never dropped. Before the first trigger.
    ///
    /// @param bytesEach that whoever remembers them keeps for each slot; counted as this table's
    void keepResident(int bytesEach);

    /// Says that entries are only added, by [#insert], and remembered by their slots: none of them is looked up by its key any
    /// more, and none is dropped. Before the first trigger.
    ///
    /// @param bytesEach that whoever remembers them keeps for each slot; counted as this table's
    void keepUnindexed(int bytesEach);

    /// Makes entries, touched and with a zeroed fixed part, in a table that is kept unindexed.
    ///
    /// @param keys that have no entry; their hashes may be any that are in the right key group
    /// @param slots receives the slot of each key
    void insert(EncodedKeys keys, int[] slots);

    interface SlotVisitor {
        void visit(int slot);

        /// Slots and addresses that were shown so far are no longer good when this returns.
        default void takingBack() {}
    }
}
