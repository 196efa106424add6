package dev.thalweg.execution.trigger;

import dev.thalweg.execution.trigger.LateCollector.Refused;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rows of a query that came too late, so that they are never just gone: counted exactly for each operator, and the
/// newest of them kept as rows that can be queried (`late(q)`).
///
/// **State** in memory, for this run of the query: at most `rowsMax` rows as JSON text. The counts are of this run too.
/// **Thread** the trigger thread adds; any may read.
public final class LateRows {
    /// The columns of `late(q)`.
    public static final RowType TYPE = RowType.of(new Field("trigger", Simple.BIGINT, false),
            new Field("operator", Simple.STRING, false), new Field("watermark", Simple.TIMESTAMP, false),
            new Field("row", Simple.STRING, false));

    private final StreamPlan plan;
    private final int rowsMax;
    private final RowJson json;
    private final Deque<LateRow> rows = new ArrayDeque<>();
    private final Map<String, Long> counts = new HashMap<>();

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
    public record LateRow(long trigger, String operator, long watermarkMicros, String row) {}

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
        List<Refused> refused = new ArrayList<>();
        tasks.forEach(task -> refused.addAll(task.late().refused()));
        if (refused.isEmpty()) {
            return () -> {};
        }
        refused.sort(Comparator.comparingInt(Refused::part)); // as they arrived, whichever task read them
        Map<String, Long> counted = new HashMap<>();
        refused.forEach(late -> counted.merge(operator(late.node()), (long) late.rows().rowCount(), Long::sum));
        List<LateRow> newest = newest(trigger, refused);
        tasks.forEach(task -> task.late().close());
        return () -> add(counted, newest);
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
                    newest.add(new LateRow(trigger, operator(late.node()), late.judgedBy().micros(),
                            json.of(batch, row)));
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
