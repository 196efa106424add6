package dev.thalweg.execution.expression;

import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Evaluates single expressions, outside any query: constants, defaults, rows of VALUES.
///
/// **Cost** a compiled stage each time the expression is new; not for rows.
public final class Expressions {
    private final StageCompiler compiler;
    private final BufferAllocator allocator;

    public Expressions(StageCompiler compiler, BufferAllocator allocator) {
        this.compiler = compiler;
        this.allocator = allocator;
    }

    /// The value of an expression that reads no row, as `DataType` lists it; empty is NULL.
    public Optional<Object> evaluate(Expression expression, EvaluationContext context) {
        return evaluate(expression, RowType.of(), List.of(), context);
    }

    /// The value for one row.
    public Optional<Object> evaluate(Expression expression, RowType type, List<? extends @Nullable Object> row,
            EvaluationContext context) {
        RowType result = RowType.of(Field.of("value", expression.type()));
        PlanNode node = new PlanNode.Project(new PlanNode.Values(type, List.of()), List.of(expression), result);
        Answer answer = new Answer(expression);
        try (StageInstance stage = compiler.compile(StageChain.of(node)).open(allocator);
                BatchBuilder builder = new BatchBuilder(type, allocator)) {
            stage.run(builder.add(row).build(), new StageContext(context, allocator, Long.MIN_VALUE), answer);
        }
        return answer.value;
    }

    private static final class Answer implements Downstream {
        private final Expression expression;
        private Optional<Object> value = Optional.empty();

        private Answer(Expression expression) {
            this.expression = expression;
        }

        @Override
        public void emit(Batch batch) {
            try (batch) {
                value = Optional.ofNullable(VectorValues.get(batch.vector(0), batch.physical(0), expression.type()));
            }
        }

        @Override
        public void late(Batch rows) {
            rows.close();
        }
    }
}
