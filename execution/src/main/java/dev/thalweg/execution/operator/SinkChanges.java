package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.sink.Accepts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;

/// The border between the plan and a sink: turns the changes of a result, which are true Z-sets, into what the sink takes.
///
/// Rows that only come are handed on at once, and so are changes that are net already. Others wait until the trigger ends, are
/// added up, and what came and went is gone. COMPLETE is not served here but by [ResultTable#emitAll].
/// State: none between triggers. Cost: the changed rows of a trigger in memory. Thread: the trigger thread.
public final class SinkChanges implements AutoCloseable {
    /// The column that [Accepts#CHANGES] puts last.
    public static final String CHANGE_COLUMN = "_change";

    private static final int ROWS_MAX = 16_384;

    private final Accepts accepts;
    private final RowType type;
    private final RowType outputType;
    private final Optional<KeyEncoder> key;
    private final boolean onlyInserts;
    private final boolean isNet;
    private final Set<Kind> taken;
    private final Consolidation rows;
    private final BufferAllocator allocator;
    private final int[] chosen = new int[ROWS_MAX];
    private final Kind[] kinds = new Kind[ROWS_MAX];
    private int count;

    /// What becomes of a row, as users read it.
    private enum Kind {
        INSERT("+I"), UPDATE_BEFORE("-U"), UPDATE_AFTER("+U"), DELETE("-D");

        @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
        private final byte[] name;

        Kind(String name) {
            this.name = name.getBytes(StandardCharsets.US_ASCII);
        }
    }

    /// @param key the columns that identify a row of the result; empty: the whole row does
    /// @param changes of the plan's result
    public SinkChanges(Accepts accepts, RowType type, Optional<List<Integer>> key, Changes changes,
            BufferAllocator allocator) {
        this(accepts, type, key, changes, false, allocator);
    }

    /// @param changes of the plan's result
    /// @param isNet whether each key changes once in a trigger at the most, its old row coming right before its new one
    public SinkChanges(Accepts accepts, RowType type, Optional<List<Integer>> key, Changes changes, boolean isNet,
            BufferAllocator allocator) {
        this.isNet = isNet && (accepts == Accepts.UPSERT || accepts == Accepts.UPSERT_DELETE);
        this.accepts = accepts;
        this.type = type;
        this.outputType = outputType(accepts, type);
        this.key = key.map(columns -> KeyEncoder.of(type, columns, allocator));
        this.onlyInserts = changes == Changes.INSERT_ONLY;
        this.taken = taken(accepts);
        this.rows = new Consolidation(type, allocator);
        this.allocator = allocator;
    }

    private static Set<Kind> taken(Accepts accepts) {
        return switch (accepts) {
            case CHANGES -> EnumSet.allOf(Kind.class);
            case UPSERT_DELETE -> EnumSet.complementOf(EnumSet.of(Kind.UPDATE_BEFORE));
            case APPEND, UPSERT, COMPLETE -> EnumSet.of(Kind.INSERT, Kind.UPDATE_AFTER);
        };
    }

    /// For tests that want to see a lost change noticed: from now on changes of these kinds do not reach the sink.
    ///
    /// @param kinds as users read them, such as `-U`
    public void lose(Set<String> kinds) {
        taken.removeIf(kind -> kinds.contains(new String(kind.name, StandardCharsets.US_ASCII)));
    }

    /// What the sink gets to see of a result of this type.
    public static RowType outputType(Accepts accepts, RowType type) {
        if (accepts != Accepts.CHANGES) {
            return type;
        }
        List<Field> fields = new ArrayList<>(type.fields());
        fields.add(new Field(CHANGE_COLUMN, Simple.STRING, false));
        return new RowType(fields);
    }

    /// Takes over a part of a trigger's changes.
    public void push(Batch delta, Consumer<Batch> sink) {
        if (onlyInserts && accepts != Accepts.CHANGES) {
            sink.accept(expanded(delta));
            return;
        }
        if (isNet && key.isPresent()) {
            handOn(new NetRows(key.get().columns(), new NetRows.Taken(taken.contains(Kind.INSERT),
                    taken.contains(Kind.UPDATE_AFTER), taken.contains(Kind.DELETE))).of(delta), sink);
            return;
        }
        try (delta) {
            rows.add(delta);
        }
    }

    private static void handOn(Batch batch, Consumer<Batch> sink) {
        if (batch.rowCount() == 0) {
            batch.close();
        } else {
            sink.accept(batch);
        }
    }

    /// Weight n becomes n rows.
    private static Batch expanded(Batch batch) {
        if (!batch.hasWeights()) {
            return batch;
        }
        int[] repeated = new int[batch.rowCount()];
        int count = 0;
        for (int i = 0; i < batch.rowCount(); i++) {
            if (batch.weight(i) < 0) {
                batch.close();
                throw new Defect("THW-9402", "A plan that only adds rows took one back at the sink. Please send the"
                        + " query and EXPLAIN INCREMENTAL of it.");
            }
            for (long times = batch.weight(i); times > 0; times--) {
                if (count == repeated.length) {
                    repeated = Arrays.copyOf(repeated, count * 2);
                }
                repeated[count++] = batch.physical(i);
            }
        }
        return batch.once().select(repeated, count);
    }

