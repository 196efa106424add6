package dev.thalweg.execution.trigger;

import dev.thalweg.execution.trigger.LateCollector.Refused;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.BatchBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/// The rows of a query that came too late, so that they are never just gone: counted exactly for each operator, and the
/// newest of them kept as rows that can be queried (`late(q)`).
///
/// **State** in memory, for this run of the query: at most `rowsMax` rows as JSON text. The counts are of this run too.
/// **Thread** the trigger thread adds; any may read.
public final class LateRows {
    /// The columns of `late(q)`.
    public static final RowType TYPE = RowType.of(new Field("trigger", Simple.BIGINT, false),
            new Field("operator", Simple.STRING, false), new Field("watermark", Simple.TIMESTAMP, false),
            new Field("row", Simple.STRING, false), new Field("weight", Simple.BIGINT, false));

    /// The plan whose result they are, for those who want them in a sink.
    public static final StreamPlan PLAN = plan();

    private static final int BATCH_ROWS_MAX = 8_192;

    private final StreamPlan plan;
    private final int rowsMax;
    private final RowJson json;
    private final Deque<LateRow> rows = new ArrayDeque<>();
    private final Map<String, Long> counts = new HashMap<>();

    private static StreamPlan plan() {
        PlanNode rows = new PlanNode.Values(TYPE, List.of());
        IdentityHashMap<PlanNode, StreamPlan.Traits> traits = new IdentityHashMap<>();
        traits.put(rows, new StreamPlan.Traits(Changes.INSERT_ONLY, EventTime.NONE, false, Optional.empty(), false));
        return new StreamPlan(rows, List.of(rows), traits, OutputMode.APPEND, Optional.empty(), false);
    }

    LateRows(StreamPlan plan, int rowsMax, RowJson json) {
        this.plan = plan;
        this.rowsMax = rowsMax;
        this.json = json;
    }

    /// A row that came too late for an operator.
    ///
    /// @param trigger in which the row came
    /// @param operator that refused it, such as `Aggregate 3`
    /// @param watermarkMicros of the operator, which had overtaken the row
    /// @param row as JSON
    /// @param weight how often it came; below 0 where it was to be taken back
    public record LateRow(long trigger, String operator, long watermarkMicros, String row, long weight) {
        /// In the order of [#TYPE].
        List<Object> values() {
            return List.of(trigger, operator, watermarkMicros, row, weight);
        }
    }

    /// The late rows that are kept, oldest first.
    public synchronized List<LateRow> rows() {
        return List.copyOf(rows);
    }

    /// How many rows have been late in this run, kept or not.
    public synchronized long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// How many rows each operator has refused in this run.
    public synchronized Map<String, Long> countByOperator() {
        return Map.copyOf(counts);
    }

    /// Takes from the tasks what they refused in a trigger.
    ///
    /// @return makes it known: once the trigger is committed it is late for good
    Runnable take(long trigger, List<TaskContext> tasks) {
        List<Refused> refused = refused(tasks);
        if (refused.isEmpty()) {
            return () -> {};
        }
        Map<String, Long> counted = new HashMap<>();
        refused.forEach(late -> counted.merge(operator(late.node()), LateCollector.count(late.rows()), Long::sum));
        List<LateRow> newest = newest(trigger, refused);
        tasks.forEach(task -> task.late().close());
        return () -> add(counted, newest);
    }

    /// As they arrived, whichever task read them.
    private static List<Refused> refused(List<TaskContext> tasks) {
        List<Refused> refused = new ArrayList<>();
        tasks.forEach(task -> refused.addAll(task.late().refused()));
        refused.sort(Comparator.comparingInt(Refused::part));
        return refused;
    }

    /// Gives all that the tasks refused in a trigger, which stays theirs, to a sink.
    void giveAll(long trigger, List<TaskContext> tasks, BufferAllocator allocator, Consumer<Batch> sink) {
        for (Refused late : refused(tasks)) {
            for (int from = 0; from < late.rows().rowCount(); from += BATCH_ROWS_MAX) {
                try (BatchBuilder batch = new BatchBuilder(TYPE, allocator)) {
                    int to = Math.min(late.rows().rowCount(), from + BATCH_ROWS_MAX);
                    for (int row = from; row < to; row++) {
                        batch.add(row(trigger, late, row).values());
                    }
                    sink.accept(batch.build());
                }
            }
        }
    }

    private LateRow row(long trigger, Refused late, int row) {
        return new LateRow(trigger, operator(late.node()), late.judgedBy().micros(), json.of(late.rows(), row),
                late.rows().weight(row));
    }

    /// More than fit: only the newest are worth writing out.
    private List<LateRow> newest(long trigger, List<Refused> refused) {
        List<LateRow> newest = new ArrayList<>();
        long skipped = Math.max(0, refused.stream().mapToLong(late -> late.rows().rowCount()).sum() - rowsMax);
        for (Refused late : refused) {
            Batch batch = late.rows();
            for (int row = 0; row < batch.rowCount(); row++) {
                if (skipped > 0) {
                    skipped--;
                } else {
                    newest.add(row(trigger, late, row));
                }
            }
        }
        return newest;
    }

    private synchronized void add(Map<String, Long> counted, List<LateRow> newest) {
        counted.forEach((operator, count) -> counts.merge(operator, count, Long::sum));
        for (LateRow row : newest) {
            rows.addLast(row);
            if (rows.size() > rowsMax) {
                rows.removeFirst();
            }
        }
    }

    private String operator(PlanNode node) {
        return OperatorNames.of(plan, node);
    }
}
