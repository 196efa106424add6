package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;

/// What lies in memory of a table: the records, the index over their hashes and, for a table that is freed by time, the
/// index over their times.
final class ResidentEntries {
    private static final int INDEXED_ANEW_MIN = 1024;
    private static final int INDEX_BYTES = 20; // a word in an index that is two fifths full
    private static final int TIME_BYTES = 12;

    final SlotStore slots;
    final HashIndex index;
    final TimeIndex times;
    final Tails tails;
    private final ByteArena arena;
    private final String name;
    private final boolean timeFirst;
    private boolean indexed = true;
    private int unindexed;

    ResidentEntries(StateTable declaration, OffHeap memory, TriggerChanges changes) {
        name = declaration.name();
        timeFirst = declaration.timeFirst();
        arena = new ByteArena(memory);
        slots = new SlotStore(memory, arena, declaration);
        index = new HashIndex(memory);
        times = new TimeIndex(memory);
        tails = new Tails(arena, slots, changes);
    }

    int locate(int hash, long key, int keyLength) {
        int at = index.home(hash);
        for (long entry = index.entry(at); entry != 0; entry = index.entry(at)) {
            int slot = HashIndex.slotOf(entry);
            if (HashIndex.hashOf(entry) == hash && slots.hasKey(slot, key, keyLength)) {
                return slot;
            }
            at = index.next(at);
        }
        return KeyedState.ABSENT;
    }

    /// Takes an entry as it is stored; there is none of its key.
    int add(int group, long key, int keyLength, long value, int valueLength) {
        if (indexed) {
            index.reserve(1);
        }
        int slot = copyIn(group, key, keyLength, value, valueLength);
        insert(slots.hash(slot), slot);
        if (timeFirst) {
            times.add(time(slot), slot);
        }
        return slot;
    }

    /// Lets a new entry be found, as long as entries are.
    void insert(int hash, int slot) {
        if (indexed) {
            index.insert(hash, slot);
        } else {
            unindexed++;
        }
    }

    /// From now on nobody looks an entry up.
    void forgetIndex() {
        requireIndex(true);
        unindexed = index.count();
        indexed = false;
        index.clear();
    }

    void requireIndex(boolean wanted) {
        if (indexed != wanted) {
            throw new Defect("THW-9504", "An operator " + (wanted ? "looks for entries of" : "adds blindly to")
                    + " state table '" + name + "', which is kept " + (indexed ? "with" : "without")
                    + " an index. Please send this message and the query.");
        }
    }

    /// Whether it costs less to index what stays than to take out one by one what goes: a look at every record there ever was,
    /// so it takes many that go.
    ///
    /// @param staying how many entries
    boolean isIndexedAnewFor(long staying) {
        long removed = count() - staying;
        return indexed && removed > INDEXED_ANEW_MIN && removed > staying && removed > slots.limit() / 4;
    }

    /// Makes a record that no look-up finds.
    int copyIn(int group, long key, int keyLength, long value, int valueLength) {
        int slot = slots.insert(key, keyLength, (long) Memory.getInt(value) << 32 | group);
        Memory.copy(value + 4, slots.value(slot), slots.valueBytes());
        int tailLength = valueLength - 4 - slots.valueBytes();
        if (tailLength > 0) {
            try {
                tails.load(slot, value + 4 + slots.valueBytes(), tailLength);
            } catch (RuntimeException e) {
                slots.free(slot); // half an entry is none
                throw e;
            }
        }
        return slot;
    }

    void drop(int slot) {
        if (indexed) {
            index.erase(slots.hash(slot), slot);
        } else {
            unindexed--;
        }
        free(slot);
    }

    /// @param anew whether the index is made again, so that nothing need be taken out of it
    void drop(int slot, boolean anew) {
        if (anew) {
            free(slot);
        } else {
            drop(slot);
        }
    }

    /// Finds again exactly what has a record, after records have been given back beside the index.
    void indexAnew() {
        index.empty();
        for (int slot = 0; slot < slots.limit(); slot++) {
            if (!slots.isFree(slot)) {
                index.insert(slots.hash(slot), slot);
            }
        }
    }

    /// Gives a record back that no look-up finds.
    void free(int slot) {
        tails.free(slot);
        slots.free(slot);
    }

    int count() {
        return indexed ? index.count() : unindexed;
    }

    long time(int slot) {
        return timeOf(slots.keyAddress(slot));
    }

    static long timeOf(long key) {
        return Long.reverseBytes(Memory.getLong(key)) ^ Long.MIN_VALUE;
    }

    private boolean hasTime(long time, int slot) {
        return !slots.isFree(slot) && slots.change(slot) != SlotStore.SHOWN && time(slot) == time;
    }

    /// Whether the due entry is still what the index took down; the same one may come twice.
    boolean isDue(int i) {
        return hasTime(times.dueTime(i), times.dueSlot(i));
    }

    /// The same where what is due has been sorted, and only for the first of equal ones.
    boolean isDueFirst(int i) {
        return isDue(i)
                && (i == 0 || times.dueSlot(i - 1) != times.dueSlot(i) || times.dueTime(i - 1) != times.dueTime(i));
    }

    /// Adds the times anew when most of those noted are of entries that are gone.
    void tidyTimes() {
        if (times.dueCount() > 0) {
            times.retainDue(this::hasTime);
        }
        if (times.size() > 2L * count() + 1024) {
            times.clear();
            for (int slot = 0; slot < slots.limit(); slot++) {
                if (!slots.isFree(slot)) {
                    times.add(time(slot), slot);
                }
            }
        }
    }

    /// About how much memory an entry takes.
    long bytes(int slot) {
        int keyLength = slots.keyLength(slot);
        return (long) slots.stride() + INDEX_BYTES + (timeFirst ? TIME_BYTES : 0) + slots.tailCapacity(slot)
                + (slots.isLong(keyLength) ? ByteArena.capacity(keyLength) : 0);
    }

    /// Drops everything and gives the memory back.
    void clear() {
        slots.close();
        arena.close();
        index.clear();
        unindexed = 0;
        times.clear();
    }

    void close() {
        slots.close();
        arena.close();
        index.close();
        times.clear();
    }
}
