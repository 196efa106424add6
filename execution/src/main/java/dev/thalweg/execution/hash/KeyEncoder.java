package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.Murmur3;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Turns the key columns of a batch into byte strings and their hashes, once a batch, as [KeyLayout] lays them out.
///
/// Cost: one tight loop a column and one for the hashes; the memory is used again for the next batch. Only nested
/// columns make objects.
/// Thread: one task. What [#encode] returns is valid until the next call.
public final class KeyEncoder implements AutoCloseable {
    private static final long OWNER_BITS = 0xFFFF;
    private static final int LEFT_OUT = -1;

    private final KeyLayout layout;
    private final int[] columns;
    private final boolean hashes;
    private final ColumnWriter writer;
    private final Scratch scratch;
    private final BatchRows batchRows = new BatchRows();
    private final EncodedKeys keys = new EncodedKeys(0);
    private @Nullable KeyEncoder owner;
    private long[] at = new long[0];
    private int[] lengths = new int[0];

    private KeyEncoder(KeyLayout layout, List<Integer> columns, boolean normalise, boolean hashes,
            BufferAllocator allocator) {
        this.layout = layout;
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.hashes = hashes;
        this.writer = new ColumnWriter(normalise);
        this.scratch = new Scratch(allocator);
    }

    /// Encodes keys in the order of their columns.
    ///
    /// @param columns of `input` that make the key, in order
    public static KeyEncoder of(RowType input, List<Integer> columns, BufferAllocator allocator) {
        return of(input, columns, OptionalInt.empty(), allocator);
    }

    /// Encodes keys, with the event time first where they hold one.
    ///
    /// @param time the column of `input`, one of `columns`, whose value leads the bytes, so that keys order by time
    public static KeyEncoder of(RowType input, List<Integer> columns, OptionalInt time, BufferAllocator allocator) {
        return new KeyEncoder(layout(input, columns, time), columns, true, true, allocator);
    }

    /// Whole rows as keys, bit for bit: what tells one row from another where they are added up and shown again.
    public static KeyEncoder exact(RowType row, BufferAllocator allocator) {
        return new KeyEncoder(KeyLayout.of(row), columns(row), false, true, allocator);
    }

    /// Whole rows, bit for bit, that nobody looks up: no hash is made.
    static KeyEncoder verbatim(RowType row, BufferAllocator allocator) {
        return new KeyEncoder(KeyLayout.of(row), columns(row), false, false, allocator);
    }

    /// Some columns of rows, bit for bit.
    static KeyEncoder verbatim(RowType row, List<Integer> columns, BufferAllocator allocator) {
        return new KeyEncoder(KeyLayout.of(row.select(columns)), columns, false, false, allocator);
    }

    /// Some columns of rows, bit for bit, with their null bits where those of whole rows are.
    static KeyEncoder verbatimInPlace(RowType row, List<Integer> columns, BufferAllocator allocator) {
        List<Integer> places = columns(row).stream().map(i -> columns.contains(i) ? i : LEFT_OUT).toList();
        return new KeyEncoder(KeyLayout.inPlace(row, columns), places, false, false, allocator);
    }

    private static List<Integer> columns(RowType row) {
        return IntStream.range(0, row.size()).boxed().toList();
    }

    /// Puts the keys into the key groups of another key of the same rows: the one by which they were sent to this task.
    public KeyEncoder ownedBy(KeyEncoder key) {
        owner = key;
        return this;
    }

    /// The layout of the keys that [#of] makes.
    public static KeyLayout layout(RowType input, List<Integer> columns, OptionalInt time) {
        RowType row = input.select(columns);
        return time.isPresent()
                ? KeyLayout.timeFirst(row, columns.indexOf(time.getAsInt()))
                : KeyLayout.of(row);
    }

    /// The columns that make the key.
    public List<Integer> columns() {
        return Arrays.stream(columns).boxed().toList();
    }

    public KeyLayout layout() {
        return layout;
    }

    /// Encodes the rows of a batch, in order.
    public EncodedKeys encode(Batch batch) {
        return encode(batch, batchRows.of(batch), batch.rowCount());
    }

    /// Encodes some rows of a batch.
    ///
    /// @param rows physical row numbers, of which the first `count` are used
    public EncodedKeys encode(Batch batch, int[] rows, int count) {
        encodeOwn(batch, rows, count);
        KeyEncoder sentBy = owner;
        if (sentBy != null) {
            EncodedKeys owners = sentBy.encode(batch, rows, count);
            for (int i = 0; i < count; i++) {
                keys.set(i, keys.address(i), keys.length(i), owned(keys.hash(i), owners.hash(i)));
            }
        }
        return keys;
    }

    /// The hash of an entry that lives in the key group of its owner: the owner's lowest 16 bits, its own above.
    public static long owned(long hash, long owner) {
        return (hash & ~OWNER_BITS) | (owner & OWNER_BITS);
    }

