package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.VectorValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// A call of a sketch, or of a program's aggregate, where rows are only added: the sketch is the state.
///
/// State: whether there is a sketch, 8 bytes, and the sketch in the group's tail. Within a trigger the sketches of the groups
/// it touches are objects, up to [#SKETCHES_MAX]. Cost: an object a row.
final class SketchedValues implements Accumulator {
    private static final int SKETCHES_MAX = 1024;

    private final Folding kind;
    private final List<Integer> arguments;
    private final int offset;
    private final Tails tails;
    private final int part;
    private final BatchGroups open = new BatchGroups();
    private final List<Sketch> sketches = new ArrayList<>();
    private final Scratch scratch;

    SketchedValues(Folding kind, List<Integer> arguments, int offset, Tails tails, int part,
            BufferAllocator allocator) {
        this.kind = kind;
        this.arguments = List.copyOf(arguments);
        this.offset = offset;
        this.tails = tails;
        this.part = part;
        this.scratch = new Scratch(allocator);
        open.begin();
    }

    @Override
    public int valueBytes() {
        return 8;
    }

    @Override
    public void add(CallRows rows) {
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            Object value = kind.takesRows()
                    ? row(rows, i)
                    : Objects.requireNonNull(value(rows, i, arguments.getFirst()));
            sketch(rows.slot[i], rows.value[i] + offset).add(value, weight == null ? 1 : weight[i]);
        }
        if (sketches.size() > SKETCHES_MAX) {
            store();
        }
    }

    private static @Nullable Object value(CallRows rows, int i, int argument) {
        return VectorValues.get(rows.vector(argument), rows.row[i], rows.type(argument));
    }

    private @Nullable Object[] row(CallRows rows, int i) {
        @Nullable
        Object[] row = new Object[arguments.size()];
        for (int k = 0; k < row.length; k++) {
            row[k] = value(rows, i, arguments.get(k));
        }
        return row;
    }

    private Sketch sketch(int slot, long at) {
        int number = open.number(slot);
        if (number == sketches.size()) {
            sketches.add(Memory.getLong(at) == 0 ? kind.empty() : kind.of(bytes(tails.tail(slot))));
            Memory.putLong(at, 1);
        }
        return sketches.get(number);
    }

    private byte[] bytes(long tail) {
        byte[] bytes = new byte[Tails.length(tail, part)];
        Memory.copy(Tails.address(tail, part), bytes, 0, bytes.length);
        return bytes;
    }

    private void store() {
        for (int i = 0; i < sketches.size(); i++) {
            byte[] bytes = sketches.get(i).bytes();
            long at = scratch.reserve(bytes.length);
            Memory.copy(bytes, 0, at, bytes.length);
            tails.replace(open.slot(i), part, at, bytes.length);
        }
        sketches.clear();
        open.begin();
    }

    @Override
    public void settle(ChangedGroups changed) {
        store();
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        vector.allocateNew();
        for (int i = 0; i < groups.count; i++) {
            boolean isThere = Memory.getLong(groups.value[i] + offset) != 0;
            @Nullable
            Object result = (isThere ? kind.of(bytes(groups.tail[i])) : kind.empty()).result();
            VectorValues.set(vector, i, field.type(), result);
        }
        vector.setValueCount(groups.count);
    }

    @Override
    public void close() {
        scratch.close();
    }
}
