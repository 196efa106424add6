package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;

/// Joins a stream with a table that does not change while the query runs.
///
/// State: none in the checkpoint; the [JoinTable] is shared by the tasks. RIGHT and FULL, which run over finite input only,
/// remember which rows of the table were met, and give out the others at the end.
/// Changes: those of the stream; the weight of a joined row is the product of both.
/// Cost: one probe a row, or for a key of coded texts one a text. Where no row meets more than one of the table, the stream's
/// columns stay as they are and the table's are laid beside them; else one loop a column over the joined rows. Texts of the
/// table are named by their rows, not copied.
final class StaticJoinOperator implements Operator {
    private static final int ROWS_MAX = 16_384;
    /// Where fewer of a batch's physical rows are left, they are packed: laying columns beside it would cost more, and keep
    /// all of it.
    private static final int SPARSE = 8;

    private final StaticJoin join;
    private final JoinTable table;
    private final Optional<JoinCondition> condition;
    private final BufferAllocator allocator;
    private final StreamKeys keys;
    private final RowType pairType;
    private final BatchRows batchRows = new BatchRows();
    private final BitSet met = new BitSet();
    private int[] ids = new int[0];
    private boolean[] matched = new boolean[0];
    private final int[] streamRow = new int[ROWS_MAX];
    private final int[] tableRow = new int[ROWS_MAX];
    /// Place of the pair's stream row in its batch, as [#matched] counts.
    private final int[] place = new int[ROWS_MAX];
    private int pairs;
    /// Of so many rows of the batch the result has been given.
    private int given;
    private boolean unmetGiven;

    StaticJoinOperator(StaticJoin join, JoinTable table, Optional<JoinCondition> condition,
            BufferAllocator allocator) {
        this.join = join;
        this.table = table;
        this.condition = condition;
        this.allocator = allocator;
        RowType stream = join.stream().schema();
        this.keys = new StreamKeys(table, stream, join.streamKeys(), allocator);
        this.pairType = new RowType(Stream.concat(stream.fields().stream(), join.table().schema().fields().stream())
                .toList());
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (batch) {
            int count = batch.rowCount();
            if (ids.length < count) {
                ids = new int[count];
                matched = new boolean[count];
            }
            int[] physical = batchRows.of(batch);
            keys.find(batch, physical, ids);
            if (meetsOneAtMost()) {
                joinOneAtMost(batch, physical, out);
                return;
            }
            Arrays.fill(matched, 0, count, false);
            if (needsPairs()) {
                given = 0;
                for (int i = 0; i < count; i++) {
                    for (int row = table.first(ids[i]); row != JoinTable.NONE; row = table.next(row)) {
                        addPair(batch, physical, i, row, out);
                    }
                }
                flush(batch, physical, count, out);
            } else {
                for (int i = 0; i < count; i++) {
                    matched[i] = table.first(ids[i]) != JoinTable.NONE;
                }
            }
            finish(batch, physical, out);
        }
    }

    /// Whether each row of the stream gives at most one, with columns of the table beside its own.
    private boolean meetsOneAtMost() {
        return table.hasUniqueKeys() && condition.isEmpty() && givesPairs();
    }

    private void joinOneAtMost(Batch batch, int[] physical, Downstream out) {
        boolean keepsUnmatched = join.kind() == JoinKind.LEFT || join.kind() == JoinKind.FULL;
        int[] streamRows = new int[batch.rowCount()];
        int[] tableRows = new int[batch.rowCount()];
        int count = 0;
        for (int i = 0; i < streamRows.length; i++) {
            int row = table.first(ids[i]);
            if (row >= 0 || keepsUnmatched) {
                streamRows[count] = physical[i];
                tableRows[count++] = row;
            }
        }
        if (remembersMet()) {
            for (int i = 0; i < count; i++) {
                if (tableRows[i] >= 0) {
                    met.set(tableRows[i]);
                }
            }
        }
        if (count > 0) {
            out.emit(count < batch.vectorRows() / SPARSE
                    ? joined(batch, join.schema(), streamRows, tableRows, count)
                    : beside(batch, streamRows, tableRows, count));
        }
    }

