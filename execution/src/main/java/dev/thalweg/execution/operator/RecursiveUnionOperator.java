package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.planner.incremental.RecursiveUnion;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;

/// WITH RECURSIVE … UNION: each row once, on the lowest level on which it is found.
///
/// Rows in a circle derive each other, so that counting ways to a row does not tell when it goes. Counted by level it does: a way on
/// one level rests on rows of the level before, down to the anchor's. A row is sent round on its lowest level; when the last way on that
/// level is gone it is taken back from there, and sent on the next level that has one. Changes on a level bring changes on higher ones
/// only, so one pass over the levels settles them.
///
/// State: a table `row -> (level, deepest level)`, and a table `row, level -> ways`.
/// Changes: net, at the end of the trigger; insert-only where nothing outside the loop is taken back.
/// Cost: two probes a row that the step makes, one turn of the step a level.
/// Source: the iteration times of differential dataflow (McSherry et al., CIDR 2013), with one minimum kept for each row.
final class RecursiveUnionOperator implements Recurring {
    private static final int ROWS_MAX = 16_384;
    private static final int DEEPEST = 4;

    private final RecursiveUnion union;
    private final RowType type;
    private final RowType leveled;
    private final RowLevels levels;
    private final KeyEncoder rowEncoder;
    private final KeyEncoder wayEncoder;
    private final KeyDecoder decoder;
    private final KeyedState found;
    private final KeyedState ways;
    private final BufferAllocator allocator;
    private final TreeMap<Integer, Slots> waiting = new TreeMap<>();
    private int[] rowSlots = new int[0];
    private int[] waySlots = new int[0];

    /// Entries of both tables that changed on a level.
    private static final class Slots {
        private int[] rows = new int[16];
        private int[] ways = new int[16];
        private int count;

