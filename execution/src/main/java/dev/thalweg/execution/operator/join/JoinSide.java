package dev.thalweg.execution.operator.join;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.KeyedRows;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.UsedKeys;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.Murmur3;
import dev.thalweg.state.StateTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// What a join keeps of one of its inputs: each different row, how often it is there, and with how many rows of the other
/// side it matches. Of an input that takes nothing back each row may be kept by itself, and none is ever looked for; or each different
/// one once, however often it comes: [Keeps].
///
/// State: a table `[time] key row [number] -> weight [matches]`; in memory its rows are chained by key. A row without a key, or without
/// the time that bounds the join, matches nothing: it is kept only where rows without a match are given out. Rows that have a time
/// to live are forgotten when it is over, whatever they met: [UsedKeys].
final class JoinSide implements AutoCloseable {
    private static final int MATCHES = 8;

    final KeyedRows codec;
    final Lateness lateness;
    /// What rows without a match are to the join's result.
    final Shown shown;
    private final int[] needed;
    private final KeyedState rows;
    private final SlotChains chains = new SlotChains();
    private final boolean freed;
    private final long keep;
    private final Optional<UsedKeys> used;
    private final Keeps keeps;
    private final boolean keepsNone;
    private final BatchRows batchRows = new BatchRows();
    private int[] forgotten = new int[0];
    private int forgottenCount;
    private int[] slots = new int[0];
    private boolean[] lacking = new boolean[0];
    /// Of the rows that were entered last.
    private boolean[] isNew = new boolean[0];

    /// What a side gives of its rows alone.
    enum Shown {
        /// Nothing: only pairs count.
        NOTHING,
        /// Those that match no row, with NULLs beside them or by themselves.
        UNMATCHED,
        /// Those that match some row.
        MATCHED
    }

    /// How a side is kept.
    ///
    /// @param name of its table
    /// @param needed the columns without which a row matches nothing: its key, and the time that bounds the join
    /// @param keep microseconds after its time when a row is final
    /// @param keeps what is kept of equal rows
    /// @param keepsNone whether nothing ever comes of a row
    record Declaration(String name, List<Integer> keyColumns, Set<Integer> needed, long keep, Shown shown,
            Keeps keeps, boolean keepsNone) {
        private StateTable table(KeyedRows codec) {
            boolean counts = keeps == Keeps.COUNTED || shown != Shown.NOTHING;
            return new StateTable(name, counts ? 2 * Long.BYTES : Long.BYTES, false, codec.lead() > 0,
                    codec.row().select(keyColumns).sql() + " of " + codec.row().sql() + switch (keeps) {
                        case COUNTED -> "";
                        case EACH_APART -> ", numbered";
                        case EACH_ONCE -> ", each once";
                    },
                    counts ? "weight BIGINT, matches BIGINT" : "weight BIGINT");
        }
    }

    /// Where it is kept.
    ///
    /// @param used where the rows have a time to live; taken over
    record Place(StateTables tables, Optional<UsedKeys> used) {
        private StateTables keys() {
            return used.isPresent() ? used.get() : tables;
        }
    }

    /// @param codec of its rows; taken over
    JoinSide(Declaration declaration, KeyedRows codec, Lateness lateness, Place place) {
        this.codec = codec;
        this.used = place.used();
        this.lateness = lateness;
        this.shown = declaration.shown();
        this.needed = declaration.needed().stream().mapToInt(Integer::intValue).toArray();
        this.keep = declaration.keep();
        this.freed = codec.lead() > 0;
        this.keeps = declaration.keeps();
        this.keepsNone = declaration.keepsNone();
        this.rows = place.keys().openKeys(declaration.table(codec));
        if (keeps == Keeps.EACH_APART) {
            rows.keepUnindexed(SlotChains.SLOT_BYTES);
        } else {
            rows.keepResident(SlotChains.SLOT_BYTES);
        }
        rows.forEach(this::link);
    }

    private void link(int slot) {
        long address = rows.keyAddress(slot);
        if (keeps == Keeps.EACH_APART) {
            codec.skipNumberOf(address, rows.keyLength(slot));
        }
        chains.add(slot, Murmur3.hash(address + codec.lead(), codec.keyLength(address)));
    }