    /// Some rows of the batch with the table's columns, whose values lie at the physical rows of the stream's.
    private Batch beside(Batch batch, int[] streamRows, int[] tableRows, int count) {
        // To a row that is left out belongs no text and no list: it would be copied for nobody. But a number, for a NULL there
        // would make all who read the column look for NULLs.
        int[] chosen = new int[batch.vectorRows()];
        Arrays.fill(chosen, Gather.NULL_ROW);
        int[] chosenOrFirst = table.rows().rowCount() == 0 ? chosen : new int[chosen.length];
        int least = 0;
        for (int i = 0; i < count; i++) {
            chosen[streamRows[i]] = tableRows[i];
            chosenOrFirst[streamRows[i]] = tableRows[i];
            least = Math.min(least, tableRows[i]);
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < batch.columnCount(); i++) {
            columns.add(batch.column(i));
        }
        try (NewColumns added = new NewColumns(allocator)) {
            for (int i = 0; i < table.rows().columnCount(); i++) {
                Field field = join.schema().field(columns.size());
                Column column = table.rows(i, field, field.type().isFixedWidth() ? chosenOrFirst : chosen,
                        chosen.length, least < 0, allocator);
                columns.add(column);
                added.add(column);
            }
            return batch.retain().extend(join.schema(), columns, added.take()).select(streamRows, count);
        }
    }

    private boolean remembersMet() {
        return join.kind() == JoinKind.RIGHT || join.kind() == JoinKind.FULL;
    }

    /// SEMI and ANTI without a further condition only ask whether there is a row.
    private boolean needsPairs() {
        return condition.isPresent() || givesPairs();
    }

    private boolean givesPairs() {
        return switch (join.kind()) {
            case INNER, LEFT, RIGHT, FULL -> true;
            case SEMI, ANTI -> false;
        };
    }

    private void addPair(Batch batch, int[] physical, int at, int row, Downstream out) {
        streamRow[pairs] = physical[at];
        place[pairs] = at;
        tableRow[pairs++] = row;
        if (pairs == ROWS_MAX) {
            flush(batch, physical, at, out);
        }
    }

    /// @param done of so many rows of the batch all pairs have come
    private void flush(Batch batch, int[] physical, int done, Downstream out) {
        if (pairs > 0) {
            condition.ifPresent(test -> keepTrue(batch, test));
        }
        for (int i = 0; i < pairs; i++) {
            matched[place[i]] = true;
            met.set(tableRow[i]);
        }
        switch (join.kind()) {
            case INNER, RIGHT -> emitPairs(batch, streamRow, tableRow, pairs, out);
            case LEFT, FULL -> emitWithUnmatched(batch, physical, done, out);
            case SEMI, ANTI -> {
            }
        }
        pairs = 0;
    }

    private void emitPairs(Batch batch, int[] left, int[] right, int count, Downstream out) {
        if (count > 0) {
            out.emit(joined(batch, join.schema(), left, right, count));
        }
    }

    /// A row without a match comes out in its place among the others: what is above may go by the order of arrival.
    private void emitWithUnmatched(Batch batch, int[] physical, int done, Downstream out) {
        int[] left = new int[pairs + done - given];
        int[] right = new int[left.length];
        int count = 0;
        int pair = 0;
        for (int at = given; at < done; at++) {
            for (; pair < pairs && place[pair] == at; pair++) {
                left[count] = streamRow[pair];
                right[count++] = tableRow[pair];
            }
            if (!matched[at]) {
                left[count] = physical[at];
                right[count++] = Gather.NULL_ROW;
            }
        }
        for (; pair < pairs; pair++) { // of a row whose other pairs are still to come
            left[count] = streamRow[pair];
            right[count++] = tableRow[pair];
        }
        given = done;
        emitPairs(batch, left, right, count, out);
    }

