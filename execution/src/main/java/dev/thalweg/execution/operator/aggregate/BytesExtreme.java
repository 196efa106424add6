package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.OrderedBytes;
import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.state.EncodedKeys;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// `min` and `max` of what has no fixed width, by the bytes of [OrderedValues]: STRING, BINARY, arrays and structs.
///
/// State: whether there is a value, 8 bytes, and the value in the group's tail. A batch is folded first, so that each group
/// it touches writes its tail once at most.
final class BytesExtreme implements Extreme {
    private final int argument;
    private final DataType type;
    private final int offset;
    private final boolean max;
    private final Tails tails;
    private final int part;
    private final OrderedValues slices;
    private final BatchGroups batchGroups = new BatchGroups();
    private int[] best = new int[0];

    BytesExtreme(int argument, DataType type, int offset, boolean max, Tails tails, int part,
            BufferAllocator allocator) {
        this.argument = argument;
        this.type = type;
        this.offset = offset;
        this.max = max;
        this.tails = tails;
        this.part = part;
        this.slices = new OrderedValues(type, allocator);
    }

    @Override
    public int valueBytes() {
        return 8;
    }

    @Override
    public void add(CallRows rows) {
        EncodedKeys bytes = slices.encode(rows.vector(argument), rows.row, rows.count);
        fold(rows, bytes);
        for (int group = 0; group < batchGroups.count(); group++) {
            int row = best[group];
            int slot = rows.slot[row];
            long at = rows.value[row] + offset;
            long tail = tails.tail(slot);
            if (Memory.getLong(at) == 0 || isBeyond(bytes.address(row), bytes.length(row), Tails.address(tail, part),
                    Tails.length(tail, part))) {
                Memory.putLong(at, 1);
                tails.replace(slot, part, bytes.address(row), bytes.length(row));
            }
        }
    }

    private void fold(CallRows rows, EncodedKeys bytes) {
        batchGroups.begin();
        for (int i = 0; i < rows.count; i++) {
            int known = batchGroups.count();
            int group = batchGroups.number(rows.slot[i]);
            if (group == known) {
                if (group == best.length) {
                    best = Arrays.copyOf(best, Math.max(256, group * 2));
                }
                best[group] = i;
            } else if (isBeyond(bytes.address(i), bytes.length(i), bytes.address(best[group]),
                    bytes.length(best[group]))) {
                best[group] = i;
            }
        }
    }

    private boolean isBeyond(long candidate, int length, long held, int heldLength) {
        int order = OrderedValues.compare(candidate, length, held, heldLength);
        return max ? order > 0 : order < 0;
    }

    @Override
    public void store(int slot, long value, long bytes, int length) {
        Memory.putLong(value + offset, 1);
        tails.replace(slot, part, bytes, length);
    }

    @Override
    public void clear(int slot, long value) {
        Memory.putLong(value + offset, 0);
        tails.replace(slot, part, 0, 0);
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        if (type.isNested()) {
            writeNested(groups, vector);
        } else {
            writeSlices(groups, vector);
        }
    }

    private void writeNested(GroupStates groups, FieldVector vector) {
        vector.allocateNew();
        for (int i = 0; i < groups.count; i++) {
            boolean isThere = Memory.getLong(groups.value[i] + offset) != 0;
            VectorValues.set(vector, i, type, isThere
                    ? OrderedBytes.read(Tails.address(groups.tail[i], part), Tails.length(groups.tail[i], part), type)
                    : null);
        }
        vector.setValueCount(groups.count);
    }

    private void writeSlices(GroupStates groups, FieldVector vector) {
        long total = 0;
        for (int i = 0; i < groups.count; i++) {
            total += Tails.length(groups.tail[i], part);
        }
        RawVectors.allocate(vector, groups.count, total);
        long offsets = vector.getOffsetBufferAddress();
        long data = vector.getDataBufferAddress();
        int end = 0;
        for (int i = 0; i < groups.count; i++) {
            int length = Tails.length(groups.tail[i], part);
            Memory.copy(Tails.address(groups.tail[i], part), data + end, length);
            end += length;
            Memory.putInt(offsets + ((long) (i + 1) << 2), end);
            if (Memory.getLong(groups.value[i] + offset) == 0) {
                RawVectors.setNull(vector, i);
            }
        }
        RawVectors.finish(vector, groups.count);
    }

    @Override
    public void close() {
        slices.close();
    }
}
