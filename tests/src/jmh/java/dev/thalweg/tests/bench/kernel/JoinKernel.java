package dev.thalweg.tests.bench.kernel;

import dev.thalweg.execution.operator.JoinTable;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.OperatorFactory;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.TextDictionary;
import dev.thalweg.spi.data.VectorValues;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What a row costs that is joined with a table of a thousand rows.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(JoinKernel.BATCHES * Rows.COUNT)
public class JoinKernel {
    static final int BATCHES = 64;
    private static final int KEYS = 1_000;

    /// What the rows are joined by.
    public enum Key {
        /// A number.
        LONG(Rows.ID),
        /// A text in its row.
        TEXT(Rows.S),
        /// A text that is a code.
        CODED_TEXT(Rows.S);

        private final int column;

        Key(int column) {
            this.column = column;
        }
    }

    /// How many rows of the table have the same key.
    public enum Matches {
        ONE, TWO
    }

    @Param
    Key key = Key.LONG;
    @Param
    Matches matches = Matches.ONE;

    private static final RowType TABLE = RowType.of(Field.of("key", Simple.BIGINT), Field.of("text", Simple.STRING),
            Field.of("name", Simple.STRING));

    private final RootAllocator allocator = new RootAllocator();
    private final CountedRows joined = new CountedRows();
    private List<Batch> batches = List.of();
    private JoinTable table = table(Key.LONG, Matches.ONE);
    private Operator join = operator(Key.LONG);

    private static String text(long key) {
        return "https://www.nexmark.com/item-" + key;
    }

    private JoinTable table(Key by, Matches each) {
        try (BatchBuilder builder = new BatchBuilder(TABLE, allocator)) {
            for (long row = 0; row < KEYS * (1L + each.ordinal()); row++) {
                builder.add(List.of(row % KEYS, text(row % KEYS), "name " + row % 100));
            }
            return JoinTable.of(TABLE, List.of(builder.build()), List.of(by == Key.LONG ? 0 : 1), allocator);
        }
    }

    private Operator operator(Key by) {
        PlanNode stream = new PlanNode.Values(Rows.TYPE, List.of());
        PlanNode rows = new PlanNode.Values(TABLE, List.of());
        List<Field> fields = new ArrayList<>(Rows.TYPE.fields());
        fields.addAll(TABLE.fields());
        PlanNode.StaticJoin node = new PlanNode.StaticJoin(stream, rows, PlanNode.JoinKind.INNER, List.of(by.column),
                List.of(by == Key.LONG ? 0 : 1), Optional.empty(), new RowType(fields));
        IdentityHashMap<PlanNode, StreamPlan.Traits> traits = new IdentityHashMap<>();
        for (PlanNode each : List.of(stream, rows, node)) {
            traits.put(each,
                    new StreamPlan.Traits(Changes.INSERT_ONLY, EventTime.NONE, false, Optional.empty(), false));
        }
        StreamPlan plan = new StreamPlan(node, List.of(stream, rows, node), traits, OutputMode.APPEND, Optional.empty(),
                false);
        return new OperatorFactory(plan).staticJoin(node, table, Optional.empty(), allocator);
    }

    /// The batches with the texts of all keys as one dictionary.
    private List<Batch> coded(List<Batch> plain) {
        BaseVariableWidthVector texts = (BaseVariableWidthVector) ArrowTypes.newVector(Rows.TYPE.field(Rows.S), allocator);
        texts.allocateNew();
        for (int i = 0; i < KEYS; i++) {
            VectorValues.set(texts, i, Simple.STRING, text(i));
        }
        texts.setValueCount(KEYS);
        try (TextDictionary dictionary = TextDictionary.of(texts)) {
            return plain.stream().map(batch -> coded(batch, dictionary)).toList();
        }
    }

    private static Batch coded(Batch batch, TextDictionary dictionary) {
        int[] codes = new int[batch.rowCount()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = (int) ((BigIntVector) batch.vector(Rows.ID)).get(row);
        }
        Column column = new CodedText(codes, codes.length, false, dictionary.retain());
        List<Column> columns = List.of(batch.column(Rows.ID), batch.column(Rows.N), batch.column(Rows.D), column);
        return batch.extend(Rows.TYPE, columns, List.of(column));
    }

    @Setup(Level.Trial)
    public void open() {
        join.close();
        table.close();
        table = table(key, matches);
        join = operator(key);
        List<Batch> plain = Rows.make(BATCHES, KEYS, allocator);
        batches = key == Key.CODED_TEXT ? coded(plain) : plain;
    }

    @Benchmark
    public long join() {
        for (Batch batch : batches) {
            join.push(0, batch.retain(), joined);
        }
        return joined.rows;
    }

    @TearDown(Level.Trial)
    public void close() {
        batches.forEach(Batch::close);
        join.close();
        table.close();
        allocator.close();
    }
}
