package dev.thalweg.planner.explain;

import dev.thalweg.planner.incremental.MatchRecognize;
import dev.thalweg.spi.format.DurationText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import dev.thalweg.planner.incremental.ClockBound;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.ExpressionText;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.RecursiveUnion;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.AsofJoin;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.Frame;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.MatchText;
import dev.thalweg.planner.incremental.OverCall;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.DropWithinWatermark;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import dev.thalweg.planner.logical.ColumnMarks;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One line for each kind of plan node, without its inputs.
public final class NodeText {
    private NodeText() {}

    /// The columns of a node under the names that the user knows: tables and VALUES may hold others.
    private static RowType shown(PlanNode node) {
        return ColumnMarks.shown(node.schema());
    }

    public static String of(PlanNode node) {
        return switch (node) {
            case Scan scan -> (scan.table().streaming() ? "Scan stream " : "Scan table ") + scan.table().name() + " ("
                    + scan.table().format() + ") " + shown(scan).names() + (isRefreshed(scan) ? ", refreshed" : "");
            case Values values -> "Values " + values.rows().size() + " rows " + shown(values).names();
            case PlanNode.Lives lives -> "Lives " + (lives.micros() == 0
                    ? "for ever"
                    : DurationText.of(Duration.of(lives.micros(), ChronoUnit.MICROS)));
            case Filter filter -> "Filter " + ExpressionText.of(filter.condition(), shown(filter.input()));
            case Project project -> "Project " + projections(project.expressions(), shown(project.input()),
                    shown(project));
            case Watermark watermark -> "Watermark " + shown(watermark).field(watermark.column()).name()
                    + " DELAY OF " + ExpressionText.interval(watermark.delayMicros());
            case WindowAssign window -> "WindowAssign " + ExpressionText.of(window.time(), shown(window.input()))
                    + " size " + ExpressionText.interval(window.size())
                    + (window.slide() == window.size() && !window.cumulative()
                            ? ""
                            : (window.cumulative() ? " step " : " slide ") + ExpressionText.interval(window.slide()))
                    + (window.offset() == 0 ? "" : " offset " + ExpressionText.interval(window.offset()));
            case Generate generate -> "Generate " + (generate.outer() ? "outer " : "") + generate.function() + "("
                    + texts(generate.arguments(), shown(generate.input())) + ")";
            case Expand expand -> "Expand " + expand.projections().stream()
                    .map(p -> "(" + texts(p, shown(expand.input())) + ")").collect(Collectors.joining(", "));
            case Aggregate aggregate -> "Aggregate by " + names(aggregate.keys(), shown(aggregate.input())) + ": "
                    + calls(aggregate);
            case Distinct distinct -> distinct.inJoin() ? "Distinct, kept by the join" : "Distinct";
            case DropDuplicates duplicates -> "DropDuplicates by " + names(duplicates.keys(), shown(duplicates));
            case DropWithinWatermark within -> "DropWithinWatermark by " + names(within.keys(), shown(within)) + ", "
                    + shown(within).field(within.time()).name() + " + "
                    + ExpressionText.interval(within.delayMicros());
            case Union _ -> "Union";
            case StaticJoin join -> "StaticJoin " + join.kind() + " on " + joinKeys(join.stream(), join.streamKeys(),
                    join.table(), join.tableKeys(), join.condition());
            case StreamJoin join -> "StreamJoin " + join.kind() + " on " + joinKeys(join.left(), join.leftKeys(),
                    join.right(), join.rightKeys(), join.condition());
            case AsofJoin join -> "AsofJoin " + join.kind() + " on " + joinKeys(join);
            case SetOperation set -> set.kind() + (set.all() ? " ALL" : "");
            case PlanNode.RecursiveRows rows -> "RecursiveRows " + rows.name();
            case RecursiveUnion union -> "RecursiveUnion " + union.name() + (union.all() ? " ALL" : "")
                    + ", at most " + union.levelsMax() + " levels";
            case PlanNode.Recursion recursion ->
                    "Recursion " + recursion.rows().name() + (recursion.all() ? " ALL" : "")
                            + ", at most " + recursion.levelsMax() + " levels";
            case Over over -> "Over by " + names(over.partition(), shown(over)) + order(over.order(), shown(over))
                    + ": " + overCalls(over);
            case MatchRecognize match -> "MatchRecognize " + MatchText.pattern(match) + " by "
                    + names(match.partition(), shown(match.input())) + order(match.order(), shown(match.input()))
                    + ": " + MatchText.values(match);
            case TopN top -> "TopN " + top.rank() + " " + (top.count() == Long.MAX_VALUE ? "all" : top.count())
                    + (top.offset() == 0 ? "" : " offset " + top.offset()) + " of "
                    + names(top.partition(), shown(top)) + order(top.order(), shown(top));
            case PlanNode.SessionAggregate session -> "SessionAggregate "
                    + shown(session.sessions()).field(session.sessions().time()).name() + " gap "
                    + ExpressionText.of(session.sessions().gap(), shown(session.sessions())) + " by "
                    + names(session.groups().keys(), shown(session.sessions())) + ": " + calls(session.groups());
            case SessionAssign session -> "SessionAssign " + shown(session).field(session.time()).name() + " gap "
                    + ExpressionText.of(session.gap(), shown(session.input())) + " of "
                    + names(session.keys(), shown(session));
            case PlanNode.ClockFilter filter -> "ClockFilter " + filter.bounds().stream()
                    .map(bound -> bound(bound, shown(filter))).collect(Collectors.joining(" AND "));
            case Exchange exchange -> exchange.keys().isEmpty()
                    ? "Exchange to one task"
                    : "Exchange by " + names(exchange.keys(), shown(exchange));
            case Sort sort -> "Sort " + sort.keys().stream().map(k -> sortKey(k, shown(sort)))
                    .collect(Collectors.joining(", "));
            case Limit limit -> "Limit " + (limit.count() == Long.MAX_VALUE ? "all" : limit.count())
                    + (limit.offset() == 0 ? "" : " offset " + limit.offset());
        };
    }

