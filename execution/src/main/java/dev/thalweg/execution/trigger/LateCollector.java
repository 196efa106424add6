package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The rows that one task refused in one trigger, until the trigger commits or is dropped.
///
/// **Thread** the task's; the trigger thread between rounds.
final class LateCollector implements AutoCloseable {
    private final List<Refused> refused = new ArrayList<>();
    private final IdentityHashMap<PlanNode, Long> counts = new IdentityHashMap<>();

    private int part;

    /// @param part in which they came: the number of the split, or below 0 after an exchange
    /// @param node the stateful node that refused them
    /// @param judgedBy its W
    record Refused(int part, PlanNode node, Watermark judgedBy, Batch rows) {}

    /// Rows that come from now on are of that part of the trigger.
    void beginPart(int number) {
        part = number;
    }

    /// Takes over the reference.
    void add(PlanNode node, Watermark judgedBy, Batch rows) {
        counts.merge(node, count(rows), Long::sum);
        refused.add(new Refused(part, node, judgedBy, rows));
    }

    /// How many rows a batch stands for: one that comes, or goes, twice is two.
    static long count(Batch rows) {
        if (!rows.hasWeights()) {
            return rows.rowCount();
        }
        long count = 0;
        for (int row = 0; row < rows.rowCount(); row++) {
            count += Math.abs(rows.weight(row));
        }
        return count;
    }

    List<Refused> refused() {
        return refused;
    }

    Map<PlanNode, Long> counts() {
        return counts;
    }

    /// Forgets the trigger's rows.
    @Override
    public void close() {
        refused.forEach(late -> late.rows().close());
        refused.clear();
        counts.clear();
    }
}