        void add(int row, int way) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, 2 * count);
                ways = Arrays.copyOf(ways, 2 * count);
            }
            rows[count] = row;
            ways[count++] = way;
        }
    }

    RecursiveUnionOperator(String name, RecursiveUnion union, StateTables tables, BufferAllocator allocator) {
        this.union = union;
        this.type = union.schema();
        this.allocator = allocator;
        this.levels = new RowLevels(union, allocator);
        this.leveled = union.step().schema();
        List<Integer> all = IntStream.range(0, leveled.size()).boxed().toList();
        List<Integer> columns = all.subList(0, type.size());
        this.rowEncoder = KeyEncoder.of(leveled, columns, allocator);
        this.wayEncoder = KeyEncoder.of(leveled, all, allocator).ownedBy(KeyEncoder.of(leveled, columns, allocator));
        this.decoder = new KeyDecoder(rowEncoder.layout());
        this.found = tables.open(
                new StateTable(name + ".rows", 8, false, false, type.sql(), "level INT, deepest INT"));
        this.ways = tables.open(new StateTable(name + ".ways", 8, false, false, leveled.sql(), "ways BIGINT"));
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch rows = levels.of(input, batch)) {
            int count = rows.rowCount();
            if (rowSlots.length < count) {
                rowSlots = new int[count];
                waySlots = new int[count];
            }
            found.findOrInsert(rowEncoder.encode(rows), rowSlots);
            for (int i = 0; i < count; i++) {
                found.touch(rowSlots[i]);
            }
            ways.findOrInsert(wayEncoder.encode(rows), waySlots);
            for (int i = 0; i < count; i++) {
                ways.touch(waySlots[i]);
                long address = ways.value(waySlots[i]);
                Memory.putLong(address, Memory.getLong(address) + rows.weight(i));
                int level = levels.at(rows, rows.physical(i));
                deepen(rowSlots[i], level);
                wait(level, rowSlots[i], waySlots[i]);
            }
        }
    }

    private void deepen(int row, int level) {
        long deepest = found.value(row) + DEEPEST;
        Memory.putInt(deepest, Math.max(Memory.getInt(deepest), level));
    }

    private void wait(int level, int row, int way) {
        waiting.computeIfAbsent(level, _ -> new Slots()).add(row, way);
    }

    @Override
    public OptionalInt nextLevel() {
        return waiting.isEmpty() ? OptionalInt.empty() : OptionalInt.of(waiting.firstKey());
    }

    /// The level on which a row is now, counted from 1; 0: on none.
    private static int place(long value) {
        return Memory.getInt(value);
    }

    @Override
    public List<Batch> release(int level, Downstream out) {
        Slots changed = waiting.remove(level);
        Moves moves = new Moves();
        if (changed == null) {
            return List.of();
        }
        try {
            Slots lost = new Slots();
            for (int i = 0; i < changed.count; i++) {
                settle(level, changed.rows[i], changed.ways[i], moves, lost);
            }
            findDeeper(level, lost);
            return moves.take();
        } catch (RuntimeException | Error e) {
            moves.close();
            throw e;
        }
    }

    /// Puts a row on the level, or takes it from there, by the ways there are now.
    private void settle(int level, int row, int way, Moves moves, Slots lost) {
        long value = found.value(row);
        int place = place(value);
        if (Memory.getLong(ways.value(way)) > 0) {
            if (place == 0 || place > level + 1) {
                if (level >= union.levelsMax()) {
                    throw Recurring.tooDeep(union.name(), union.levelsMax());
                }
                moves.add(row, level, 1);
                if (place > 0) {
                    moves.add(row, place - 1, -1);
                }
                Memory.putInt(value, level + 1);
            }
        } else if (place == level + 1) {
            moves.add(row, level, -1);
            Memory.putInt(value, 0);
            lost.add(row, way);
        } else if (place == 0) { // it waited here for a way that has gone as well
            lost.add(row, way);
        }
    }

    /// Lets rows that lost their level wait on the next one that has a way to them.
    private void findDeeper(int level, Slots lost) {
        int deepest = 0;
        for (int i = 0; i < lost.count; i++) {
            deepest = Math.max(deepest, Memory.getInt(found.value(lost.rows[i]) + DEEPEST));
        }
        for (int next = level + 1; next <= deepest && lost.count > 0; next++) {
            lost = findOn(next, lost);
        }
    }

    /// Those that have no way on the level.
    private Slots findOn(int level, Slots lost) {
        Picked picked = new Picked(lost.count);
        for (int i = 0; i < lost.count; i++) {
            picked.add(lost.rows[i], level, 1);
        }
        int[] slots = new int[lost.count];
        try (Batch rows = picked.batch(leveled)) {
            ways.find(wayEncoder.encode(rows), slots);
        }
        Slots still = new Slots();
        for (int i = 0; i < lost.count; i++) {
            if (slots[i] != KeyedState.ABSENT && !ways.isRemoved(slots[i])
                    && Memory.getLong(ways.value(slots[i])) > 0) {
                ways.touch(slots[i]); // so that the slot stays good
                wait(level, lost.rows[i], slots[i]);
            } else {
                still.add(lost.rows[i], lost.ways[i]);
            }
        }
        return still;
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        Picked changed = new Picked(Math.min(ROWS_MAX, found.changedCount()));
        for (int i = 0; i < found.changedCount(); i++) {
            int slot = found.changed(i);
            if (found.isRemoved(slot)) {
                continue;
            }
            boolean is = place(found.value(slot)) > 0;
            boolean was = found.before(slot) != 0 && place(found.before(slot)) > 0;
            if (is != was) {
                changed.add(slot, 0, is ? 1 : -1);
            }
            if (changed.count == ROWS_MAX) {
                out.emit(changed.batch(type));
            }
        }
        if (changed.count > 0) {
            out.emit(changed.batch(type));
        }
        removeGone();
    }

    private void removeGone() {
        for (int i = 0; i < found.changedCount(); i++) {
            int slot = found.changed(i);
            if (!found.isRemoved(slot) && place(found.value(slot)) == 0) {
                found.remove(slot);
            }
        }
        for (int i = 0; i < ways.changedCount(); i++) {
            int slot = ways.changed(i);
            if (!ways.isRemoved(slot) && Memory.getLong(ways.value(slot)) == 0) {
                ways.remove(slot);
            }
        }
    }

    /// Rows of the table on their way into a batch.
    private final class Picked {
        private final long[] at;
        private final int[] on;
        private final long[] weights;
        private int count;

        Picked(int rowsMax) {
            at = new long[rowsMax];
            on = new int[rowsMax];
            weights = new long[rowsMax];
        }

        void add(int row, int level, long weight) {
            at[count] = found.keyAddress(row);
            on[count] = level;
            weights[count++] = weight;
        }

        /// The rows, with their levels where the type has them; none are left.
        Batch batch(RowType of) {
            int rows = count;
            count = 0;
            try (NewColumns columns = new NewColumns(allocator)) {
                RowCodec.columns(decoder, type, at, rows, allocator).forEach(columns::add);
                if (of.size() > type.size()) {
                    addLevels((IntVector) columns.add(of.field(type.size())), rows);
                }
                if (IntStream.range(0, rows).anyMatch(i -> weights[i] != 1)) {
                    columns.addWeights(weights, rows);
                }
                return columns.batch(of, rows);
            }
        }

        private void addLevels(IntVector vector, int rows) {
            vector.allocateNew(rows);
            for (int i = 0; i < rows; i++) {
                vector.set(i, on[i]);
            }
            vector.setValueCount(rows);
        }
    }

    /// Rows that go round.
    private final class Moves {
        private final List<Batch> full = new ArrayList<>();
        private final Picked picked = new Picked(ROWS_MAX);

        void add(int row, int level, long weight) {
            picked.add(row, level, weight);
            if (picked.count == ROWS_MAX) {
                full.add(picked.batch(leveled));
            }
        }

        List<Batch> take() {
            if (picked.count > 0) {
                full.add(picked.batch(leveled));
            }
            return full;
        }

        void close() {
            full.forEach(Batch::close);
        }
    }

    @Override
    public void close() {
        rowEncoder.close();
        wayEncoder.close();
    }
}
