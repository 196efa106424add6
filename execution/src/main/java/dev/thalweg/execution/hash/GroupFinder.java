package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Coded;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/// Numbers the groups that rows belong to without encoding the key of every row: values are hashed and compared with the
/// keys of known groups where they lie, and only a key that is new is written out.
///
/// The hash is one of its own, a sum over the columns of a multiplication for 8 bytes; nothing outside the table sees it.
/// A column that has one value in some rows, and the same in all groups (the day, or a window of the clock), is neither
/// hashed nor compared row by row. Where all columns are coded or have few values, a key that was met before is found without either
/// ([PlacedGroups]). Keys with nested columns, or of more than eight columns, are encoded as ever.
///
/// Cost: for each row a loop a column to hash it and one to compare it, and a look into the table; by place, one look. **Thread** one task.
public final class GroupFinder implements AutoCloseable {
    /// Rows at a time, so that what the loops hand to each other stays in the nearest cache.
    private static final int ROWS = 1024;
    /// More columns have more null bits than one byte holds.
    private static final int COLUMNS_MAX = 8;

    private final KeyEncoder encoder;
    private final GroupTable groups;
    private final KeyLayout layout;
    private final int[] source;
    private final KeyColumn[] columns;
    private final long[] hashes = new long[ROWS];
    private final long[] keys = new long[ROWS];
    private final long[] cursors = new long[ROWS];
    private final byte[] nulls = new byte[ROWS];
    private final int[] found = new int[ROWS];
    private final int[] missing = new int[ROWS];
    private final PlacedGroups placed;
    private final int[] unplaced = new int[ROWS];
    private final int[] unplacedRows = new int[ROWS];
    /// Whether the batch's column has any NULL, which Arrow counts anew whenever it is asked.
    private final boolean[] hasNulls;
    private boolean nullsSeen;
    /// Whether the column has the same value in all groups.
    private final boolean[] alike;
    /// Whether it has one value in the rows at hand, and whether that is the one of all groups.
    private final boolean[] constant;
    private final boolean[] known;
    private final Scratch newKey;

    /// @param encoder of the keys, which the finder owns from now on
    /// @param groups which nobody else adds to
    public GroupFinder(KeyEncoder encoder, GroupTable groups, BufferAllocator allocator) {
        this.encoder = encoder;
        this.groups = groups;
        this.layout = encoder.layout();
        this.source = encoder.columns().stream().mapToInt(Integer::intValue).toArray();
        this.columns = new KeyColumn[isComparable() ? source.length : 0];
        this.hasNulls = new boolean[columns.length];
        this.alike = new boolean[columns.length];
        this.constant = new boolean[columns.length];
        this.known = new boolean[columns.length];
        this.newKey = new Scratch(allocator);
        this.placed = new PlacedGroups(groups, columns, source, ROWS);
        for (int i = 0; i < columns.length; i++) {
            columns[i] = KeyColumn.of(i, layout.type(i), layout.offset(i), i == layout.timeColumn());
        }
    }

    private boolean isComparable() {
        boolean comparable = source.length > 0 && source.length <= COLUMNS_MAX;
        for (int i = 0; i < source.length; i++) {
            DataType type = layout.type(i);
            comparable &= !type.isNested();
        }
        return comparable;
    }

    /// The number of the group of each row, made where it is new.
    ///
    /// @param rows physical row numbers, of which the first `count` are used
    public void find(Batch batch, int[] rows, int count, int[] ids) {
        if (columns.length == 0) {
            groups.findOrInsert(encoder.encode(batch, rows, count), ids);
            return;
        }
        for (int i = 0; i < columns.length; i++) {
            hasNulls[i] = layout.type(i) == Simple.VOID || batch.column(source[i]).hasNulls();
        }
        for (int from = 0; from < count; from += ROWS) {
            int some = Math.min(ROWS, count - from);
            if (placed.locate(batch, hasNulls, rows, from, some)) {
                findByPlace(batch, rows, from, some, ids);
            } else {
                findByHash(batch, rows, from, some);
                System.arraycopy(found, 0, ids, from, some);
            }
        }
    }

    private void findByPlace(Batch batch, int[] rows, int from, int count, int[] ids) {
        int absent = placed.look(ids, from, count, unplaced);
        for (int i = 0; i < absent; i++) {
            unplacedRows[i] = rows[from + unplaced[i]];
        }
        if (absent > 0) {
            findByHash(batch, unplacedRows, 0, absent);
        }
        for (int i = 0; i < absent; i++) {
            placed.put(unplaced[i], found[i]);
            ids[from + unplaced[i]] = found[i];
        }
    }

