package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.StageContext;
import dev.thalweg.execution.expression.StageInstance;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.FixedWidth;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.TextDictionary;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.ThalwegException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Everything around the row loop of a compiled stage: vectors begun and finished, batches put together and handed on,
/// errors located.
///
/// Abstract, because generated classes fill in the loop itself: [#rows] for batches with nulls, [#rowsWithoutNulls] for
/// batches whose columns that matter have none. A stage writes in one of two ways. *Dense*: every output column is computed
/// and rows are packed. *In place*: some columns are the input's own, shared and not copied; computed values lie at the
/// physical row of their input row, and a selection over all of them says which rows are left.
public abstract class StageLoop implements StageInstance {
    public static final String GENERATED_NAME = "dev.thalweg.generated.CompiledStage";
    private static final String FUNCTIONS = "dev.thalweg.execution.expression.function.";
    private static final int MULTIPLIED_ROWS_MAX = 1 << 14;
    /// Slices are looked at at once: so few that they are still in the nearest cache then.
    private static final int SLICED_ROWS_MAX = 1 << 12;
    private static final int[] NO_ROWS = {};

    protected final StageSetup setup;
    protected final Scratch literals;
    protected final Scratch scratch;
    protected final Scratch constants;
    private final @Nullable OutputColumn[] columns;
    /// Whether what is computed is the same for each row.
    private final boolean computesNothingOfRows;
    private final Answers answers = new Answers();

    protected EvaluationContext context;
    protected long watermark;
    protected int capacity;
    protected int[] kept = NO_ROWS;
    protected boolean weighted;
    /// Grows with each row that the topmost generator makes.
    protected int made;
    private int[] late = NO_ROWS;
    private int lateCount;
    private int lastLateMade;
    private @Nullable Batch input;
    private @Nullable BigIntVector weights;
    private @Nullable Downstream downstream;
    private BufferAllocator outputAllocator;
    private boolean handingOn;

    protected StageLoop(StageSetup setup) {
        this.setup = setup;
        this.literals = new Scratch(setup.allocator());
        this.scratch = new Scratch(setup.allocator());
        this.constants = new Scratch(setup.allocator());
        this.outputAllocator = setup.allocator();
        this.context = new EvaluationContext(java.time.ZoneOffset.UTC, 0, 0);
        this.columns = new OutputColumn[setup.output().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = setup.copied().get(i) >= 0
                    ? null
                    : OutputColumn.of(setup.output().field(i), setup.slices().contains(i), setup.alike().contains(i));
        }
        this.computesNothingOfRows = !setup.dense() && IntStream.range(0, columns.length)
                .allMatch(i -> columns[i] == null || setup.alike().contains(i));
    }

    /// Runs all rows; returns how many output rows are waiting ([#kept] names them when the stage can drop rows in place).
    protected abstract int rows(int count, int @Nullable [] selection);

    protected abstract int rowsWithoutNulls(int count, int @Nullable [] selection);

    /// Forgets the values of constant expressions, which may depend on the context.
    protected abstract void forgetConstants();

    /// Whether a row can be dropped in place.
    protected abstract boolean drops();

    @Override
    public final void run(Batch batch, StageContext stageContext, Downstream out) {
        Batch usable = setup.dense() || isAscending(batch) ? batch : packed(batch, stageContext.allocator());
        if (usable.rowCount() == 0) {
            usable.close();
            return;
        }
        input = usable;
        downstream = out;
        if (context != stageContext.evaluation()) {
            answers.forget(); // they may have looked at its clock
        }
        context = stageContext.evaluation();
        watermark = stageContext.watermarkMicros();
        outputAllocator = stageContext.allocator();
        lateCount = 0;
        constants.reset();
        scratch.beginBatch();
        forgetConstants();
        try {
            begin(usable);
            int[] selection = usable.selection();
            if (computesNothingOfRows && !drops()) {
                rows(1, selection);
                finish(usable.rowCount());
            } else {
                finish(hasNulls(usable)
                        ? rows(usable.rowCount(), selection)
                        : rowsWithoutNulls(usable.rowCount(), selection));
            }
        } catch (RuntimeException failure) {
            throw handingOn ? failure : located(failure);
        } finally {
            handingOn = false;
            discard();
        }
    }

