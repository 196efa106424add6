package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import java.util.Arrays;

/// Numbers the groups that rows belong to without encoding the key of every row: values are hashed and compared with the
/// keys of known groups where they lie, and only a key that is new is encoded, and so copied.
///
/// The hash is one of its own, a multiplication for 8 bytes; nothing outside the table sees it. Keys with nested columns,
/// or of more than eight columns, are encoded as ever.
///
/// Cost: for each row a loop a column to hash it and one to compare it, and a look into the table. **Thread** one task.
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
    private final int[] missingRows = new int[ROWS];
    /// Whether the batch's column has any NULL, which Arrow counts anew whenever it is asked.
    private final boolean[] hasNulls;
    private boolean nullsSeen;

    /// @param encoder of the keys, which the finder owns from now on
    /// @param groups which nobody else adds to
    public GroupFinder(KeyEncoder encoder, GroupTable groups) {
        this.encoder = encoder;
        this.groups = groups;
        this.layout = encoder.layout();
        this.source = encoder.columns().stream().mapToInt(Integer::intValue).toArray();
        this.columns = new KeyColumn[isComparable() ? source.length : 0];
        this.hasNulls = new boolean[columns.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = KeyColumn.of(layout.type(i), layout.offset(i), i == layout.timeColumn());
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
            findSome(batch, rows, from, some);
            System.arraycopy(found, 0, ids, from, some);
        }
    }

    private void findSome(Batch batch, int[] rows, int from, int count) {
        hash(batch, rows, from, count);
        groups.candidates(hashes, count, found, keys);
        compare(count);
        int absent = 0;
        for (int i = 0; i < count; i++) {
            if (found[i] < 0) {
                missingRows[absent] = rows[from + i];
                missing[absent++] = i;
            }
        }
        if (absent > 0) {
            insert(batch, absent);
        }
    }

    private void hash(Batch batch, int[] rows, int from, int count) {
        Arrays.fill(hashes, 0, count, 0);
        for (int i = 0; i < columns.length; i++) {
            columns[i].read(batch.column(source[i]), hasNulls[i], rows, from, count);
            columns[i].hash(hashes, count);
        }
        if (readNulls(batch, rows, from, count)) {
            for (int i = 0; i < count; i++) {
                hashes[i] = nulls[i] == 0 ? hashes[i] : KeyColumn.mix(hashes[i], nulls[i]);
            }
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
        if (batch.column(source[column]) instanceof CodedText coded) {
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
        for (KeyColumn column : columns) {
            column.compare(keys, cursors, found, count);
        }
    }

    /// Rows of new groups, and the few whose hash is that of another group: their keys are encoded and looked up in full.
    private void insert(Batch batch, int count) {
        EncodedKeys encoded = encoder.encode(batch, missingRows, count);
        for (int i = 0; i < count; i++) {
            encoded.set(i, encoded.address(i), encoded.length(i), hashes[missing[i]]);
        }
        groups.findOrInsert(encoded, missingRows);
        for (int i = 0; i < count; i++) {
            found[missing[i]] = missingRows[i];
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
