package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Keyed;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.RowType;
import java.util.List;

/// Finds the rows of each partition that match a pattern, in an order: MATCH_RECOGNIZE.
///
/// @param order its first column is the event time where the input streams; rows with equal `order` come in the order of
///        their bytes
/// @param kept columns of the input that come out before the values: of a match's first row, or of each row of it
public record MatchRecognize(PlanNode input, List<Integer> partition, List<SortKey> order, MatchPattern pattern,
        List<Integer> kept, List<MatchValue> values, RowType schema) implements Keyed {
    public MatchRecognize {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
        kept = List.copyOf(kept);
        values = List.copyOf(values);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Integer> meetBy(int ignored) {
        return partition;
    }

    @Override
    public MatchRecognize over(List<PlanNode> inputs) {
        return new MatchRecognize(inputs.getFirst(), partition, order, pattern, kept, values, schema);
    }
}
