package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.OrderedBytes;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.state.EncodedKeys;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Sort keys as bytes whose unsigned order is the order asked for, so that a comparison is one of bytes.
///
/// A column is a byte that puts NULLs first or last, then its value: numbers big-endian with the sign bit flipped, NaN
/// last; strings with 0 written as `0 255` and `0 0` behind them; arrays and structs as
/// [OrderedBytes] has them. Where a column descends, its value's bits are flipped.
public final class SortKeys implements AutoCloseable {
    private final SortKey[] columns;
    private final Scratch scratch;
    private final BatchRows batchRows = new BatchRows();
    private long[] at = new long[0];
    private int[] lengths = new int[0];
    private long end;
    private final EncodedKeys encoded = new EncodedKeys(0);

    public SortKeys(List<SortKey> keys, BufferAllocator allocator) {
        this.columns = keys.toArray(SortKey[]::new);
        this.scratch = new Scratch(allocator);
    }

    /// The rows of a batch in order: numbers of rows, 0 to `rowCount - 1`. Equal rows keep their order.
    public int[] order(Batch batch) {
        encode(batch);
        int count = batch.rowCount();
        long[] prefixes = new long[count];
        for (int i = 0; i < count; i++) {
            prefixes[i] = prefix(at[i], lengths[i]);
        }
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        merge(order, order.clone(), 0, count, prefixes);
        return order;
    }

    /// The first 8 bytes as an unsigned number.
    public static long prefix(long address, int length) {
        if (length >= 8) {
            return Long.reverseBytes(Memory.getLong(address));
        }
        long prefix = 0;
        for (int i = 0; i < length; i++) {
            prefix |= (Memory.getByte(address + i) & 0xFFL) << (56 - 8 * i);
        }
        return prefix;
    }

    /// A merge sort of `from` into `to` between two places; both hold the same rows when it begins.
    private void merge(int[] to, int[] from, int low, int high, long[] prefixes) {
        if (high - low < 2) {
            return;
        }
        int middle = (low + high) >>> 1;
        merge(from, to, low, middle, prefixes);
        merge(from, to, middle, high, prefixes);
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            boolean takeLeft = right >= high || (left < middle && compare(from[left], from[right], prefixes) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private int compare(int one, int other, long[] prefixes) {
        int order = Long.compareUnsigned(prefixes[one], prefixes[other]);
        if (order != 0) {
            return order;
        }
        int common = Math.min(lengths[one], lengths[other]);
        for (int i = 0; i < common; i++) {
            int difference = (Memory.getByte(at[one] + i) & 0xFF) - (Memory.getByte(at[other] + i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return lengths[one] - lengths[other];
    }

    /// The keys of the last batch: where that of a row begins, until the next batch.
    public long address(int row) {
        return at[row];
    }

    public int length(int row) {
        return lengths[row];
    }

    /// Writes the keys of a batch's rows. No key is the beginning of another.
    public void encode(Batch batch) {
        write(batch, batchRows.of(batch), batch.rowCount());
    }

    /// The keys of some rows, valid until the next call; the hashes are not set.
    ///
    /// @param rows physical row numbers, of which the first `count` are used
    public EncodedKeys encode(Batch batch, int[] rows, int count) {
        write(batch, rows, count);
        encoded.reset(count);
        for (int i = 0; i < count; i++) {
            encoded.set(i, at[i], lengths[i], 0);
        }
        return encoded;
    }

    private void write(Batch batch, int[] rows, int count) {
        if (at.length < count) {
            at = new long[count];
            lengths = new int[count];
        }
        FieldVector[] vectors = new FieldVector[columns.length];
        DataType[] types = new DataType[columns.length];
        for (int i = 0; i < columns.length; i++) {
            vectors[i] = batch.vector(columns[i].column());
            types[i] = batch.type().type(columns[i].column());
        }
        end = 0;
        for (int i = 0; i < count; i++) {
            long begin = end;
            for (int key = 0; key < columns.length; key++) {
                write(vectors[key], types[key], rows[i], columns[key]);
            }
            at[i] = begin;
            lengths[i] = (int) (end - begin);
        }
        for (int i = 0; i < count; i++) {
            at[i] += scratch.address(); // it has stopped moving
        }
    }

    private void write(FieldVector vector, DataType type, int row, SortKey key) {
        boolean isNull = type == Simple.VOID || vector.isNull(row);
        putByte(isNull == key.nullsFirst() ? 0 : 1);
        if (isNull) {
            return;
        }
        long flip = key.descending() ? -1 : 0;
        if (type.isNested()) {
            for (byte each : OrderedBytes.write(Objects.requireNonNull(VectorValues.get(vector, row, type)), type)) {
                putByte(each ^ (int) flip);
            }
            return;
        }
        long data = vector.getDataBufferAddress();
        if (type instanceof Decimal) {
            putLong(Memory.getLong(data + ((long) row << 4) + 8) ^ Long.MIN_VALUE ^ flip);
            putLong(Memory.getLong(data + ((long) row << 4)) ^ flip);
        } else if (type == Simple.STRING || type == Simple.BINARY) {
            putBytes(vector, row, (int) flip);
        } else {
            putLong(ordered((Simple) type, data, row) ^ Long.MIN_VALUE ^ flip);
        }
    }

    private static long ordered(Simple type, long data, int row) {
        return switch (type) {
            case BOOLEAN -> Memory.getBit(data, row) ? 1 : 0;
            case TINYINT -> Memory.getByte(data + row);
            case SMALLINT -> Memory.getShort(data + ((long) row << 1));
            case INT, DATE, INTERVAL_YEAR_MONTH -> Memory.getInt(data + ((long) row << 2));
            case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME -> Memory.getLong(data + ((long) row << 3));
            case FLOAT -> ordered(Memory.getFloat(data + ((long) row << 2)));
            case DOUBLE -> ordered(Memory.getDouble(data + ((long) row << 3)));
            case STRING, BINARY, VOID -> throw new IllegalArgumentException(type.sql());
        };
    }

    private static long ordered(double value) {
        long bits = Double.doubleToLongBits(value + 0.0); // -0.0 is 0.0
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    private void putBytes(FieldVector vector, int row, int flip) {
        long offsets = vector.getOffsetBufferAddress();
        long data = vector.getDataBufferAddress();
        int to = Memory.getInt(offsets + (((long) row + 1) << 2));
        for (int i = Memory.getInt(offsets + ((long) row << 2)); i < to; i++) {
            int value = Memory.getByte(data + i);
            putByte(value ^ flip);
            if (value == 0) {
                putByte(0xFF ^ flip);
            }
        }
        putByte(flip);
        putByte(flip);
    }

    private void putByte(int value) {
        Memory.putByte(scratch.grow(end, end + 1) + end, (byte) value);
        end++;
    }

    private void putLong(long value) {
        Memory.putLong(scratch.grow(end, end + 8) + end, Long.reverseBytes(value));
        end += 8;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
