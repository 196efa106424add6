package dev.thalweg.planner.explain;

import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.planner.logical.ColumnMarks;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// Prints an incremental plan for people: a node a line with its traits, and below it the state it keeps and what frees it.
public final class ExplainPrinter {
    private final StreamPlan plan;
    private final StringBuilder text = new StringBuilder();

    private ExplainPrinter(StreamPlan plan) {
        this.plan = plan;
    }

    public static String print(StreamPlan plan) {
        ExplainPrinter printer = new ExplainPrinter(plan);
        printer.header();
        printer.node(plan.root(), "");
        return printer.text.toString();
    }

    /// The logical plan, the incremental one, and what the query keeps.
    public static String printExtended(String logical, StreamPlan plan) {
        return "== Logical plan ==\n" + logical + "\n== Incremental plan ==\n" + print(plan) + "\n== State ==\n"
                + printState(plan);
    }

    /// Only what the query keeps, and what frees it.
    public static String printState(StreamPlan plan) {
        ExplainPrinter printer = new ExplainPrinter(plan);
        for (PlanNode node : plan.nodes()) {
            printer.state(node, plan.traits(node)).ifPresent(
                    state -> printer.text.append(NodeText.of(node)).append("\n  ").append(state).append('\n'));
        }
        return printer.text.isEmpty() ? "This query keeps no state.\n" : printer.text.toString();
    }

    private void header() {
        text.append("output mode: ").append(plan.mode().name().toLowerCase(Locale.ROOT));
        plan.key().ifPresent(key -> text.append(", key: ").append(names(key, plan.schema())));
        text.append(plan.mayDelete() ? ", may delete\n" : "\n");
        if (!plan.order().isEmpty()) {
            text.append("order: ").append(plan.order().stream().map(key -> NodeText.sortKey(key, ColumnMarks.shown(
                    plan.schema()))).collect(java.util.stream.Collectors.joining(", ")))
                    .append(plan.mode() == OutputMode.COMPLETE
                            ? ", in which each trigger hands over the whole result\n"
                            : ", left to who reads the result: changes have none\n");
        }
    }

    private void node(PlanNode node, String indent) {
        Traits traits = plan.traits(node);
        text.append(indent).append(NodeText.of(node)).append("  {").append(traits(node, traits)).append("}\n");
        state(node, traits).ifPresent(state -> text.append(indent).append("  | state: ").append(state).append('\n'));
        node.inputs().forEach(input -> node(input, indent + "  "));
    }

    private static String traits(PlanNode node, Traits traits) {
        if (traits.boundedInput()) {
            return "read once";
        }
        String changes = switch (traits.changes()) {
            case INSERT_ONLY -> "insert-only";
            case RETRACT -> "retract";
        };
        return changes + eventTime(traits.eventTime(), node.schema());
    }

    private static String eventTime(EventTime eventTime, RowType schema) {
        StringBuilder roles = new StringBuilder();
        List<String> names = ColumnMarks.shown(schema.names());
        new TreeMap<>(eventTime.columns()).forEach((column, role) -> roles.append(roles.isEmpty() ? "" : ", ")
                .append(names.get(column)).append(switch (role) {
                    case TIME -> "";
                    case WINDOW_START -> " (window start)";
                    case WINDOW_END -> " (window end)";
                }));
        return roles.isEmpty() ? "" : "; event time: " + roles;
    }

    private Optional<String> state(PlanNode node, Traits traits) {
        String kept = switch (node) {
            case Aggregate aggregate when aggregate.keys().isEmpty() -> "one group";
            case Aggregate aggregate -> "a group for each " + names(aggregate.keys(), aggregate.input().schema());
            case Distinct distinct -> "each different row " + ColumnMarks.shown(distinct.schema().names());
            case DropDuplicates duplicates -> "each different key " + names(duplicates.keys(), duplicates.schema());
            case PlanNode.Over over -> "every row" + of(over.partition(), over.schema());
            case PlanNode.TopN top when isFew(top) ->
                    "the first " + (top.offset() + top.count() == 1 ? "row" : top.offset() + top.count() + " rows")
                            + of(top.partition(), top.schema());
            case PlanNode.TopN top -> "every row" + of(top.partition(), top.schema());
            default -> ""; // a rule: other nodes keep nothing
        };
        if (kept.isEmpty() || traits.boundedInput()) {
            return Optional.empty();
        }
        boolean single = node instanceof Aggregate aggregate && aggregate.keys().isEmpty()
                || node instanceof PlanNode.TopN top && top.partition().isEmpty() && isFew(top);
        String freed = traits.freedBy()
                .map(column -> "freed when the watermark passes "
                        + node.inputs().getFirst().schema().field(column).name())
                .orElse(single ? "bounded" : "never freed: it grows with the number of keys");
        return Optional.of(kept + ", " + freed + (traits.emitsOnClose() ? ", emitted then" : ""));
    }

    /// Whether no row behind the first ones can move up, so that none is kept.
    private boolean isFew(PlanNode.TopN top) {
        return plan.traits(top.input()).changes() == Changes.INSERT_ONLY && top.count() < Long.MAX_VALUE - top.offset();
    }

    private static String of(List<Integer> partition, RowType row) {
        return partition.isEmpty() ? "" : " of each " + names(partition, row);
    }

    private static String names(List<Integer> columns, RowType row) {
        return columns.stream().map(ColumnMarks.shown(row.names())::get).toList().toString();
    }
}
