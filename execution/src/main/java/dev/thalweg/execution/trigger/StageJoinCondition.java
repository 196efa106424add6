package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.StageChain;
import dev.thalweg.execution.expression.StageContext;
import dev.thalweg.execution.expression.StageInstance;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.JoinCondition;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.List;

/// What a join demands besides equal keys, as a compiled stage over the pairs.
final class StageJoinCondition implements JoinCondition {
    private static final RowType ANSWER = RowType.of(new Field("holds", Simple.BOOLEAN, true));

    private final StageInstance stage;
    private final TaskContext task;

    StageJoinCondition(StageInstance stage, TaskContext task) {
        this.stage = stage;
        this.task = task;
    }

    /// The chain of one projection that answers for each pair.
    static StageChain chain(RowType pair, Expression condition) {
        PlanNode.Values pairs = new PlanNode.Values(pair, List.of());
        return new StageChain(pairs, List.of(new PlanNode.Project(pairs, List.of(condition), ANSWER)));
    }

    @Override
    public Batch evaluate(Batch joined) {
        int rows = joined.rowCount();
        Answers answers = new Answers();
        stage.run(joined, new StageContext(task.evaluation(), task.allocator(), Long.MIN_VALUE), answers);
        if (answers.batches.size() != 1 || answers.batches.getFirst().rowCount() != rows) {
            answers.batches.forEach(Batch::close);
            throw new Defect("THW-9014", "A join condition did not answer for each of " + rows
                    + " pairs. Please send us the query.");
        }
        return answers.batches.getFirst();
    }

    private static final class Answers implements Downstream {
        private final List<Batch> batches = new ArrayList<>();

        @Override
        public void emit(Batch batch) {
            batches.add(batch);
        }

        @Override
        public void late(Batch rows) {
            rows.close();
            throw new Defect("THW-9014", "A join condition refused rows as late. Please send us the query.");
        }
    }

    @Override
    public void close() {
        stage.close();
    }
}
