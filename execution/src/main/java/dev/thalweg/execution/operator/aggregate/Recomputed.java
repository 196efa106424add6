package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.hash.ValueBytes;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.state.KeyedState;
import java.util.BitSet;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// A call whose answer is computed again, once a trigger, from all rows of each group that it got rows of: percentiles, the
/// mode, the first and the last row where rows may be taken back, and their like.
///
/// State: [KeptRows], and beside the group the answer (a mark and the next arrival, 16 bytes; the value in the group's tail).
/// Cost: one probe a row; the rows of each group touched.
final class Recomputed implements Accumulator {
    private static final long NOTHING = 0;
    private static final long NULL = 1;
    private static final long VALUE = 2;
    private static final int ARRIVAL = 8;

    private final KeptRows rows;
    private final GroupFunction function;
    private final DataType type;
    private final int offset;
    private final Tails tails;
    private final int part;
    private final Optional<Integer> frequency;
    private final ArgumentValues frequencies = new ArgumentValues();
    private final CallRows counted = new CallRows();
    private final BitSet touched = new BitSet();
    private final Scratch scratch;

    /// Where the answer is kept: at an offset of the group's fixed part, and in a part of its tail.
    record Place(int offset, Tails tails, int part) {}

    /// @param frequency the column that says how often a row counts
    Recomputed(KeptRows rows, GroupFunction function, DataType type, Place place, Optional<Integer> frequency,
            BufferAllocator allocator) {
        this.rows = rows;
        this.function = function;
        this.type = type;
        this.offset = place.offset();
        this.tails = place.tails();
        this.part = place.part();
        this.frequency = frequency;
        this.scratch = new Scratch(allocator);
    }

    @Override
    public int valueBytes() {
        return 16;
    }

    @Override
    public void add(CallRows input) {
        for (int i = 0; i < input.count; i++) {
            touched.set(input.slot[i]);
        }
        rows.add(frequency.isPresent() ? times(input, frequency.get()) : input, offset + ARRIVAL);
    }

    /// The same rows, each as often as a column says.
    private CallRows times(CallRows input, int column) {
        long[] often = frequencies.longs(input.vector(column), input.type(column), input.row, input.count);
        counted.begin(input.batch(), input.keys());
        counted.reserve(input.count);
        long[] weights = counted.reserveWeights(input.count);
        for (int i = 0; i < input.count; i++) {
            if (often[i] < 0) {
                throw new InvalidQuery("THW-4250",
                        "percentile() was given the frequency " + often[i] + ". Give numbers from 0 up.");
            }
            counted.row[i] = input.row[i];
            counted.value[i] = input.value[i];
            counted.slot[i] = input.slot[i];
            counted.key[i] = input.key[i];
            weights[i] = Math.multiplyExact(often[i], input.weight == null ? 1 : input.weight[i]);
        }
        counted.weight = weights;
        counted.count = input.count;
        return counted;
    }

    @Override
    public void settle(ChangedGroups changed) {
        rows.settle();
        KeyedState groups = changed.groups();
        for (int slot = touched.nextSetBit(0); slot >= 0; slot = touched.nextSetBit(slot + 1)) {
            if (!groups.isRemoved(slot)) {
                rows.walk(function.backwards(), groups.keyAddress(slot), groups.keyLength(slot), function);
                store(groups, slot, function.result());
            }
        }
        touched.clear();
    }

    private void store(KeyedState groups, int slot, @Nullable Object result) {
        groups.touch(slot);
        Memory.putLong(groups.value(slot) + offset, result == null ? NULL : VALUE);
        byte[] bytes = result == null ? new byte[0] : ValueBytes.write(result, type, false);
        long at = scratch.reserve(bytes.length);
        Memory.copy(bytes, 0, at, bytes.length);
        tails.replace(slot, part, at, bytes.length);
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        vector.allocateNew();
        for (int i = 0; i < groups.count; i++) {
            VectorValues.set(vector, i, field.type(), result(groups.value[i] + offset, groups.tail[i]));
        }
        vector.setValueCount(groups.count);
    }

    private @Nullable Object result(long at, long tail) {
        long mark = Memory.getLong(at);
        if (mark == NOTHING) {
            return function.ofNothing();
        }
        return mark == NULL ? null : ValueBytes.read(Tails.address(tail, part), Tails.length(tail, part), type);
    }

    @Override
    public void removeThrough(long micros) {
        rows.removeThrough(micros);
    }

    @Override
    public void forget(long key, int length) {
        rows.forget(key, length);
    }

    @Override
    public void close() {
        rows.close();
        scratch.close();
    }
}
