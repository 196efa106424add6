package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.FieldVector;

/// `bit_and` and `bit_or` where rows are only added, and `bit_xor`, which takes them back as it takes them in.
///
/// State: the number of values and their bits, 16 bytes.
final class BitAggregate implements Accumulator {
    /// Which bits are left.
    enum Kind {
        AND, OR, XOR
    }

    private static final int BITS = 8;

    private final int argument;
    private final int offset;
    private final Kind kind;
    private final ArgumentValues values = new ArgumentValues();

    BitAggregate(int argument, int offset, Kind kind) {
        this.argument = argument;
        this.offset = offset;
        this.kind = kind;
    }

    @Override
    public int valueBytes() {
        return 16;
    }

    @Override
    public void add(CallRows rows) {
        long[] longs = values.longs(rows.vector(argument), rows.type(argument), rows.row, rows.count);
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            long times = weight == null ? 1 : weight[i];
            take(rows.value[i] + offset, longs[i], times);
        }
    }

    private void take(long at, long bits, long times) {
        long count = Memory.getLong(at);
        long held = Memory.getLong(at + BITS);
        Memory.putLong(at, count + times);
        Memory.putLong(at + BITS, switch (kind) {
            case AND -> count == 0 ? bits : held & bits;
            case OR -> held | bits;
            case XOR -> (times & 1) == 0 ? held : held ^ bits;
        });
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int i = 0; i < rows.count; i++) {
            long from = partial[i] + offset;
            long count = Memory.getLong(from);
            if (kind == Kind.XOR) {
                long at = rows.value[i] + offset;
                Memory.putLong(at, Memory.getLong(at) + count);
                Memory.putLong(at + BITS, Memory.getLong(at + BITS) ^ Memory.getLong(from + BITS));
            } else if (count != 0) {
                take(rows.value[i] + offset, Memory.getLong(from + BITS), count);
            }
        }
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        RawVectors.allocate(vector, groups.count);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < groups.count; i++) {
            long at = groups.value[i] + offset;
            if (Memory.getLong(at) <= 0) {
                RawVectors.setNull(vector, i);
            }
            LongExtreme.write((Simple) field.type(), data, i, Memory.getLong(at + BITS));
        }
    }
}
