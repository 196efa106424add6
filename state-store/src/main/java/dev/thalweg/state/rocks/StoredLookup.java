package dev.thalweg.state.rocks;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.overlay.StoredTable.Visitor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ByteBufferGetStatus;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// Looks keys of one table up together. RocksDB sorts them, reads each block once for all keys in it, and answers for most
/// that it does not have from its filters.
final class StoredLookup implements AutoCloseable {
    private static final int TOGETHER_MAX = 512;
    private static final int VALUE_BYTES_MIN = 64;

    private final RocksDB rocks;
    private final ColumnFamilyHandle table;
    private final ReadOptions options = new ReadOptions();
    private final List<ColumnFamilyHandle> handles = new ArrayList<>();
    private ByteBuffer keys = ByteBuffer.allocateDirect(16 << 10);
    private ByteBuffer values = ByteBuffer.allocateDirect(0);
    /// As long as the longest value so far.
    private int valueBytes = VALUE_BYTES_MIN;

    StoredLookup(RocksDB rocks, ColumnFamilyHandle table) {
        this.rocks = rocks;
        this.table = table;
    }

    void fetch(EncodedKeys wanted, int[] rows, int count, Visitor visitor) throws RocksDBException {
        for (int from = 0; from < count; from += TOGETHER_MAX) {
            fetch(wanted, rows, from, Math.min(count, from + TOGETHER_MAX), visitor);
        }
    }

    private void fetch(EncodedKeys wanted, int[] rows, int from, int to, Visitor visitor) throws RocksDBException {
        List<ByteBuffer> keySlices = keySlices(wanted, rows, from, to);
        List<ByteBuffer> valueSlices = valueSlices(to - from);
        while (handles.size() < to - from) {
            handles.add(table);
        }
        List<ByteBufferGetStatus> found = rocks.multiGetByteBuffers(options, handles.subList(0, to - from), keySlices,
                valueSlices);
        for (int i = 0; i < found.size(); i++) {
            ByteBufferGetStatus status = found.get(i);
            int row = rows[from + i];
            if (status.status.getCode() == Status.Code.Ok) {
                int length = status.requiredSize;
                ByteBuffer value = length > valueSlices.get(i).capacity()
                        ? fetchLonger(wanted, row, length)
                        : valueSlices.get(i);
                visitor.visit(KeyGroups.group(wanted.hash(row)), wanted.address(row), wanted.length(row),
                        MemorySegment.ofBuffer(value.position(0).limit(length)).address(), length);
            } else if (status.status.getCode() != Status.Code.NotFound) {
                throw new RocksDBException(status.status);
            }
        }
    }

    private List<ByteBuffer> keySlices(EncodedKeys wanted, int[] rows, int from, int to) {
        int bytes = 0;
        for (int i = from; i < to; i++) {
            bytes += 2 + wanted.length(rows[i]);
        }
        if (keys.capacity() < bytes) {
            keys = ByteBuffer.allocateDirect(Math.max(bytes, keys.capacity() * 2));
        }
        List<ByteBuffer> slices = new ArrayList<>(to - from);
        int at = 0;
        for (int i = from; i < to; i++) {
            int length = 2 + wanted.length(rows[i]);
            slices.add(key(keys.slice(at, length), wanted, rows[i]));
            at += length;
        }
        return slices;
    }

    private static ByteBuffer key(ByteBuffer to, EncodedKeys wanted, int row) {
        to.putShort(0, (short) KeyGroups.group(wanted.hash(row)));
        Memory.copy(wanted.address(row), MemorySegment.ofBuffer(to).address() + 2, wanted.length(row));
        return to;
    }

    private List<ByteBuffer> valueSlices(int count) {
        if (values.capacity() < count * valueBytes) {
            values = ByteBuffer.allocateDirect(count * valueBytes);
        }
        List<ByteBuffer> slices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            slices.add(values.slice(i * valueBytes, valueBytes));
        }
        return slices;
    }

    private ByteBuffer fetchLonger(EncodedKeys wanted, int row, int length) throws RocksDBException {
        valueBytes = Math.min(Math.max(valueBytes, length), 4 << 10);
        ByteBuffer key = key(ByteBuffer.allocateDirect(2 + wanted.length(row)), wanted, row);
        ByteBuffer value = ByteBuffer.allocateDirect(length);
        rocks.get(table, options, key, value);
        return value;
    }

    @Override
    public void close() {
        options.close();
    }
}
