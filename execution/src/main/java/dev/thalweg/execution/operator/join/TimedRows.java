package dev.thalweg.execution.operator.join;

import dev.thalweg.execution.hash.KeyedRows;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.aggregate.KeyTree;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import java.util.List;
import java.util.Optional;

/// What an as-of join keeps of one of its inputs: each different row and how often it is there.
///
/// State: a table `time, key, row -> weight`. In memory a tree orders the rows of each key by time, and rows at one time by
/// their bytes; a second one, where some rows outlive the watermark, orders all of them by time.
/// Cost: one probe a row, and a walk down the tree for a new one.
final class TimedRows implements AutoCloseable {
    static final int NONE = -1;

    /// The value of an entry: its weight, and the length of its key.
    private static final int KEY_LENGTH = 8;
    private static final int VALUE_BYTES = 16;
    /// Bytes of the time, which leads.
    private static final int LEAD = Long.BYTES;

    final KeyedRows codec;
    final Lateness lateness;
    private final KeyedState rows;
    private final KeyTree byKey;
    private final Optional<KeyTree> byTime;
    private final Times times = new Times();
    private int[] slots = new int[0];

    /// How a side is kept.
    ///
    /// @param name of its table
    /// @param freeing when rows go
    record Declaration(String name, List<Integer> keys, int time, Freeing freeing) {}

    /// When rows go.
    enum Freeing {
        /// Only when they are taken back.
        NEVER,
        /// When the watermark passes their time.
        BY_TIME,
        /// One by one, when the watermark has passed them and another row.
        ONE_BY_ONE
    }

    /// @param codec of its rows, whose time leads; taken over
    TimedRows(Declaration declaration, KeyedRows codec, Lateness lateness, StateTables tables) {
        this.codec = codec;
        this.lateness = lateness;
        boolean outlives = declaration.freeing() == Freeing.ONE_BY_ONE;
        this.rows = tables.open(new StateTable(declaration.name(), VALUE_BYTES, false,
                declaration.freeing() == Freeing.BY_TIME, codec.row().select(declaration.keys()).sql() + " by "
                        + codec.row().field(declaration.time()).name() + " of " + codec.row().sql(),
                "weight BIGINT"));
        rows.keepResident(KeyTree.SLOT_BYTES * (outlives ? 2 : 1) + Integer.BYTES);
        this.byKey = new KeyTree(rows, this::compare);
        this.byTime = outlives ? Optional.of(new KeyTree(rows)) : Optional.empty();
    }

    private int compare(int one, int other) {
        long key = rows.keyAddress(one) + LEAD;
        int length = keyLength(one);
        int order = compareKey(other, key, length);
        if (order != 0) {
            return -order;
        }
        order = Long.compare(time(one), time(other));
        return order != 0
                ? order
                : KeyTree.compareBytes(key + length, rows.keyLength(one) - LEAD - length,
                        rows.keyAddress(other) + LEAD + length, rows.keyLength(other) - LEAD - length);
    }

    /// How the key of a row compares to another: no key begins with another one.
    private int compareKey(int slot, long key, int length) {
        return KeyTree.compareBytes(rows.keyAddress(slot) + LEAD, Math.min(length, rows.keyLength(slot) - LEAD), key,
                length);
    }

    /// Takes the rows of a batch in, which the caller closes.
    void add(Batch batch) {
        int count = batch.rowCount();
        if (slots.length < count) {
            slots = new int[count];
        }
        EncodedKeys encoded = codec.encode(batch);
        rows.findOrInsert(encoded, slots);
        for (int i = 0; i < count; i++) {
            int slot = slots[i];
            rows.touch(slot);
            long at = rows.value(slot);
            Memory.putLong(at, Memory.getLong(at) + batch.weight(i));
            Memory.putInt(at + KEY_LENGTH, codec.keys().length(i));
            if (!byKey.contains(slot)) {
                byKey.insert(slot);
                byTime.ifPresent(tree -> tree.insert(slot));
            }
        }
    }

    // ---- one row

    long address(int slot) {
        return rows.keyAddress(slot);
    }

    private int keyLength(int slot) {
        return Memory.getInt(rows.value(slot) + KEY_LENGTH);
    }