    /// Leaves out what would be kept for nothing: rows that match none, where nothing is shown of those.
    ///
    /// @param batch taken over
    Batch worthKeeping(Batch batch) {
        if (keepsNone) {
            return batch.select(new int[0], 0);
        }
        return keeps == Keeps.EACH_ONCE ? complete(batch.once()) : complete(batch);
    }

    private Batch complete(Batch batch) {
        if (shown == Shown.UNMATCHED || !mayLack(batch)) {
            return batch;
        }
        boolean[] lacks = lacking(batch, batchRows.of(batch));
        int[] kept = new int[batch.rowCount()];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            if (!lacks[i]) {
                kept[count++] = batch.physical(i);
            }
        }
        return count == kept.length ? batch : batch.select(kept, count);
    }

    private boolean mayLack(Batch batch) {
        for (int column : needed) {
            if (batch.column(column).hasNulls()) {
                return true;
            }
        }
        return false;
    }

    /// Marks the rows that match nothing, because a NULL equals nothing and lies in no band.
    boolean[] lacking(Batch batch, int[] physical) {
        int count = batch.rowCount();
        if (lacking.length < count) {
            lacking = new boolean[count];
        }
        Arrays.fill(lacking, 0, count, false);
        for (int each : needed) {
            Column column = batch.column(each);
            if (column.hasNulls()) {
                FieldVector vector = batch.vector(each);
                for (int i = 0; i < count; i++) {
                    lacking[i] |= vector.isNull(physical[i]);
                }
            }
        }
        return lacking;
    }

    /// The first kept row that may have the key, or [SlotChains#NONE].
    int first(long hash) {
        return chains.first(hash);
    }

    int next(int slot) {
        return chains.next(slot);
    }

    boolean hasKey(int slot, long key, int length) {
        long stored = rows.keyAddress(slot) + codec.lead();
        return rows.keyLength(slot) - codec.lead() >= length && Memory.equal(stored, key, length);
    }

    long weight(int slot) {
        return Memory.getLong(rows.value(slot));
    }

    long address(int slot) {
        return rows.keyAddress(slot);
    }

    void addMatches(int slot, long matches) {
        rows.touch(slot);
        long at = rows.value(slot) + MATCHES;
        Memory.putLong(at, Memory.getLong(at) + matches);
    }

    /// Where equal rows are one, enters those that are not there; [#add] is to follow.
    ///
    /// @param known set for those that are, and for the second of two in the batch
    void enter(EncodedKeys encoded, boolean[] known) {
        if (keeps != Keeps.EACH_ONCE) {
            return;
        }
        int count = encoded.count();
        reserve(count);
        rows.findOrInsert(encoded, slots);
        for (int i = 0; i < count; i++) {
            long at = rows.value(slots[i]);
            isNew[i] = Memory.getLong(at) == 0;
            if (isNew[i]) {
                Memory.putLong(at, 1);
            } else {
                known[i] = true;
            }
        }
    }

    private void reserve(int count) {
        if (slots.length < count) {
            slots = new int[count];
            isNew = new boolean[count];
        }
    }

    /// Takes the rows of a batch in.
    ///
    /// @param matches of each row, for those that were not there
    void add(Batch batch, EncodedKeys encoded, long[] matches) {
        reserve(encoded.count());
        switch (keeps) {
            case COUNTED -> count(batch, encoded, matches);
            case EACH_APART -> append(batch, encoded, matches);
            case EACH_ONCE -> {
                for (int i = 0; i < encoded.count(); i++) {
                    if (isNew[i]) {
                        begin(i, matches);
                    }
                }
            }
        }
    }

    private void count(Batch batch, EncodedKeys encoded, long[] matches) {
        rows.findOrInsert(encoded, slots);
        for (int i = 0; i < encoded.count(); i++) {
            int slot = slots[i];
            long at = rows.value(slot);
            rows.touch(slot);
            if (!chains.contains(slot)) {
                chains.add(slot, codec.keys().hash(i));
            }
            if (Memory.getLong(at) == 0) { // while it was not there, nobody counted its matches
                Memory.putLong(at + MATCHES, matches[i]);
            }
            Memory.putLong(at, Memory.getLong(at) + batch.weight(i));
        }
    }

    private void append(Batch batch, EncodedKeys encoded, long[] matches) {
        rows.insert(encoded, slots);
        for (int i = 0; i < encoded.count(); i++) {
            Memory.putLong(rows.value(slots[i]), batch.weight(i));
            begin(i, matches);
        }
    }

    /// A row of the batch is an entry from now on.
    private void begin(int row, long[] matches) {
        int slot = slots[row];
        chains.add(slot, codec.keys().hash(row));
        if (shown != Shown.NOTHING) {
            Memory.putLong(rows.value(slot) + MATCHES, matches[row]);
        }
    }

    interface Shows {
        /// Sees one row.
        ///
        /// @param weight how often the row is shown more than before
        void row(long address, long weight);
    }

    /// Tells how what the side shows of its rows has changed in this trigger.
    void changes(Shows shows) {
        if (shown == Shown.NOTHING) {
            return;
        }
        for (int i = 0; i < rows.changedCount(); i++) {
            int slot = rows.changed(i);
            long before = rows.before(slot);
            long was = before == 0 ? 0 : shownWeight(before);
            long is = rows.isRemoved(slot) ? 0 : shownWeight(rows.value(slot));
            if (was != is) {
                shows.row(rows.keyAddress(slot), is - was);
            }
        }
    }

    private long shownWeight(long value) {
        boolean matched = Memory.getLong(value + MATCHES) != 0;
        return matched == (shown == Shown.MATCHED) ? Memory.getLong(value) : 0;
    }

    /// Lets go of rows that were taken back.
    void removeGone() {
        if (keeps != Keeps.COUNTED) {
            return;
        }
        for (int i = 0; i < rows.changedCount(); i++) {
            int slot = rows.changed(i);
            if (!rows.isRemoved(slot) && Memory.getLong(rows.value(slot)) == 0) {
                chains.remove(slot);
                rows.remove(slot);
            }
        }
    }

    /// Forgets the rows that nothing can match any more.
    ///
    /// @param micros W'
    /// @param last told what is shown of each of them
    void free(long micros, Shows last) {
        if (!freed || micros == Long.MIN_VALUE) {
            return;
        }
        long through = micros == Long.MAX_VALUE ? Long.MAX_VALUE : micros - keep;
        rows.forEachThrough(through, slot -> {
            long weight = shown == Shown.NOTHING ? 0 : shownWeight(rows.value(slot));
            if (weight != 0) {
                last.row(rows.keyAddress(slot), weight);
            }
            chains.remove(slot);
        });
        rows.removeThrough(through);
    }

    // ---- rows whose time to live is over

    /// Finds them. Other rows may come and go until they are looked at, but not these.
    ///
    /// @return how many there are
    int findForgotten() {
        forgottenCount = 0;
        used.ifPresent(keys -> keys.forget(slot -> {
            if (forgottenCount == forgotten.length) {
                forgotten = Arrays.copyOf(forgotten, Math.max(1024, forgottenCount * 2));
            }
            forgotten[forgottenCount++] = slot;
        }));
        return forgottenCount;
    }

    /// Some of them, each as often as it is there, to be taken back.
    ///
    /// @return a batch that the caller closes
    Batch forgotten(int from, int count, BufferAllocator allocator) {
        long[] at = new long[count];
        long[] weights = new long[count];
        for (int i = 0; i < count; i++) {
            at[i] = address(forgotten[from + i]);
            weights[i] = -weight(forgotten[from + i]);
        }
        try (NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < codec.row().size(); i++) {
                columns.add(codec.column(i, codec.row().field(i), at, count, allocator));
            }
            columns.addWeights(weights, count);
            return columns.batch(codec.row(), count);
        }
    }

    /// Lets go of them, and leaves standing what was given of them.
    void removeForgotten() {
        for (int i = 0; i < forgottenCount; i++) {
            chains.remove(forgotten[i]);
            rows.remove(forgotten[i]);
        }
    }

    /// At which clock a row may have to go.
    long dueMicros() {
        return used.map(UsedKeys::dueMicros).orElse(Long.MAX_VALUE);
    }

    @Override
    public void close() {
        used.ifPresent(UsedKeys::close);
        codec.close();
    }
}