    /// Ends the trigger: hands over the net of it.
    public void finish(Consumer<Batch> sink) {
        if (rows.size() == 0) {
            return;
        }
        if (key.isPresent()) {
            finishByKey(key.get(), sink);
        } else {
            for (int id = 0; id < rows.size(); id++) {
                Kind kind = rows.weight(id) > 0 ? Kind.INSERT : Kind.DELETE;
                for (long times = Math.abs(rows.weight(id)); times > 0; times--) {
                    put(id, kind, sink);
                }
            }
        }
        flush(sink);
        rows.clear();
    }

    /// The rows of each key come together: its old row, which has gone, and its new one.
    private void finishByKey(KeyEncoder encoder, Consumer<Batch> sink) {
        int[] changed = new int[rows.size()];
        int changes = 0;
        for (int id = 0; id < rows.size(); id++) {
            if (rows.weight(id) != 0) {
                changed[changes++] = id;
            }
        }
        int[] keyOf = new int[changes];
        int keys;
        try (GroupTable table = new GroupTable(allocator); Batch batch = rows.decode(changed, changes)) {
            table.findOrInsert(encoder.encode(batch), keyOf);
            keys = table.size();
        }
        int[] gone = new int[keys];
        int[] come = new int[keys];
        Arrays.fill(gone, -1);
        Arrays.fill(come, -1);
        for (int i = 0; i < changes; i++) {
            int[] side = rows.weight(changed[i]) > 0 ? come : gone;
            if (side[keyOf[i]] >= 0) {
                throw new Defect("THW-9403", "Two rows of the result have one key, " + type.select(encoder.columns())
                        .sql() + ". Please send the query and EXPLAIN INCREMENTAL of it.");
            }
            side[keyOf[i]] = changed[i];
        }
        for (int i = 0; i < keys; i++) {
            putKey(gone[i], come[i], sink);
        }
    }

    private void putKey(int gone, int come, Consumer<Batch> sink) {
        if (gone >= 0 && come >= 0) {
            put(gone, Kind.UPDATE_BEFORE, sink);
            put(come, Kind.UPDATE_AFTER, sink);
        } else if (come >= 0) {
            put(come, Kind.INSERT, sink);
        } else {
            put(gone, Kind.DELETE, sink);
        }
    }

    private void put(int id, Kind kind, Consumer<Batch> sink) {
        if (kind == Kind.DELETE && accepts == Accepts.APPEND) {
            throw new Defect("THW-9402", "A result whose rows are final took one back at the sink. Please send the"
                    + " query and EXPLAIN INCREMENTAL of it.");
        }
        if (!taken.contains(kind)) {
            return;
        }
        chosen[count] = id;
        kinds[count++] = kind;
        if (count == ROWS_MAX) {
            flush(sink);
        }
    }

    private void flush(Consumer<Batch> sink) {
        if (count == 0) {
            return;
        }
        sink.accept(shown(rows.decode(chosen, count)));
        count = 0;
    }

    private Batch shown(Batch batch) {
        try {
            return switch (accepts) {
                case CHANGES -> withKinds(batch);
                case UPSERT_DELETE -> withDeletes(batch);
                case APPEND, UPSERT, COMPLETE -> batch;
            };
        } catch (RuntimeException e) {
            batch.close(); // what was to stand beside it may not fit into the memory
            throw e;
        }
    }

    private Batch withKinds(Batch batch) {
        FieldVector names = ArrowTypes.newVector(outputType.field(type.size()), allocator);
        RawVectors.allocate(names, count, 2L * count);
        for (int i = 0; i < count; i++) {
            Memory.copy(kinds[i].name, 0, names.getDataBufferAddress() + 2L * i, 2);
            Memory.putInt(names.getOffsetBufferAddress() + 4L * (i + 1), 2 * (i + 1));
        }
        RawVectors.finish(names, count);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            columns.add(batch.column(i));
        }
        Column added = Column.of(names);
        columns.add(added);
        return batch.extend(outputType, columns, List.of(added));
    }

    private Batch withDeletes(Batch batch) {
        boolean any = false;
        for (int i = 0; i < count; i++) {
            any |= kinds[i] == Kind.DELETE;
        }
        if (!any) {
            return batch;
        }
        BigIntVector weights = new BigIntVector("weight", allocator);
        weights.allocateNew(count);
        for (int i = 0; i < count; i++) {
            weights.set(i, kinds[i] == Kind.DELETE ? -1 : 1);
        }
        weights.setValueCount(count);
        return batch.weighted(weights);
    }

    /// Forgets a trigger that is dropped.
    public void abort() {
        rows.clear();
        count = 0;
    }

    @Override
    public void close() {
        key.ifPresent(KeyEncoder::close);
        rows.close();
    }
}
