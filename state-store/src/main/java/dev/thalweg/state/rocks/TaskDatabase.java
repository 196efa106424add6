package dev.thalweg.state.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.overlay.StoredTable.Visitor;
import dev.thalweg.state.rocks.ChangeSection.TableChanges;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The RocksDB of one task: exactly one committed version of its tables, a column family each.
///
/// Its own log is off: the trigger log is the log, and a crash throws this database away. A key is the key group, two bytes
/// big-endian, and the encoded key; a value is what [ChangeSection] says of a put.
final class TaskDatabase implements AutoCloseable {
    private static final int BATCH_BYTES_MAX = 8 << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    /// Files of changes gather up to this, or four of them, before they are merged with what was there: whole files are large,
    /// and few are read from as long as state fits into memory.
    private static final long FIRST_LEVEL_BYTES = 1L << 30;
    private static final int SINGLE_DELETES_MAX = 16;
    /// So many operations of a table are worth a file of their own.
    private static final int SORTED_FILE_MIN = 32 << 10;

    private final Path directory;
    private final KeyGroups groups;
    private final ColumnFamilyOptions tableOptions;
    private final DBOptions options;
    private final WriteOptions withoutLog;
    private final RocksDB rocks;
    private final BloomFilter filter;
    /// The applier adds to it while others read.
    private final Map<String, ColumnFamilyHandle> tables = new ConcurrentHashMap<>();
    private final Map<String, StoredFloors> floors = new ConcurrentHashMap<>();
    private final Map<String, StoredLookup> lookups = new HashMap<>();
    private ByteBuffer key = ByteBuffer.allocateDirect(1 << 10);
    private ByteBuffer value = ByteBuffer.allocateDirect(1 << 12);

