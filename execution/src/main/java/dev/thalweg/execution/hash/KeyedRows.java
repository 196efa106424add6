package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.Murmur3;
import java.util.List;
import java.util.OptionalInt;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Whole rows as the keys of a table that holds them by a key of theirs. **Part of the checkpoint format.**
///
/// ```
/// [event time, 8 bytes, big-endian, sign bit flipped]   only where time frees the table
/// key                                                   as KeyEncoder makes it: in it -0.0 is 0.0
/// the other columns, bit for bit                        with those of the key that are nested or may look otherwise
/// number, 8 bytes                                       only where equal rows are kept apart
/// ```
///
/// A row lives in the key group of its key: the lowest 16 bits of its hash are the key's. Numbered rows have the hash of their key.
/// Thread: one task. What [#encode] returns is valid until the next call.
public final class KeyedRows implements AutoCloseable {
    private final RowType row;
    private final KeyEncoder keyEncoder;
    private final RestOfRows rest;
    private final int timeColumn;
    private final BatchRows batchRows = new BatchRows();
    private final Scratch scratch;
    private final EncodedKeys rows = new EncodedKeys(0);
    private EncodedKeys keys = new EncodedKeys(0);
    private long[] at = new long[0];
    private final boolean numbered;
    private long nextNumber;

    /// Equal rows are one.
    ///
    /// @param key columns of `row`
    /// @param time the column of `row` whose value leads, so that rows order by time
    public KeyedRows(RowType row, List<Integer> key, OptionalInt time, BufferAllocator allocator) {
        this(row, key, time, false, allocator);
    }

    /// @param key columns of `row`
    /// @param time the column of `row` whose value leads, so that rows order by time
    /// @param numbered whether each row is one by itself: it has a number then
    public KeyedRows(RowType row, List<Integer> key, OptionalInt time, boolean numbered, BufferAllocator allocator) {
        this.numbered = numbered;
        this.row = row;
        this.timeColumn = time.orElse(-1);
        this.keyEncoder = KeyEncoder.of(row, key, allocator);
        this.rest = RestOfRows.of(row, key, keyEncoder.layout(), allocator);
        this.scratch = new Scratch(allocator);
    }

    /// Every row of the batch.
    public EncodedKeys encode(Batch batch) {
        keys = keyEncoder.encode(batch);
        join(batch, rest.encode(batch), batch.rowCount());
        return rows;
    }

    private void join(Batch batch, EncodedKeys others, int count) {
        int lead = lead();
        int tail = numbered ? Long.BYTES : 0;
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += lead + keys.length(i) + others.length(i) + tail;
        }
        long next = scratch.reserve(total + 8);
        rows.reset(count);
        if (at.length < count) {
            at = new long[count];
        }
        for (int i = 0; i < count; i++) {
            at[i] = next;
            Memory.copy(keys.address(i), next + lead, keys.length(i));
            Memory.copy(others.address(i), next + lead + keys.length(i), others.length(i));
            next += lead + keys.length(i) + others.length(i) + tail;
        }
        if (timeColumn >= 0) {
            ColumnWriter.time(batch.vector(timeColumn), batchRows.of(batch), count, at);
        }
        if (numbered) {
            number(others, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            int length = lead + keys.length(i) + others.length(i);
            rows.set(i, at[i], length, KeyEncoder.owned(Murmur3.hash(at[i], length), keys.hash(i)));
        }
    }

    private void number(EncodedKeys others, int count) {
        for (int i = 0; i < count; i++) {
            int length = lead() + keys.length(i) + others.length(i);
            Memory.putLong(at[i] + length, nextNumber++);
            rows.set(i, at[i], length + Long.BYTES, keys.hash(i));
        }
    }

    /// Takes note of a numbered row that is there: those to come have other numbers.
    public void skipNumberOf(long address, int length) {
        nextNumber = Math.max(nextNumber, Memory.getLong(address + length - Long.BYTES) + 1);
    }

    /// The keys of the rows that were encoded last.
    public EncodedKeys keys() {
        return keys;
    }

    /// Bytes before the key.
    public int lead() {
        return timeColumn >= 0 ? 8 : 0;
    }

    /// Length of the key in a row's bytes.
    ///
    /// @param address of the row
    public int keyLength(long address) {
        return keyEncoder.layout().length(address + lead());
    }

    /// One column of `count` rows as a new vector, which the caller owns.
    ///
    /// @param addresses where each row begins
    public FieldVector column(int column, Field field, long[] addresses, int count, BufferAllocator allocator) {
        int lead = lead();
        long[] from = new long[count];
        boolean inKey = rest.isInKey(column);
        for (int i = 0; i < count; i++) {
            long key = addresses[i] + lead;
            from[i] = inKey ? key : key + keyEncoder.layout().length(key);
        }
        return rest.column(column, field, from, count, allocator);
    }

    public RowType row() {
        return row;
    }

    @Override
    public void close() {
        keyEncoder.close();
        rest.close();
        scratch.close();
    }
}
