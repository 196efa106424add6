package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.operator.Concatenation;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.Frame.Side;
import dev.thalweg.planner.incremental.OverCall;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.Murmur3;
import dev.thalweg.state.overlay.ResidentTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// An aggregate over the frame of each row, by the accumulators that keep groups up to date.
///
/// State: none. Cost: where rows can be taken back, one addition and one removal a row, however wide the frames are: a frame is
/// the one before it, with what came in and without what went out. Collections are made anew for each different frame.
public final class FrameAggregate {
    private static final Set<String> ROLLING = Set.of("count", "sum", "avg", "bool_and", "bool_or", "stddev_samp",
            "stddev_pop", "var_samp", "var_pop");
    private static final int FRAMES_MAX = 4_096;
    private static final int ROWS_MAX = 65_536;

    private final AggregateCall call;
    private final AggregateDeclaration spec;
    private final boolean rolls;
    private final RowType output;
    private final BufferAllocator allocator;
    private final BatchRows batchRows = new BatchRows();
    private final CallRows rows = new CallRows();
    private final GroupStates states = new GroupStates();

    /// @param input the rows; the call's arguments are columns of it
    public FrameAggregate(OverCall over, RowType input, Field field, BufferAllocator allocator) {
        this.call = new AggregateCall(over.function(), over.arguments(), false, Optional.empty(), over.ignoreNulls(),
                over.type(), over.nullable(), List.of(), List.of(), over.user());
        this.rolls = ROLLING.contains(over.function());
        boolean takesBack = rolls && over.frame().start().side() != Side.UNBOUNDED_PRECEDING;
        this.output = RowType.of(field);
        this.spec = new AggregateDeclaration("over", input, List.of(), List.of(call), output,
                takesBack ? Changes.RETRACT : Changes.INSERT_ONLY, OptionalInt.empty(), false, false);
        this.allocator = allocator;
    }

    /// One result a position.
    ///
    /// @param row of `batch` at each position
    /// @param from where the frame of a position begins; within a partition neither this nor `to` falls
    /// @param to where it ends, exclusively
    public FieldVector of(Batch batch, int[] row, int[] from, int[] to, int count) {
        int[] frame = new int[count];
        List<Batch> blocks = new ArrayList<>();
        try {
            if (rolls) {
                new Rolling(batch, row, blocks).run(from, to, frame, count);
            } else {
                eachFrame(batch, row, from, to, frame, count, blocks);
            }
            try (Batch all = Concatenation.of(output, blocks, allocator)) {
                return Gather.rows(all.vector(0), output.field(0), frame, count, allocator);
            }
        } finally {
            blocks.forEach(Batch::close);
        }
    }

    private Batch results(Accumulator accumulator) {
        FieldVector vector = dev.thalweg.spi.data.ArrowTypes.newVector(output.field(0), allocator);
        try {
            accumulator.writeResult(states, output.field(0), vector);
        } catch (RuntimeException e) {
            vector.close(); // the result may not fit its type
            throw e;
        }
        return Batch.of(output, List.of(vector), states.count);
    }

    /// The state of one frame that moves on, copied for each different frame.
    private final class Rolling {
        private final Batch batch;
        private final int[] row;
        private final List<Batch> blocks;
        private final Accumulator accumulator;
        private final int bytes;
        private long state;
        private long copies;
        private int frames;

        Rolling(Batch batch, int[] row, List<Batch> blocks) {
            this.batch = batch;
            this.row = row;
            this.blocks = blocks;
            AccumulatorChoice choice = new AccumulatorChoice(spec, table -> {
                throw new Defect("THW-9421", "A rolling aggregate asked for the table " + table.name() + ".");
            }, allocator);
            this.accumulator = choice.accumulators().getFirst();
            this.bytes = choice.groups().valueBytes();
        }

        void run(int[] from, int[] to, int[] frame, int count) {
            try (Scratch scratch = new Scratch(allocator)) {
                state = scratch.reserve((long) bytes * (FRAMES_MAX + 1));
                copies = state + bytes;
                boolean[] counts = countingRows(count);
                int begin = -1;
                int end = -1;
                for (int i = 0; i < count; i++) {
                    if (from[i] != begin || to[i] != end || begin < 0) {
                        move(begin, end, from[i], Math.max(from[i], to[i]), counts);
                        begin = from[i];
                        end = to[i];
                        keep();
                    }
                    frame[i] = frames - 1;
                }
                flush();
            } finally {
                accumulator.close();
            }
        }

        private boolean[] countingRows(int count) {
            boolean[] counts = new boolean[count];
            for (int i = 0; i < count; i++) {
                counts[i] = true;
                for (int argument : call.arguments()) {
                    counts[i] &= spec.input().type(argument) != Simple.VOID && !batch.vector(argument).isNull(row[i]);
                }
            }
            return counts;
        }