    /// Opens the directory, which is empty or holds a copy of a snapshot.
    TaskDatabase(Path directory, KeyGroups groups, RocksMemory memory) {
        this.directory = directory;
        this.groups = groups;
        Cache cache = memory.cache(); // loads RocksDB
        filter = new BloomFilter(10);
        BlockBasedTableConfig format = new BlockBasedTableConfig().setBlockCache(cache)
                .setFilterPolicy(filter).setCacheIndexAndFilterBlocks(true).setPinL0FilterAndIndexBlocksInCache(true);
        withoutLog = new WriteOptions().setDisableWAL(true);
        tableOptions = new ColumnFamilyOptions().setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxBytesForLevelBase(FIRST_LEVEL_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION).setTableFormatConfig(format);
        options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true)
                .setWriteBufferManager(memory.writeBuffers()).setMaxBackgroundJobs(2).setAtomicFlush(true)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL).setKeepLogFileNum(1).setMaxOpenFiles(256)
                .setAvoidFlushDuringShutdown(true);
        try {
            List<ColumnFamilyDescriptor> families = new ArrayList<>();
            try (Options plain = new Options()) {
                for (byte[] name : RocksDB.listColumnFamilies(plain, directory.toString())) {
                    families.add(new ColumnFamilyDescriptor(name, tableOptions));
                }
            }
            if (families.isEmpty()) {
                families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, tableOptions));
            }
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            rocks = RocksDB.open(options, directory.toString(), families, handles);
            for (ColumnFamilyHandle handle : handles) {
                tables.put(new String(handle.getName(), UTF_8), handle);
            }
        } catch (RocksDBException e) {
            throw unavailable("open", e);
        }
    }

    Path directory() {
        return directory;
    }

    /// The tables that are there.
    List<String> tables() {
        String own = new String(RocksDB.DEFAULT_COLUMN_FAMILY, UTF_8);
        return tables.keySet().stream().filter(name -> !name.equals(own)).toList();
    }

    /// Applies whole triggers, oldest first, and keeps only the last value of each key.
    ///
    /// @param isGivenUp asked now and then: whether to leave off halfway
    void apply(List<ChangeSection> sections, BooleanSupplier isGivenUp) {
        Map<String, List<TableChanges>> byTable = new LinkedHashMap<>();
        for (ChangeSection section : sections) {
            if (section.groups().overlaps(groups)) {
                for (TableChanges changes : section.tables()) {
                    byTable.computeIfAbsent(changes.name(), name -> new ArrayList<>()).add(changes);
                }
            }
        }
        try (WriteBatch batch = new WriteBatch()) {
            for (Map.Entry<String, List<TableChanges>> table : byTable.entrySet()) {
                apply(table.getKey(), new MergedChanges(table.getValue(), groups), batch, isGivenUp);
            }
            rocks.write(withoutLog, batch);
        } catch (RocksDBException e) {
            throw unavailable("write to", e);
        }
    }

    private void apply(String name, MergedChanges changes, WriteBatch batch, BooleanSupplier isGivenUp)
            throws RocksDBException {
        ColumnFamilyHandle table = handle(name);
        StoredFloors floor = floors(name);
        expire(table, changes.expiry(), floor, batch);
        if (changes.operations() >= SORTED_FILE_MIN) {
            rocks.write(withoutLog, batch); // what expires goes before
            batch.clear();
            applySorted(table, changes, floor, isGivenUp);
            return;
        }
        while (changes.next()) {
            Operation operation = changes.operation();
            setKey(operation.group, operation.key, operation.keyLength);
            if (operation.isPut) {
                floor.put(operation.group, operation.key);
                value = filled(value, operation.value, operation.valueLength, 0);
                batch.put(table, key, value.flip());
            } else {
                batch.delete(table, key);
            }
            if (batch.getDataSize() > BATCH_BYTES_MAX) {
                rocks.write(withoutLog, batch);
                batch.clear();
                if (isGivenUp.getAsBoolean()) {
                    return;
                }
            }
        }
    }

    private void applySorted(ColumnFamilyHandle table, MergedChanges changes, StoredFloors floor,
            BooleanSupplier isGivenUp) throws RocksDBException {
        Path path = directory.resolveSibling(directory.getFileName() + "-changes.sst");
        try (SortedFile file = new SortedFile(path, options, tableOptions)) {
            int sinceAsked = 0;
            while (changes.next()) {
                Operation operation = changes.operation();
                setKey(operation.group, operation.key, operation.keyLength);
                if (operation.isPut) {
                    floor.put(operation.group, operation.key);
                    value = filled(value, operation.value, operation.valueLength, 0);
                    file.put(key, value.flip());
                } else {
                    byte[] deleted = new byte[key.remaining()];
                    key.get(deleted);
                    file.delete(deleted);
                }
                if (++sinceAsked == SORTED_FILE_MIN) {
                    sinceAsked = 0;
                    if (isGivenUp.getAsBoolean()) {
                        return;
                    }
                }
            }
            file.handOver(rocks, table);
        }
    }

    /// Deletes what is there of the expired: a few by their keys, as every range delete makes all later reads dearer.
    private void expire(ColumnFamilyHandle table, Expiry expiry, StoredFloors floor, WriteBatch batch)
            throws RocksDBException {
        if (!expiry.freesAny()) {
            return;
        }
        try (RocksIterator entries = rocks.newIterator(table)) {
            for (int group = groups.first(); group <= groups.last(); group++) {
                if (expiry.frees(group)) {
                    byte[] end = endOfExpired(group, expiry.through(group));
                    entries.seek(beginOf(group, floor));
                    int left = SINGLE_DELETES_MAX;
                    for (; left > 0 && isBefore(entries, end); left--) {
                        batch.delete(table, entries.key());
                        entries.next();
                    }
                    if (left == 0) {
                        batch.deleteRange(table, groupKey(group), end);
                    }
                    floor.raise(group, expiry.through(group));
                }
            }
        }
    }

    private static boolean isBefore(RocksIterator entries, byte[] end) throws RocksDBException {
        if (entries.isValid()) {
            return Arrays.compareUnsigned(entries.key(), end) < 0;
        }
        entries.status();
        return false;
    }

    private StoredFloors floors(String table) {
        return floors.computeIfAbsent(table, _ -> new StoredFloors());
    }

    private static byte[] beginOf(int group, StoredFloors floor) {
        long time = floor.time(group);
        return time == Long.MIN_VALUE
                ? groupKey(group)
                : ByteBuffer.allocate(10).putShort((short) group).putLong(time ^ Long.MIN_VALUE).array();
    }

    /// Takes over the entries of this task's key groups from another database.
    void takeOver(TaskDatabase other) {
        for (String table : other.tables()) {
            try (StoredEntries entries = other.entries(table, groups); WriteBatch batch = new WriteBatch()) {
                ColumnFamilyHandle own = handle(table);
                while (entries.next()) {
                    batch.put(own, entries.key(), entries.value());
                    if (batch.getDataSize() > BATCH_BYTES_MAX) {
                        rocks.write(withoutLog, batch);
                        batch.clear();
                    }
                }
                rocks.write(withoutLog, batch);
            } catch (RocksDBException e) {
                throw unavailable("write to", e);
            }
        }
    }

    /// Entries of a table in order of group and key; closed by the caller. The table need not be there.
    StoredEntries entries(String table, KeyGroups wanted) {
        return new StoredEntries(rocks, tables.get(table), wanted);
    }

    /// The entries of one key group of a table that is freed by time, in order of time; closed by the caller.
    StoredEntries timedEntries(String table, int group) {
        return new StoredEntries(rocks, tables.get(table), group, beginOf(group, floors(table)));
    }

    /// Looks keys up together, as [StoredLookup] does. The table need not be there.
    void fetch(String table, EncodedKeys keys, int[] rows, int count, Visitor visitor) {
        ColumnFamilyHandle handle = tables.get(table);
        if (handle == null) {
            return;
        }
        try {
            lookup(table, handle).fetch(keys, rows, count, visitor);
        } catch (RocksDBException e) {
            throw unavailable("read", e);
        }
    }

    private synchronized StoredLookup lookup(String table, ColumnFamilyHandle handle) {
        return lookups.computeIfAbsent(table, _ -> new StoredLookup(rocks, handle));
    }

    /// About how many bytes a table has here, on disk and on its way there.
    long bytes(String table) {
        ColumnFamilyHandle handle = tables.get(table);
        if (handle == null) {
            return 0;
        }
        try {
            return rocks.getLongProperty(handle, "rocksdb.live-sst-files-size")
                    + rocks.getLongProperty(handle, "rocksdb.cur-size-active-mem-table");
        } catch (RocksDBException e) {
            throw unavailable("read", e);
        }
    }

    /// Makes a copy of what is in the database now, hard links where the file system has them.
    void copyTo(Path target) {
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                Checkpoint checkpoint = Checkpoint.create(rocks)) {
            rocks.flush(flush, List.copyOf(tables.values()));
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw unavailable("copy", e);
        }
    }

    @Override
    public void close() {
        lookups.values().forEach(StoredLookup::close);
        tables.values().forEach(ColumnFamilyHandle::close);
        rocks.close();
        withoutLog.close();
        options.close();
        tableOptions.close();
        filter.close();
    }

    private ColumnFamilyHandle handle(String table) throws RocksDBException {
        ColumnFamilyHandle known = tables.get(table);
        if (known != null) {
            return known;
        }
        ColumnFamilyHandle made = rocks
                .createColumnFamily(new ColumnFamilyDescriptor(table.getBytes(UTF_8), tableOptions));
        tables.put(table, made);
        return made;
    }

    private void setKey(int group, long address, int length) {
        key = filled(key, address, length, 2);
        key.put(0, (byte) (group >>> 8)).put(1, (byte) group).flip();
    }

    /// The buffer, or a larger one, with bytes copied behind `offset`.
    private static ByteBuffer filled(ByteBuffer buffer, long from, int length, int offset) {
        ByteBuffer target = buffer.capacity() < offset + length
                ? ByteBuffer.allocateDirect(Math.max(offset + length, buffer.capacity() * 2))
                : buffer.clear();
        Memory.copy(from, MemorySegment.ofBuffer(target).address() + offset, length);
        return target.position(offset + length);
    }

    static byte[] groupKey(int group) {
        return new byte[] {(byte) (group >>> 8), (byte) group};
    }

    /// The first key behind the entries of a group whose time is at or below `through`.
    private static byte[] endOfExpired(int group, long through) {
        if (through == Long.MAX_VALUE) {
            return groupKey(group + 1);
        }
        return ByteBuffer.allocate(10).putShort((short) group).putLong(through + 1 ^ Long.MIN_VALUE).array();
    }

    private Unavailable unavailable(String what, RocksDBException cause) {
        return new Unavailable("THW-4503",
                "Cannot " + what + " the state database " + directory + ": " + cause.getMessage()
                        + ". Check that the disk is not full and may be written, then restart the query: the trigger log"
                        + " has everything that this database has.",
                cause);
    }
}