    private static boolean isRefreshed(Scan scan) {
        return !scan.table().streaming()
                && scan.table().options().text("refresh").filter("trigger"::equalsIgnoreCase).isPresent();
    }

    private static String bound(ClockBound bound, RowType row) {
        String time = row.field(bound.column()).name();
        long shift = bound.shiftMicros();
        return "clock() " + bound.side().operator() + " " + time + (shift == 0
                ? ""
                : (shift < 0 ? " - " : " + ") + "INTERVAL " + ExpressionText.interval(Math.abs(shift)));
    }

    private static String projections(List<Expression> expressions, RowType input, RowType output) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            String text = ExpressionText.of(expressions.get(i), input);
            String name = output.field(i).name();
            texts.add(text.equals(name) ? name : text + " AS " + name);
        }
        return texts.toString();
    }

    private static String texts(List<Expression> expressions, RowType input) {
        return expressions.stream().map(e -> ExpressionText.of(e, input)).collect(Collectors.joining(", "));
    }

    private static String names(List<Integer> columns, RowType row) {
        return columns.stream().map(i -> row.field(i).name()).toList().toString();
    }

    private static String calls(Aggregate aggregate) {
        List<String> texts = new ArrayList<>();
        int keys = aggregate.keys().size();
        RowType input = aggregate.input().schema();
        for (int i = 0; i < aggregate.calls().size(); i++) {
            AggregateCall call = aggregate.calls().get(i);
            String arguments = call.arguments().isEmpty()
                    ? "*"
                    : call.arguments().stream().map(a -> input.field(a).name()).collect(Collectors.joining(", "));
            texts.add(call.function() + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + call.rest() + ")"
                    + call.filter().map(f -> " FILTER (WHERE " + input.field(f).name() + ")").orElse("") + " AS "
                    + shown(aggregate).field(keys + i).name());
        }
        return texts.toString();
    }

    private static String joinKeys(PlanNode left, List<Integer> leftKeys, PlanNode right, List<Integer> rightKeys,
            Optional<Expression> condition) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < leftKeys.size(); i++) {
            pairs.add(shown(left).field(leftKeys.get(i)).name() + " = "
                    + shown(right).field(rightKeys.get(i)).name());
        }
        RowType both = PlanNode.appended(shown(left), shown(right).fields());
        condition.ifPresent(test -> pairs.add(ExpressionText.of(test, both)));
        return pairs.isEmpty() ? "every pair" : String.join(" AND ", pairs);
    }

    private static String joinKeys(AsofJoin join) {
        AsofJoin.Match match = join.match();
        String keys = join.leftKeys().isEmpty()
                ? ""
                : joinKeys(join.left(), join.leftKeys(), join.right(), join.rightKeys(), Optional.empty()) + " AND ";
        return keys + shown(join.left()).field(match.leftTime()).name() + (match.backward() ? " >" : " <")
                + (match.exclusive() ? " " : "= ") + shown(join.right()).field(match.rightTime()).name();
    }

    private static String order(List<SortKey> keys, RowType row) {
        return keys.isEmpty()
                ? ""
                : " in order of " + keys.stream().map(key -> sortKey(key, row)).collect(Collectors.joining(", "));
    }

    private static String overCalls(Over over) {
        int width = over.input().schema().size();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < over.calls().size(); i++) {
            OverCall call = over.calls().get(i);
            String arguments = call.arguments().stream().map(a -> shown(over).field(a).name())
                    .collect(Collectors.joining(", "));
            String number = call.number() == 0 ? "" : (arguments.isEmpty() ? "" : ", ") + call.number();
            texts.add(call.function() + "(" + arguments + number + call.aggregate().rest() + ")"
                    + (call.ignoreNulls() ? " IGNORE NULLS" : "")
                    + frame(call) + " AS "
                    + shown(over).field(width + i).name());
        }
        return texts.toString();
    }

    /// Ranks and their like see the whole partition.
    private static String frame(OverCall call) {
        return switch (call.function()) {
            case "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead" -> "";
            default -> " " + frame(call.frame()); // a rule: other functions see a frame
        };
    }

    private static String frame(Frame frame) {
        return frame.unit() + " " + bound(frame.start()) + " TO " + bound(frame.end());
    }

    private static String bound(Frame.Bound bound) {
        String offset = bound.offset().value() == null ? "" : bound.offset().value() + " ";
        return offset + bound.side().name().replace('_', ' ');
    }

    static String sortKey(SortKey key, RowType row) {
        return row.field(key.column()).name() + (key.descending() ? " DESC" : "")
                + (key.nullsFirst() == key.descending() ? (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST") : "");
    }
}