        /// Where the next frame does not begin among the rows of this one, it is begun anew.
        private void move(int begin, int end, int from, int to, boolean[] counts) {
            boolean goesOn = begin >= 0 && from >= begin && from < end && to >= end;
            if (!goesOn) {
                for (int i = 0; i < bytes; i += 8) {
                    Memory.putLong(state + i, 0);
                }
                add(from, to, 1, counts);
            } else {
                add(begin, from, -1, counts);
                add(end, to, 1, counts);
            }
        }

        private void add(int from, int to, long weight, boolean[] counts) {
            rows.begin(batch, rows.keys());
            rows.reserve(to - from);
            if (rows.row.length < to - from) {
                rows.row = new int[to - from];
            }
            int count = 0;
            for (int i = from; i < to; i++) {
                if (counts[i]) {
                    rows.row[count] = row[i];
                    rows.value[count++] = state;
                }
            }
            if (count == 0) {
                return;
            }
            rows.count = count;
            rows.weight = null;
            if (weight < 0) {
                long[] weights = rows.reserveWeights(count);
                java.util.Arrays.fill(weights, 0, count, weight);
                rows.weight = weights;
            }
            CountAccumulator.addWeights(rows, AggregateOperator.WEIGHT_OFFSET);
            accumulator.add(rows);
        }

        private void keep() {
            long to = copies + (long) states.count * bytes;
            Memory.copy(state, to, bytes);
            states.add(0, to, 0);
            frames++;
            if (states.count == FRAMES_MAX) {
                flush();
            }
        }

        private void flush() {
            if (states.count > 0) {
                blocks.add(results(accumulator));
                states.clear();
            }
        }
    }

    /// Each different frame as a group of its own.
    private void eachFrame(Batch batch, int[] row, int[] from, int[] to, int[] frame, int count, List<Batch> blocks) {
        int frames = 0;
        int position = 0;
        while (position < count) {
            int first = position;
            int used = 0;
            List<int[]> block = new ArrayList<>();
            while (position < count && (block.isEmpty() || used < ROWS_MAX)) {
                boolean same = position > first && from[position] == from[position - 1]
                        && to[position] == to[position - 1];
                if (!same) {
                    block.add(new int[] {from[position], Math.max(from[position], to[position])});
                    used += Math.max(0, to[position] - from[position]);
                    frames++;
                }
                frame[position++] = frames - 1;
            }
            blocks.add(collected(batch, row, block, used));
        }
    }

    private Batch collected(Batch batch, int[] row, List<int[]> frames, int used) {
        List<ResidentTable> tables = new ArrayList<>();
        StateTables transients = table -> {
            ResidentTable made = new ResidentTable(table, MemoryCharge.UNLIMITED);
            tables.add(made);
            return made;
        };
        AccumulatorChoice choice = new AccumulatorChoice(spec, transients, allocator);
        Accumulator accumulator = choice.accumulators().getFirst();
        try (Scratch scratch = new Scratch(allocator)) {
            KeyedState groups = transients.open(choice.groups());
            choice.tails().attach(groups);
            int[] slots = new int[frames.size()];
            EncodedKeys numbers = numbers(frames.size(), scratch);
            groups.findOrInsert(numbers, slots);
            fill(batch, row, frames, used, numbers, groups);
            new CallRows().addEach(rows, List.of(call), List.of(accumulator));
            accumulator.settle(new ChangedGroups(groups));
            states.clear();
            for (int slot : slots) {
                states.add(groups.keyAddress(slot), groups.value(slot), groups.tail(slot));
            }
            return results(accumulator);
        } finally {
            states.clear();
            choice.tails().close();
            accumulator.close();
            tables.forEach(ResidentTable::close);
        }
    }

    private static EncodedKeys numbers(int count, Scratch scratch) {
        EncodedKeys keys = new EncodedKeys(count);
        keys.reset(count);
        long at = scratch.reserve(count * 8L);
        for (int i = 0; i < count; i++) {
            Memory.putLong(at + i * 8L, i);
            keys.set(i, at + i * 8L, 8, Murmur3.hash(at + i * 8L, 8));
        }
        return keys;
    }

    private void fill(Batch batch, int[] row, List<int[]> frames, int used, EncodedKeys numbers, KeyedState groups) {
        EncodedKeys keys = new EncodedKeys(used);
        keys.reset(used);
        int[] chosen = new int[used];
        int count = 0;
        for (int frame = 0; frame < frames.size(); frame++) {
            for (int i = frames.get(frame)[0]; i < frames.get(frame)[1]; i++) {
                keys.set(count, numbers.address(frame), 8, numbers.hash(frame));
                chosen[count++] = row[i];
            }
        }
        rows.begin(batch, keys);
        rows.reserve(count);
        groups.findOrInsert(keys, rows.slot);
        for (int i = 0; i < count; i++) {
            rows.value[i] = groups.value(rows.slot[i]);
        }
        rows.row = chosen;
        rows.key = batchRows.identity(count);
        rows.count = count;
        rows.weight = null;
    }
}