    private void begin(Batch batch) {
        int count = batch.rowCount();
        weighted = setup.dense() && batch.hasWeights();
        capacity = !setup.dense()
                ? batch.vectorRows()
                : setup.multiplies()
                        ? Math.clamp(8L * count, 1 << 10,
                                setup.slices().isEmpty() ? MULTIPLIED_ROWS_MAX : SLICED_ROWS_MAX)
                        : count;
        kept = !setup.dense() && drops() ? new int[count] : NO_ROWS;
        beginColumns();
    }

    private void beginColumns() {
        for (OutputColumn column : columns) {
            if (column != null) {
                column.begin(capacity, outputAllocator);
            }
        }
        if (weighted) {
            BigIntVector fresh = new BigIntVector("weight", outputAllocator);
            weights = fresh;
            FixedWidth.allocate(fresh, capacity);
            FixedWidth.setAll(fresh.getValidityBuffer(), capacity);
        }
    }

    private boolean hasNulls(Batch batch) {
        for (int column : setup.nullable()) {
            if (batch.column(column).hasNulls()) {
                return true;
            }
        }
        return false;
    }

    // What generated code calls.

    protected final FieldVector vector(int column) {
        return batch().vector(column);
    }

    /// The texts of a column: one a row, or one a code where [#codes] gives any.
    protected final FieldVector texts(int column) {
        return batch().column(column) instanceof CodedText coded ? coded.dictionary().values() : vector(column);
    }

    /// The code of each row's text, or null where the texts are in their rows.
    protected final int @Nullable [] codes(int column) {
        return batch().column(column) instanceof CodedText coded ? coded.codes() : null;
    }

    /// Where the validity bits of a column are that has no codes.
    protected final long validity(int column) {
        return codes(column) == null ? vector(column).getValidityBufferAddress() : 0;
    }

    /// What condition number `condition` has said about each text of a coded column, so far: 0 is nothing yet. Null
    /// where it must be asked for each row.
    protected final byte @Nullable [] answers(int condition, int column) {
        return batch().column(column) instanceof CodedText coded ? answers.of(condition, coded.dictionary()) : null;
    }

    protected final OutputColumn output(int column) {
        OutputColumn output = columns[column];
        if (output == null) {
            throw new Defect("THW-9020",
                    "Column " + column + " of a stage is copied, yet written. Please report this query.");
        }
        return output;
    }

    protected final long inputWeights() {
        BigIntVector given = batch().weights();
        return given == null ? 0 : given.getDataBufferAddress();
    }

    protected final long outputWeights() {
        return weights == null ? 0 : weights.getDataBufferAddress();
    }

    /// Reports a row late: one that a generator made, else the input row; once however many of its windows are refused.
    protected final void late(int row) {
        if (lateCount > 0 && late[lateCount - 1] == row && lastLateMade == made) {
            return;
        }
        lastLateMade = made;
        if (lateCount == late.length) {
            late = Arrays.copyOf(late, Math.max(64, 2 * lateCount));
        }
        late[lateCount++] = row;
    }

    /// Hands on the packed rows so far and begins new vectors.
    protected final void flush(int rows) {
        emit(packedOutput(rows));
        beginColumns();
    }

    /// Hands on the packed rows so far, if any, so that the memory of their texts can be used again.
    protected final int release(int rows) {
        if (rows > 0) {
            flush(rows);
        }
        scratch.reset();
        return 0;
    }

    private Batch batch() {
        if (input == null) {
            throw new Defect("THW-9021", "A stage was asked for its input between batches. Please report this query.");
        }
        return input;
    }

    // How output leaves.

    private void finish(int rows) {
        if (lateCount > 0) {
            Batch refused = batch().retain().select(Arrays.copyOf(late, lateCount), lateCount);
            handingOn = true;
            out().late(refused);
            handingOn = false;
        }
        if (rows == 0) {
            return;
        }
        emit(setup.dense() ? packedOutput(rows) : inPlaceOutput(rows));
    }

    private void emit(Batch batch) {
        handingOn = true;
        out().emit(batch);
        handingOn = false;
    }

    private Downstream out() {
        if (downstream == null) {
            throw new Defect("THW-9021", "A stage was asked for its output between batches. Please report this query.");
        }
        return downstream;
    }