    private void findByHash(Batch batch, int[] rows, int from, int count) {
        hash(batch, rows, from, count);
        groups.candidates(hashes, count, found, keys);
        compare(count);
        int absent = 0;
        for (int i = 0; i < count; i++) {
            if (found[i] < 0) {
                missing[absent++] = i;
            }
        }
        if (absent > 0) {
            insert(absent);
        }
    }

    private void hash(Batch batch, int[] rows, int from, int count) {
        for (int i = 0; i < columns.length; i++) {
            constant[i] = columns[i].read(batch.column(source[i]), hasNulls[i], rows, from, count);
        }
        findKnown();
        Arrays.fill(hashes, 0, count, 0);
        long seed = 0;
        for (int i = 0; i < columns.length; i++) {
            if (known[i]) {
                seed += columns[i].hashOfFirst();
            } else {
                columns[i].addHash(hashes, count);
            }
        }
        if (readNulls(batch, rows, from, count)) {
            for (int i = 0; i < count; i++) {
                hashes[i] += nulls[i] * KeyColumn.FACTOR;
            }
        }
        for (int i = 0; i < count; i++) {
            hashes[i] = KeyColumn.finish(hashes[i] + seed);
        }
    }

    /// Which columns need no look at each row: they have one value here, and all groups have it too.
    private void findKnown() {
        boolean any = groups.size() > 0;
        if (!any) {
            Arrays.fill(alike, true);
        }
        long key = any ? groups.keyAddress(0) : 0;
        long cursor = key + layout.fixedBytes();
        for (int i = 0; i < columns.length; i++) {
            known[i] = any && constant[i] && alike[i] && columns[i].firstIs(key, cursor);
            cursor = any ? columns[i].next(cursor) : cursor;
        }
    }

    /// Whether any key of these rows may hold a NULL.
    private boolean readNulls(Batch batch, int[] rows, int from, int count) {
        boolean any = false;
        for (int column = 0; column < columns.length; column++) {
            if (!hasNulls[column]) {
                continue;
            }
            if (!any) {
                Arrays.fill(nulls, 0, count, (byte) 0);
                any = true;
            }
            addNulls(batch, column, rows, from, count);
        }
        if (!any && nullsSeen) {
            Arrays.fill(nulls, 0, count, (byte) 0);
        }
        nullsSeen |= any;
        return any;
    }

    private void addNulls(Batch batch, int column, int[] rows, int from, int count) {
        byte bit = (byte) (1 << column);
        if (batch.column(source[column]) instanceof Coded coded) {
            for (int i = 0; i < count; i++) {
                nulls[i] |= coded.codes()[rows[from + i]] < 0 ? bit : 0;
            }
            return;
        }
        boolean all = layout.type(column) == Simple.VOID;
        long validity = batch.vector(source[column]).getValidityBufferAddress();
        for (int i = 0; i < count; i++) {
            nulls[i] |= all || !Memory.getBit(validity, rows[from + i]) ? bit : 0;
        }
    }

    private void compare(int count) {
        if (nullsSeen) {
            for (int i = 0; i < count; i++) {
                if (found[i] >= 0 && Memory.getByte(keys[i] + layout.nullsOffset()) != nulls[i]) {
                    found[i] = GroupTable.ABSENT;
                }
            }
        }
        if (layout.variableColumns() > 0) {
            for (int i = 0; i < count; i++) {
                cursors[i] = keys[i] + layout.fixedBytes();
            }
        }
        for (int i = 0; i < columns.length; i++) {
            if (known[i]) {
                columns[i].pass(cursors, count);
            } else {
                columns[i].compare(keys, cursors, found, count);
            }
        }
    }

    /// Rows of new groups, and the few whose hash is that of another group: their keys are written and looked up in full.
    private void insert(int count) {
        int before = groups.size();
        for (int i = 0; i < count; i++) {
            int row = missing[i];
            int length = layout.fixedBytes();
            for (KeyColumn column : columns) {
                length += column.variableBytes(row);
            }
            long key = newKey.reserve(length + KeyColumn.SLACK);
            long cursor = key + layout.fixedBytes();
            for (KeyColumn column : columns) {
                cursor = column.write(row, key, cursor);
            }
            Memory.putByte(key + layout.nullsOffset(), nullsSeen ? nulls[row] : 0);
            found[row] = groups.findOrInsert(hashes[row], key, length);
        }
        for (int i = 0; i < columns.length && groups.size() > before; i++) {
            alike[i] &= known[i] || (before == 0 && constant[i]);
        }
    }

    @Override
    public void close() {
        encoder.close();
        newKey.close();
    }
}
