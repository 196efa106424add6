package dev.thalweg.planner.explain;

import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.planner.incremental.UnusedLives;
import dev.thalweg.planner.logical.ColumnMarks;
import dev.thalweg.spi.data.RowType;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/// Prints an incremental plan for people: a node a line with its traits, and below it the state it keeps and what frees it.
public final class ExplainPrinter {
    private final StreamPlan plan;
    private final StringBuilder text = new StringBuilder();
    private final Set<PlanNode> printed = Collections.newSetFromMap(new IdentityHashMap<>());

    private ExplainPrinter(StreamPlan plan) {
        this.plan = plan;
    }

    public static String print(StreamPlan plan) {
        ExplainPrinter printer = new ExplainPrinter(plan);
        printer.header();
        printer.node(plan.root(), "");
        return printer.text.toString();
    }

    /// The results of a query one after the other; what they share is printed with the first.
    public static String print(List<ExplainedResult> results) {
        StringBuilder all = new StringBuilder();
        Set<PlanNode> printed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < results.size(); i++) {
            StreamPlan plan = results.get(i).plan();
            ExplainPrinter printer = new ExplainPrinter(plan);
            printer.printed.addAll(printed);
            printer.text.append(place(results, i));
            printer.header();
            printer.node(plan.root(), "");
            printed.addAll(printer.printed);
            all.append(all.isEmpty() ? "" : "\n").append(printer.text);
        }
        return all.toString();
    }

    /// Nothing for the only result of a query.
    private static String place(List<ExplainedResult> results, int number) {
        return results.size() == 1
                ? ""
                : "result " + (number + 1) + " of " + results.size() + " into " + results.get(number).into() + "\n";
    }

    /// The logical plan, the incremental one, and what the query keeps.
    public static String printExtended(String logical, StreamPlan plan) {
        return printExtended(logical, List.of(new ExplainedResult("", plan)));
    }

    /// The same of all results of a query.
    public static String printExtended(String logical, List<ExplainedResult> results) {
        return "== Logical plan ==\n" + logical + "\n== Incremental plan ==\n" + print(results) + "\n== State ==\n"
                + printState(results);
    }

    /// Only what the query keeps: how much, what frees it and when, and what would bound it.
    public static String printState(StreamPlan plan) {
        return printState(List.of(new ExplainedResult("", plan)));
    }

    /// What each result of a query keeps, in its output mode; what results share is told with the first.
    public static String printState(List<ExplainedResult> results) {
        StringBuilder text = new StringBuilder();
        Set<PlanNode> told = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < results.size(); i++) {
            StreamPlan plan = results.get(i).plan();
            String place = place(results, i);
            text.append(place.isEmpty() ? "" : (i == 0 ? "" : "\n") + place + mode(plan) + "\n");
            int before = text.length();
            for (StateReport.Kept kept : StateReport.of(plan)) {
                text.append(NodeText.of(kept.node()))
                        .append(told.add(kept.node()) ? growth(kept) : "\n  shared, see above").append('\n');
            }
            text.append(text.length() > before
                    ? ""
                    : "This " + (place.isEmpty() ? "query" : "result") + " keeps no state.\n");
        }
        List<StreamPlan> plans = results.stream().map(ExplainedResult::plan).toList();
        UnusedLives.of(plans).forEach(unused -> text.append("Hint ").append(unused).append('\n'));
        ForgottenTables.of(plans).forEach(table -> text.append("Time to live: ").append(table).append('\n'));
        return text.toString();
    }

    private static String growth(StateReport.Kept kept) {
        return "\n  " + kept.rows() + "\n  " + switch (kept.growth()) {
            case BOUNDED -> "bounded";
            case FREED -> kept.watermark().isEmpty()
                    ? "freed by the clock"
                    : "freed by time; the watermark is " + kept.watermark();
            case UNBOUNDED -> "UNBOUNDED; remedy: " + kept.remedy();
        };
    }

    private static String mode(StreamPlan plan) {
        return "output mode: " + plan.mode().name().toLowerCase(Locale.ROOT);
    }

    private void header() {
        text.append(mode(plan));
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
        text.append(indent).append(NodeText.of(node)).append("  {").append(traits(node, traits)).append("}");
        if (!printed.add(node)) {
            text.append("  shared, see above\n");
            return;
        }
        text.append('\n');
        StateReport.of(plan, node).ifPresent(
                state -> text.append(indent).append("  | state: ").append(state.rows()).append('\n'));
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

    private static String names(List<Integer> columns, RowType row) {
        return columns.stream().map(ColumnMarks.shown(row.names())::get).toList().toString();
    }
}
