package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.state.EncodedKeys;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.jspecify.annotations.Nullable;

/// `collect_list`, `listagg`, and behind [DistinctValues] `collect_set`: the values as a [Listing] has them.
///
/// State: the values in the group's tail in the order of arrival, `length (4), bytes` each, with what they are ordered by. A
/// batch of inserts appends to each group once; a row taken back removes the latest that equals it when the trigger ends (it
/// may come before the row that it takes back), at the cost of a walk over the group's values.
final class CollectedValues implements Accumulator {
    private final List<Integer> arguments;
    private final RowType type;
    private final Listing listing;
    private final BufferAllocator allocator;
    private final Tails tails;
    private final int part;
    private final RowCodec codec;
    private final BatchGroups batchGroups = new BatchGroups();
    private int[] head = new int[0];
    private int[] tail = new int[0];
    private int[] next = new int[0];
    private final Scratch removals;
    private long removalBytes;

    /// @param type of the arguments, the value first
    /// @param codec of the arguments; taken over
    CollectedValues(List<Integer> arguments, RowType type, Listing listing, Tails tails, int part, RowCodec codec,
            BufferAllocator allocator) {
        this.arguments = arguments;
        this.type = type;
        this.listing = listing;
        this.allocator = allocator;
        this.tails = tails;
        this.part = part;
        this.codec = codec;
        this.removals = new Scratch(allocator);
    }

    @Override
    public int valueBytes() {
        return 0;
    }

    @Override
    public void add(CallRows rows) {
        try (Batch column = rows.batch().retain().project(type, arguments)) {
            EncodedKeys values = codec.encode(column, rows.row, rows.count);
            long[] weight = rows.weight;
            if (weight == null) {
                append(rows, values);
            } else {
                for (int i = 0; i < rows.count; i++) {
                    change(rows.slot[i], values.address(i), values.length(i), weight[i]);
                }
            }
        }
    }

    private void append(CallRows rows, EncodedKeys values) {
        chain(rows);
        for (int group = 0; group < batchGroups.count(); group++) {
            int added = 0;
            for (int i = head[group]; i >= 0; i = next[i]) {
                added += 4 + values.length(i);
            }
            int slot = batchGroups.slot(group);
            long to = tails.begin(slot, part, Tails.length(tails.tail(slot), part), added);
            for (int i = head[group]; i >= 0; i = next[i]) {
                to = write(to, values.address(i), values.length(i));
            }
            tails.end(slot);
        }
    }

    /// Links the rows of each group, in order.
    private void chain(CallRows rows) {
        batchGroups.begin();
        if (next.length < rows.count) {
            head = new int[rows.count];
            tail = new int[rows.count];
            next = new int[rows.count];
        }
        for (int i = 0; i < rows.count; i++) {
            int known = batchGroups.count();
            int group = batchGroups.number(rows.slot[i]);
            if (group == known) {
                head[group] = i;
            } else {
                next[tail[group]] = i;
            }
            tail[group] = i;
            next[i] = -1;
        }
    }

    private static long write(long to, long address, int length) {
        Memory.putInt(to, length);
        Memory.copy(address, to + 4, length);
        return to + 4 + length;
    }

    private void change(int slot, long address, int length, long weight) {
        for (long i = 0; i < weight; i++) {
            long to = tails.begin(slot, part, Tails.length(tails.tail(slot), part), 4 + length);
            write(to, address, length);
            tails.end(slot);
        }
        for (long i = weight; i < 0; i++) {
            long to = removals.grow(removalBytes, removalBytes + 8 + length) + removalBytes;
            Memory.putInt(to, slot);
            write(to + 4, address, length);
            removalBytes += 8 + length;
        }
    }

    @Override
    public void settle(ChangedGroups changed) {
        long at = removals.address();
        long end = at + removalBytes;
        while (at < end) {
            int length = Memory.getInt(at + 4);
            removeLast(Memory.getInt(at), at + 8, length);
            at += 8 + length;
        }
        removalBytes = 0;
    }

    private void removeLast(int slot, long address, int length) {
        long group = tails.tail(slot);
        long begin = Tails.address(group, part);
        int bytes = Tails.length(group, part);
        int latest = -1;
        for (int at = 0; at < bytes; at += 4 + Memory.getInt(begin + at)) {
            if (Memory.getInt(begin + at) == length && Memory.equal(begin + at + 4, address, length)) {
                latest = at;
            }
        }
        if (latest >= 0) {
            int rest = bytes - latest - 4 - length;
            long to = tails.begin(slot, part, latest, rest);
            Memory.copy(begin + latest + 4 + length, to, rest);
            tails.end(slot);
        }
    }

    @Override
    public void writeResult(GroupStates groups, Field output, FieldVector vector) {
        int[] sizes = new int[groups.count];
        try (Batch values = decode(groups, sizes)) {
            int[] places = listing.places(values, sizes, allocator);
            if (vector instanceof ListVector lists) {
                Gather.lists(values.vector(0), lists, type.type(0), places, sizes);
            } else {
                joined(values, places, sizes, vector, output);
            }
        }
    }

    private void joined(Batch values, int[] places, int[] sizes, FieldVector vector, Field output) {
        List<@Nullable Object> answers = listing.joined(values, places, sizes);
        vector.allocateNew();
        for (int i = 0; i < sizes.length; i++) {
            VectorValues.set(vector, i, output.type(), answers.get(i));
        }
        vector.setValueCount(sizes.length);
    }

    private Batch decode(GroupStates groups, int[] sizes) {
        long[] at = new long[256];
        int count = 0;
        for (int i = 0; i < groups.count; i++) {
            long address = Tails.address(groups.tail[i], part);
            long end = address + Tails.length(groups.tail[i], part);
            for (; address < end; address += 4 + Memory.getInt(address)) {
                if (count == at.length) {
                    at = Arrays.copyOf(at, count * 2);
                }
                at[count++] = address + 4;
                sizes[i]++;
            }
        }
        return codec.decode(at, count);
    }

    @Override
    public void close() {
        removals.close();
        codec.close();
    }
}