    private void encodeOwn(Batch batch, int[] rows, int count) {
        reset(count);
        if (isSingleLong()) {
            encodeLongs(batch.vector(columns[0]), rows, count);
            return;
        }
        if (layout.variableColumns() == 0) {
            placeFixed(count);
        } else {
            placeVariable(batch, rows, count);
        }
        for (int i = 0; i < columns.length; i++) {
            if (layout.isVariable(i) || columns[i] == LEFT_OUT) {
                continue;
            }
            FieldVector vector = batch.vector(columns[i]);
            if (i == layout.timeColumn()) {
                ColumnWriter.time(vector, rows, count, at);
            } else {
                writer.fixed(vector, layout.type(i), rows, count, at, layout.offset(i));
            }
            ColumnWriter.nulls(batch.column(columns[i]), layout.type(i), i, rows, count, at, layout.nullsOffset());
        }
        if (layout.variableColumns() > 0) {
            writeVariable(batch, rows, count);
        }
        finish(count);
    }

    private void reset(int count) {
        keys.reset(count);
        if (at.length < count) {
            at = new long[Math.max(count, 1024)];
            lengths = new int[at.length];
        }
    }

    private boolean isSingleLong() {
        return columns.length == 1 && layout.timeColumn() < 0 && hashes && layout.type(0) instanceof Simple type
                && switch (type) {
                    case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME -> true;
                    default -> false;
                };
    }

    /// The commonest key: 8 bytes of value and a null byte, written and hashed in one loop.
    private void encodeLongs(FieldVector vector, int[] rows, int count) {
        long base = scratch.reserve((long) count * 16 + 8);
        long data = vector.getDataBufferAddress();
        long validity = vector.getNullCount() == 0 ? 0 : vector.getValidityBufferAddress();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            boolean isNull = validity != 0 && !Memory.getBit(validity, row);
            long value = isNull ? 0 : Memory.getLong(data + ((long) row << 3));
            long nulls = isNull ? 1 : 0;
            long to = base + ((long) i << 4);
            Memory.putLong(to, value);
            Memory.putLong(to + 8, nulls);
            keys.set(i, to, 9, Murmur3.hash9To15(value, nulls, 9));
        }
    }

    private void placeFixed(int count) {
        int length = layout.fixedBytes();
        int stride = length + 7 & ~7;
        long base = scratch.reserve((long) count * stride + 8);
        zero(base, (long) count * stride);
        for (int i = 0; i < count; i++) {
            at[i] = base + (long) i * stride;
            lengths[i] = length;
        }
    }

    private void placeVariable(Batch batch, int[] rows, int count) {
        Arrays.fill(lengths, 0, count, layout.fixedBytes() + 4 * layout.variableColumns());
        writer.forget();
        for (int i = 0; i < columns.length; i++) {
            if (layout.isVariable(i)) {
                writer.addLengths(batch.column(columns[i]), layout.type(i), rows, count, lengths);
            }
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += lengths[i];
        }
        long next = scratch.reserve(total + 8);
        int fixed = layout.fixedBytes();
        for (int i = 0; i < count; i++) {
            at[i] = next;
            zero(next, fixed);
            next += lengths[i];
        }
    }

    private void writeVariable(Batch batch, int[] rows, int count) {
        int fixed = layout.fixedBytes();
        for (int i = 0; i < count; i++) {
            at[i] += fixed;
        }
        for (int i = 0; i < columns.length; i++) {
            if (layout.isVariable(i)) {
                writer.variable(batch.column(columns[i]), layout.type(i), rows, count, at);
            }
        }
        for (int i = 0; i < count; i++) {
            at[i] -= lengths[i]; // every cursor stands at the end of its key
        }
        for (int i = 0; i < columns.length; i++) {
            if (layout.isVariable(i)) {
                ColumnWriter.nulls(batch.column(columns[i]), layout.type(i), i, rows, count, at, layout.nullsOffset());
            }
        }
    }

    private void finish(int count) {
        if (!hashes) {
            for (int i = 0; i < count; i++) {
                keys.set(i, at[i], lengths[i], 0);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            keys.set(i, at[i], lengths[i], Murmur3.hash(at[i], lengths[i]));
        }
    }

    private static void zero(long address, long bytes) {
        long i = 0;
        for (; i + 8 <= bytes; i += 8) {
            Memory.putLong(address + i, 0);
        }
        for (; i < bytes; i++) {
            Memory.putByte(address + i, (byte) 0);
        }
    }

    /// Off-heap bytes held for the next batch.
    public long bytes() {
        return scratch.bytes();
    }

    @Override
    public void close() {
        if (owner != null) {
            owner.close();
        }
        scratch.close();
    }
}
