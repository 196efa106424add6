package dev.thalweg.state.rocks;

import static java.util.Objects.requireNonNull;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.state.KeyGroups;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// The entries of one table in RocksDB, in order of group and key. [#next] moves to the next; the other methods tell what
/// it then stands on.
final class StoredEntries implements AutoCloseable {
    private static final ByteBuffer NOTHING_YET = ByteBuffer.allocateDirect(0);

    private final ReadOptions options;
    private final KeyGroups groups;
    private final @Nullable RocksIterator iterator;
    private final byte[] from;
    private ByteBuffer key = NOTHING_YET;
    private ByteBuffer value = NOTHING_YET;
    private boolean started;

    /// All entries of key groups.
    ///
    /// @param table null when the database has no such table
    /// @param groups whose entries are wanted
    StoredEntries(RocksDB rocks, @Nullable ColumnFamilyHandle table, KeyGroups groups) {
        this(rocks, table, groups, TaskDatabase.groupKey(groups.first()),
                new ReadOptions().setReadaheadSize(2L << 20).setFillCache(false));
    }

    /// The entries of one key group from a key on.
    StoredEntries(RocksDB rocks, @Nullable ColumnFamilyHandle table, int group, byte[] from) {
        this(rocks, table, new KeyGroups(group, group), from, new ReadOptions());
    }

    private StoredEntries(RocksDB rocks, @Nullable ColumnFamilyHandle table, KeyGroups groups, byte[] from,
            ReadOptions options) {
        this.groups = groups;
        this.from = from;
        this.options = options;
        iterator = table == null ? null : rocks.newIterator(table, options);
    }

    boolean next() {
        if (iterator == null) {
            return false;
        }
        if (started) {
            iterator.next();
        } else {
            iterator.seek(from);
            started = true;
        }
        if (!iterator.isValid()) {
            checkStatus(iterator);
            return false;
        }
        key = read(key, true);
        if (group() > groups.last()) {
            return false;
        }
        value = read(value, false);
        return true;
    }

    int group() {
        return (key.get(0) & 0xff) << 8 | (key.get(1) & 0xff);
    }

    long keyAddress() {
        return MemorySegment.ofBuffer(key).address() + 2;
    }

    int keyLength() {
        return key.limit() - 2;
    }

    long valueAddress() {
        return MemorySegment.ofBuffer(value).address();
    }

    int valueLength() {
        return value.limit();
    }

    ByteBuffer key() {
        return key;
    }

    ByteBuffer value() {
        return value;
    }

    @Override
    public void close() {
        if (iterator != null) {
            iterator.close();
        }
        options.close();
    }

    /// An iterator ends the same way at the last entry and at a block that it cannot read.
    private static void checkStatus(RocksIterator iterator) {
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw new Corrupted("THW-4504", "A state database cannot be read: " + e.getMessage()
                    + ". Delete the newest directory under 'snapshots' of the checkpoint and restart the query: it goes on"
                    + " from the snapshot before and the trigger log.", e);
        }
    }

    /// The buffer with the bytes from its beginning, or a larger one.
    private ByteBuffer read(ByteBuffer buffer, boolean ofKey) {
        RocksIterator stood = requireNonNull(iterator);
        buffer.clear();
        int bytes = ofKey ? stood.key(buffer) : stood.value(buffer);
        if (bytes <= buffer.capacity()) {
            return buffer.position(0).limit(bytes);
        }
        return read(ByteBuffer.allocateDirect(Math.max(Math.max(bytes, 256), buffer.capacity() * 2)), ofKey);
    }
}