    private Batch packedOutput(int rows) {
        try (NewColumns vectors = new NewColumns(outputAllocator)) {
            for (int i = 0; i < columns.length; i++) {
                vectors.add(output(i).finish(rows));
            }
            BigIntVector rowWeights = weights;
            weights = null;
            if (rowWeights != null) {
                rowWeights.setValueCount(rows);
            }
            return Batch.ofColumns(setup.output(), vectors.take(), rows, rowWeights);
        }
    }

    private Batch inPlaceOutput(int rows) {
        Batch source = batch();
        List<Column> all = new ArrayList<>();
        Batch view;
        try (NewColumns added = new NewColumns(outputAllocator)) {
            for (int i = 0; i < columns.length; i++) {
                OutputColumn column = columns[i];
                if (column == null) {
                    all.add(source.column(setup.copied().get(i)));
                } else {
                    Column computed = column.finish(source.vectorRows());
                    all.add(computed);
                    added.add(computed);
                }
            }
            input = null; // its reference goes into the view
            view = source.extend(setup.output(), all, added.take());
        }
        return rows == view.rowCount() ? view : view.select(kept, rows);
    }

    private void discard() {
        for (OutputColumn column : columns) {
            if (column != null) {
                column.discard();
            }
        }
        if (weights != null) {
            weights.close();
            weights = null;
        }
        if (input != null) {
            input.close();
            input = null;
        }
        downstream = null;
        scratch.endBatch();
    }

    // In place, text is written in the order of physical rows, so the selection must ascend.

    private static boolean isAscending(Batch batch) {
        int[] selection = batch.selection();
        if (selection == null) {
            return true;
        }
        for (int i = 1; i < batch.rowCount(); i++) {
            if (selection[i] <= selection[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private static Batch packed(Batch batch, BufferAllocator allocator) {
        try (batch) {
            RowType type = batch.type();
            int rows = batch.rowCount();
            try (NewColumns vectors = new NewColumns(allocator)) {
                for (int i = 0; i < type.size(); i++) {
                    gather(batch, batch.vector(i), vectors.add(type.field(i)));
                }
                if (batch.hasWeights()) {
                    vectors.addWeights(IntStream.range(0, rows).mapToLong(batch::weight).toArray(), rows);
                }
                return vectors.batch(type, rows);
            }
        }
    }

    private static void gather(Batch batch, FieldVector from, FieldVector to) {
        to.setInitialCapacity(batch.rowCount());
        to.allocateNew();
        for (int i = 0; i < batch.rowCount(); i++) {
            to.copyFromSafe(batch.physical(i), i, from);
        }
        to.setValueCount(batch.rowCount());
    }

    // Which expression failed: the nearest comment above the failing line of the generated source names it.

    private RuntimeException located(RuntimeException failure) {
        if (failure instanceof RowError || failure instanceof OutOfMemoryException // of the query, and no expression's
                || (failure instanceof ThalwegException && !(failure instanceof InvalidQuery))) {
            return failure;
        }
        String where = expressionAt(failure);
        if (failure instanceof DateTimeException || isOverflow(failure)) {
            return new RowError(Failures.beyondCalendar(failure), where);
        }
        return failure instanceof InvalidQuery invalid
                ? new RowError(invalid, where)
                : new Defect("THW-9022",
                        "Unexpected %s while computing %s. Please report the query and this stack trace."
                                .formatted(failure, where),
                        failure);
    }

    /// Of an exact sum or product in a function on dates and times; elsewhere it would be ours.
    private static boolean isOverflow(RuntimeException failure) {
        return failure instanceof ArithmeticException && Arrays.stream(failure.getStackTrace())
                .map(StackTraceElement::getClassName).filter(name -> !name.startsWith("java.")).findFirst()
                .filter(name -> name.startsWith(FUNCTIONS) || name.equals(EvaluationContext.class.getName())
                        || name.equals(DateTimes.class.getName()))
                .isPresent();
    }

    private String expressionAt(RuntimeException failure) {
        String[] lines = setup.source().split("\n", -1);
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().equals(GENERATED_NAME)) {
                for (int i = Math.min(frame.getLineNumber(), lines.length) - 1; i >= 0; i--) {
                    String line = lines[i].strip();
                    if (line.startsWith("// ")) {
                        return line.substring(3);
                    }
                }
            }
        }
        return "an expression";
    }

    @Override
    public final void close() {
        literals.close();
        scratch.close();
        constants.close();
    }
}