    private void keepTrue(Batch batch, JoinCondition test) {
        try (Batch truth = test.evaluate(joined(batch, pairType, streamRow, tableRow, pairs))) {
            FieldVector column = truth.vector(0);
            long data = column.getDataBufferAddress();
            int kept = 0;
            for (int i = 0; i < pairs; i++) {
                int row = truth.physical(i);
                if (!column.isNull(row) && Memory.getBit(data, row)) {
                    streamRow[kept] = streamRow[i];
                    place[kept] = place[i];
                    tableRow[kept++] = tableRow[i];
                }
            }
            pairs = kept;
        }
    }

    /// A batch of joined rows; [Gather#NULL_ROW] on either side gives NULLs.
    private Batch joined(Batch batch, RowType type, int[] left, int[] right, int count) {
        int streamColumns = join.stream().schema().size();
        int[] tableRows = Arrays.copyOf(right, count);
        boolean anyNull = Arrays.stream(tableRows).anyMatch(row -> row < 0);
        try (NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < type.size(); i++) {
                columns.add(i < streamColumns
                        ? Gather.rows(batch.column(i), type.field(i), left, count, allocator)
                        : table.rows(i - streamColumns, type.field(i), tableRows, count, anyNull, allocator));
            }
            addWeights(columns, batch, left, right, count);
            return columns.batch(type, count);
        }
    }

    private void addWeights(NewColumns columns, Batch batch, int[] left, int[] right, int count) {
        BigIntVector streamWeights = batch.weights();
        boolean once = streamWeights == null;
        for (int i = 0; i < count && once; i++) {
            once = right[i] < 0 || table.weight(right[i]) == 1;
        }
        if (once) {
            return;
        }
        long[] weights = new long[count];
        for (int i = 0; i < count; i++) {
            long stream = streamWeights == null || left[i] < 0 ? 1 : streamWeights.get(left[i]);
            weights[i] = Math.multiplyExact(stream, right[i] < 0 ? 1 : table.weight(right[i]));
        }
        columns.addWeights(weights, count);
    }

    /// What asks only whether a stream row was matched at all.
    private void finish(Batch batch, int[] physical, Downstream out) {
        switch (join.kind()) {
            case INNER, RIGHT, LEFT, FULL -> {
            }
            case SEMI -> emitRows(batch, physical, true, out);
            case ANTI -> emitRows(batch, physical, false, out);
        }
    }

    private void emitRows(Batch batch, int[] physical, boolean wanted, Downstream out) {
        int[] rows = new int[batch.rowCount()];
        int count = 0;
        for (int i = 0; i < batch.rowCount(); i++) {
            if (matched[i] == wanted) {
                rows[count++] = physical[i];
            }
        }
        if (count > 0) {
            out.emit(batch.retain().select(rows, count));
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (!remembersMet() || unmetGiven) {
            return;
        }
        unmetGiven = true;
        int[] unmet = new int[table.rows().rowCount()];
        int count = 0;
        for (int row = met.nextClearBit(0); row < unmet.length; row = met.nextClearBit(row + 1)) {
            unmet[count++] = row;
        }
        if (count > 0) {
            emitUnmet(unmet, count, out);
        }
    }

    private void emitUnmet(int[] unmet, int count, Downstream out) {
        int[] nulls = new int[count];
        Arrays.fill(nulls, Gather.NULL_ROW);
        RowType stream = join.stream().schema();
        List<FieldVector> none = new ArrayList<>();
        stream.fields().forEach(field -> none.add(ArrowTypes.newVector(field, allocator)));
        try (Batch empty = Batch.of(stream, none, 0)) {
            out.emit(joined(empty, join.schema(), nulls, unmet, count));
        }
    }

    @Override
    public void close() {
        keys.close();
        condition.ifPresent(JoinCondition::close);
    }
}
