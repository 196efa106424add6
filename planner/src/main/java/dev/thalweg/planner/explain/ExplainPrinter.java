package dev.thalweg.planner.explain;

import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
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
            state(node, plan.traits(node)).ifPresent(
                    state -> printer.text.append(NodeText.of(node)).append("\n  ").append(state).append('\n'));
        }
        return printer.text.isEmpty() ? "This query keeps no state.\n" : printer.text.toString();
    }

    private void header() {
        text.append("output mode: ").append(plan.mode().name().toLowerCase(Locale.ROOT));
        plan.key().ifPresent(key -> text.append(", key: ").append(names(key, plan.schema())));
        text.append(plan.mayDelete() ? ", may delete\n" : "\n");
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

    private static Optional<String> state(PlanNode node, Traits traits) {
        String kept = switch (node) {
            case Aggregate aggregate when aggregate.keys().isEmpty() -> "one group";
            case Aggregate aggregate -> "a group for each " + names(aggregate.keys(), aggregate.input().schema());
            case Distinct distinct -> "each different row " + ColumnMarks.shown(distinct.schema().names());
            case SetOperation set ->
                "how often each side has each row " + ColumnMarks.shown(set.schema().names());
            case DropDuplicates duplicates -> "each different key " + names(duplicates.keys(), duplicates.schema());
            default -> ""; // a rule: other nodes keep nothing
        };
        if (kept.isEmpty() || traits.boundedInput()) {
            return Optional.empty();
        }
        boolean single = node instanceof Aggregate aggregate && aggregate.keys().isEmpty();
        String freed = traits.freedBy()
                .map(column -> "freed when the watermark passes "
                        + node.inputs().getFirst().schema().field(column).name())
                .orElse(single ? "bounded" : "never freed: it grows with the number of keys");
        return Optional.of(kept + ", " + freed + (traits.emitsOnClose() ? ", emitted then" : ""));
    }

    private static String names(List<Integer> columns, RowType row) {
        return columns.stream().map(ColumnMarks.shown(row.names())::get).toList().toString();
    }
}
