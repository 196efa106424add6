package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.spi.data.DataType;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/// Makes the operator that serves a node and its input best.
///
/// @param name of the node's tables
/// @param partitions encodes the partition's columns; the operator takes it over
/// @param traits of the node
/// @param input what the input does
/// @param resumed W after the last committed trigger
public record OrderOperators(String name, KeyEncoder partitions, Traits traits, Changes input, StateTables tables,
        Lateness lateness, Watermark resumed, BufferAllocator allocator) {
    public Operator over(Over over) {
        OrderedRows rows = new OrderedRows(name, over.input().schema(), partitions, over.order(), tables, allocator);
        if (over.byTime()) {
            return new OverByTimeOperator(over, new OverByTimeOperator.Opening(name, rows, lateness, tables, resumed),
                    allocator);
        }
        Partials partials = new Partials(rows, Partials.APART);
        return new OverOperator(over, rows, partials, lateness, traits.emitsOnClose(), allocator);
    }

    /// Whether the old row of each place in a partition comes right before its new one, once a trigger.
    public static boolean isNet(TopN top, Changes input) {
        return input == Changes.INSERT_ONLY && FewRowsOperator.serves(top) && FewRowsOperator.isByPlace(top)
                && !top.order().isEmpty() && top.partition().stream().map(top.schema()::type)
                        .allMatch(DataType::isExact);
    }

    public Operator top(TopN top) {
        boolean onlyInserts = input == Changes.INSERT_ONLY;
        if (onlyInserts && top.order().isEmpty() && top.rank() == TopN.Rank.ROW_NUMBER && !top.withRank()) {
            return new FirstRowsOperator(name, top, partitions, tables, lateness);
        }
        if (onlyInserts && FewRowsOperator.serves(top)) {
            return new FewRowsOperator(name, top, partitions, tables, traits.emitsOnClose(), lateness, allocator);
        }
        OrderedRows rows = new OrderedRows(name, top.input().schema(), partitions, top.order(), tables, allocator);
        boolean countsAll = tables.forgets(); // any row that comes keeps its partition alive
        Optional<LeadingRows> leading = onlyInserts && LeadingRows.serves(top) && !countsAll
                ? Optional.of(new LeadingRows(partitions, rows, top, allocator))
                : Optional.empty();
        return new TopNOperator(top, new TopNOperator.Kept(rows, leading, onlyInserts), traits.emitsOnClose(), lateness,
                allocator);
    }
}
