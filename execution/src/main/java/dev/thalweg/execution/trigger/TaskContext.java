package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.RowIds;
import dev.thalweg.execution.memory.MemoryBudget;
import java.time.ZoneId;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// What all steps of one task share: the expressions' context of the trigger, memory, and where late rows go.
///
/// **Thread** the task's; the trigger thread between rounds.
final class TaskContext {
    private final int task;
    private final BufferAllocator allocator;
    private final LateCollector late = new LateCollector();
    private final CancelFlag cancelled;
    private EvaluationContext evaluation;
    private long clockMicros;
    private long seed;
    private IntFunction<RowIds> ids = RowIds::inBatch;

    TaskContext(int task, BufferAllocator allocator, ZoneId zone, CancelFlag cancelled) {
        this.task = task;
        this.allocator = allocator;
        this.cancelled = cancelled;
        this.evaluation = new EvaluationContext(zone, 0, 0);
    }

    /// One context a task, all charged to the same budget.
    static List<TaskContext> of(int tasks, MemoryBudget budget, ZoneId zone, CancelFlag cancelled) {
        return IntStream.range(0, tasks).mapToObj(task -> new TaskContext(task, budget.allocator(), zone, cancelled))
                .toList();
    }

    int task() {
        return task;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    LateCollector late() {
        return late;
    }

    EvaluationContext evaluation() {
        return evaluation;
    }

    /// The clock of the trigger that runs.
    long clockMicros() {
        return clockMicros;
    }

    void begin(Dataflow.Run run) {
        clockMicros = run.clockMicros();
        seed = run.seed();
        ids = run.ids();
        beginPart(-1 - task);
    }

    /// Random numbers begin anew with each split, so that they do not depend on which task reads it.
    void beginPart(int part) {
        late.beginPart(part);
        evaluation = evaluation.forPart(part, clockMicros, seed + 0x9E37_79B9_7F4A_7C15L * part,
                ids.apply(part));
    }

    void checkCancelled() {
        cancelled.check();
    }
}