    long time(int slot) {
        return Long.reverseBytes(Memory.getLong(rows.keyAddress(slot))) ^ Long.MIN_VALUE;
    }

    long weight(int slot) {
        return Memory.getLong(rows.value(slot));
    }

    /// How often the row was there when the trigger began.
    long before(int slot) {
        long before = rows.before(slot);
        return before == 0 ? 0 : Memory.getLong(before);
    }

    // ---- many rows

    void forEach(KeyedState.SlotVisitor visitor) {
        rows.forEach(visitor);
    }

    int changedCount() {
        return rows.changedCount();
    }

    int changed(int index) {
        return rows.changed(index);
    }

    /// Calls for the rows that have the key of a row of `other` and a time from here to there.
    void walk(TimedRows other, int row, Between between, KeyTree.Visitor visitor) {
        byKey.walk(times.of(other, row, between), visitor);
    }

    /// Times, both ends included.
    record Between(long from, long to) {}

    /// The last row with the key of a row of `other` up to a time, or [#NONE].
    int last(TimedRows other, int row, long to) {
        int found = byKey.lastThrough(times.of(other, row, new Between(Long.MIN_VALUE, to)));
        return found != NONE && times.compare(found) == 0 ? found : NONE;
    }

    /// The first row with the key of a row of `other` from a time on, or [#NONE].
    int first(TimedRows other, int row, long from) {
        int found = byKey.firstFrom(times.of(other, row, new Between(from, Long.MAX_VALUE)));
        return found != NONE && times.compare(found) == 0 ? found : NONE;
    }

    /// The row of the same key right before a row or right after it, among those there are now or were when the trigger began;
    /// or [#NONE].
    int neighbour(int slot, boolean after, boolean atBegin) {
        int at = slot;
        do {
            int from = at;
            at = after
                    ? byKey.firstFrom(other -> other == from ? -1 : compare(other, from))
                    : byKey.lastThrough(other -> other == from ? 1 : compare(other, from));
        } while (at != NONE && hasKeyOf(at, slot) && (atBegin ? before(at) : weight(at)) <= 0);
        return at != NONE && hasKeyOf(at, slot) ? at : NONE;
    }

    private boolean hasKeyOf(int slot, int other) {
        return compareKey(slot, rows.keyAddress(other) + LEAD, keyLength(other)) == 0;
    }

    /// The rows of one key in a stretch of time. One at a time.
    private final class Times implements KeyTree.Stretch {
        private long key;
        private int length;
        private Between between = new Between(0, 0);

        Times of(TimedRows other, int row, Between wanted) {
            key = other.address(row) + LEAD;
            length = other.keyLength(row);
            between = wanted;
            return this;
        }

        @Override
        public int compare(int slot) {
            int order = compareKey(slot, key, length);
            if (order != 0) {
                return order;
            }
            long time = time(slot);
            return time < between.from() ? -1 : time > between.to() ? 1 : 0;
        }
    }

    // ---- what goes

    /// Lets go of rows that were taken back.
    void removeGone() {
        for (int i = 0; i < rows.changedCount(); i++) {
            int slot = rows.changed(i);
            if (!rows.isRemoved(slot) && weight(slot) == 0) {
                remove(slot);
            }
        }
    }

    /// Forgets a row. What lies there may be read until the trigger ends.
    void remove(int slot) {
        byKey.remove(slot);
        byTime.ifPresent(tree -> tree.remove(slot));
        rows.remove(slot);
    }

    /// Calls for the rows up to a time, in order of time, where they are freed by it.
    void forEachThrough(long micros, KeyedState.SlotVisitor visitor) {
        rows.forEachThrough(micros, visitor);
    }

    /// Forgets the rows up to a time.
    void removeThrough(long micros) {
        rows.forEachThrough(micros, byKey::remove);
        rows.removeThrough(micros);
    }

    /// Calls for the rows behind one time up to another, in order of time, where rows outlive the watermark.
    void walkTime(long after, long through, KeyTree.Visitor visitor) {
        byTime.orElseThrow().walk(slot -> time(slot) <= after ? -1 : time(slot) > through ? 1 : 0, visitor);
    }

    @Override
    public void close() {
        codec.close();
    }
}
