package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.FieldVector;

/// `bit_and` and `bit_or` where rows may be taken back: how many values there are, and how many have each bit set.
///
/// State: 65 counts, 520 bytes. Cost: by bit that is set.
final class BitCounts implements Accumulator {
    private final int argument;
    private final int offset;
    private final boolean all;
    private final ArgumentValues values = new ArgumentValues();

    /// @param all whether every value must have a bit; else one suffices
    BitCounts(int argument, int offset, boolean all) {
        this.argument = argument;
        this.offset = offset;
        this.all = all;
    }

    @Override
    public int valueBytes() {
        return 8 + 8 * Long.SIZE;
    }

    @Override
    public void add(CallRows rows) {
        long[] longs = values.longs(rows.vector(argument), rows.type(argument), rows.row, rows.count);
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            count(rows.value[i] + offset, longs[i], weight == null ? 1 : weight[i]);
        }
    }

    private static void count(long at, long bits, long times) {
        Memory.putLong(at, Memory.getLong(at) + times);
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            long of = at + 8 + 8L * Long.numberOfTrailingZeros(rest);
            Memory.putLong(of, Memory.getLong(of) + times);
        }
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int at = 0; at < valueBytes(); at += 8) {
            CountAccumulator.mergeLongs(rows, partial, offset + at);
        }
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        RawVectors.allocate(vector, groups.count);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < groups.count; i++) {
            long at = groups.value[i] + offset;
            long count = Memory.getLong(at);
            if (count <= 0) {
                RawVectors.setNull(vector, i);
            }
            LongExtreme.write((Simple) field.type(), data, i, bits(at, all ? count : 1));
        }
    }

    /// @param least a bit is set where so many values have it
    private static long bits(long at, long least) {
        long bits = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            bits |= Memory.getLong(at + 8 + 8L * bit) >= least ? 1L << bit : 0;
        }
        return bits;
    }
}
