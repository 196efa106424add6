package dev.thalweg.execution.expression;

import dev.thalweg.execution.hash.Slices;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/// Runs compiled stages over rows of objects, for tests; closing it checks that no memory was left behind.
final class StageBench implements AutoCloseable {
    private final BufferAllocator allocator = new RootAllocator();
    private final StageCompiler compiler;
    private EvaluationContext context = new EvaluationContext(ZoneId.of("UTC"), 0, 1);
    private long watermark = Long.MIN_VALUE;

    StageBench(List<Class<?>> functions) {
        compiler = new StageCompiler(new FunctionTable(functions));
    }

    StageBench() {
        this(List.of());
    }

    private StageBench(StageCompiler compiler) {
        this.compiler = compiler;
    }

    /// Every stage is cut into small methods, however short it is.
    static StageBench splitting() {
        return new StageBench(new StageCompiler(new FunctionTable(List.of()), 0));
    }

    StageBench zone(String zone) {
        context = new EvaluationContext(ZoneId.of(zone), 0, 1);
        return this;
    }

    StageBench watermark(long micros) {
        watermark = micros;
        return this;
    }

    long watermark() {
        return watermark;
    }

    StageCompiler compiler() {
        return compiler;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    EvaluationContext context() {
        return context;
    }

    @Nullable
    Object value(Expression expression) {
        return new Expressions(compiler, allocator).evaluate(expression, context).orElse(null);
    }

    @Nullable
    Object value(Expression expression, RowType type, List<? extends @Nullable Object> row) {
        return new Expressions(compiler, allocator).evaluate(expression, type, row, context).orElse(null);
    }

    Batch batch(RowType type, List<? extends List<? extends @Nullable Object>> rows) {
        try (BatchBuilder builder = new BatchBuilder(type, allocator)) {
            rows.forEach(builder::add);
            return builder.build();
        }
    }

    Result run(PlanNode node, Batch input) {
        return run(compiler.compile(StageChain.of(node)), input);
    }

    Result run(Stage stage, Batch input) {
        return run(stage, List.of(input));
    }

    /// One batch after the other through the same copy of a stage.
    Result run(Stage stage, List<Batch> inputs) {
        Result result = new Result(allocator);
        try (StageInstance instance = stage.open(allocator)) {
            for (Batch input : inputs) {
                instance.run(input, new StageContext(context, allocator, watermark), result);
            }
        }
        return result;
    }

    static PlanNode values(RowType type) {
        return new PlanNode.Values(type, List.of());
    }

    @Override
    public void close() {
        allocator.close();
    }

    /// What a stage handed on, read out row by row.
    static final class Result implements Downstream {
        private final BufferAllocator allocator;
        private final List<List<@Nullable Object>> rows = new ArrayList<>();
        private final List<Long> weights = new ArrayList<>();
        private final List<List<@Nullable Object>> late = new ArrayList<>();
        private int batches;

        Result(BufferAllocator allocator) {
            this.allocator = allocator;
        }

        List<List<@Nullable Object>> rows() {
            return rows;
        }

        List<List<@Nullable Object>> late() {
            return late;
        }

        List<Long> weights() {
            return weights;
        }

        int batches() {
            return batches;
        }

        @Override
        public void emit(Batch batch) {
            batches++;
            try (Batch whole = Slices.copied(batch, allocator)) {
                for (int i = 0; i < whole.rowCount(); i++) {
                    weights.add(whole.weight(i));
                }
                read(whole, rows);
            }
        }

        @Override
        public void late(Batch batch) {
            try (batch) {
                read(batch, late);
            }
        }

        private static void read(Batch batch, List<List<@Nullable Object>> into) {
            for (int i = 0; i < batch.rowCount(); i++) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int column = 0; column < batch.columnCount(); column++) {
                    row.add(VectorValues.get(batch.vector(column), batch.physical(i), batch.type().type(column)));
                }
                into.add(row);
            }
        }
    }
}
