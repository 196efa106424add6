package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.Keyed;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Says what a column is made of, down to the columns of the tables: `upper(clicks.url)`.
final class Origin {
    private Origin() {}

    static String of(PlanNode node, int column) {
        return switch (node) {
            case Scan scan -> scan.table().name() + "." + scan.schema().field(column).name();
            case Values values -> "values." + values.schema().field(column).name();
            case Project project -> text(project.input(), project.expressions().get(column));
            case WindowAssign window -> window(window, column);
            case Generate generate -> generate(generate, column);
            case Expand expand -> expand.projections().stream().map(p -> text(expand.input(), p.get(column)))
                    .collect(Collectors.joining(" | "));
            case Aggregate aggregate -> column < aggregate.keys().size()
                    ? of(aggregate.input(), aggregate.keys().get(column))
                    : of(aggregate, aggregate.calls().get(column - aggregate.keys().size()));
            case PlanNode.RecursiveRows rows -> rows.name() + "." + rows.schema().field(column).name();
            case RecursiveUnion union -> union.name() + "." + union.schema().field(column).name();
            case PlanNode.Recursion recursion ->
                    recursion.rows().name() + "." + recursion.schema().field(column).name();
            case Union union -> union.inputs().stream().map(input -> of(input, column))
                    .collect(Collectors.joining(" + "));
            case StaticJoin join -> column < join.stream().schema().size()
                    ? of(join.stream(), column)
                    : of(join.table(), column - join.stream().schema().size());
            case StreamJoin join -> column < join.left().schema().size()
                    ? of(join.left(), column)
                    : of(join.right(), column - join.left().schema().size());
            case PlanNode.AsofJoin join -> column < join.left().schema().size()
                    ? of(join.left(), column)
                    : of(join.right(), column - join.left().schema().size());
            case PlanNode.SessionAggregate session -> of(session.groups(), column);
            case SetOperation set -> of(set.left(), column) + " & " + of(set.right(), column);
            case MatchRecognize match -> column < match.kept().size()
                    ? of(match.input(), match.kept().get(column))
                    : MatchText.values(match) + "." + (column - match.kept().size());
            case Keyed keyed -> column < keyed.inputs().getFirst().schema().size()
                    ? of(keyed.inputs().getFirst(), column)
                    : keyed.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + "."
                            + keyed.schema().field(column).name();
            case Filter filter -> of(filter.input(), column);
            case PlanNode.Lives lives -> of(lives.input(), column);
            case Watermark watermark -> of(watermark.input(), column);
            case Distinct distinct -> of(distinct.input(), column);
            case DropDuplicates duplicates -> of(duplicates.input(), column);
            case Exchange exchange -> of(exchange.input(), column);
            case Sort sort -> of(sort.input(), column);
            case Limit limit -> of(limit.input(), column);
        };
    }

    static String of(Aggregate aggregate, AggregateCall call) {
        String arguments = call.arguments().stream().map(a -> of(aggregate.input(), a))
                .collect(Collectors.joining(", "));
        return call.function() + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + call.rest() + ")"
                + call.filter().map(f -> " FILTER " + of(aggregate.input(), f)).orElse("") + " "
                + call.type().sql();
    }

    private static String window(WindowAssign window, int column) {
        int width = window.input().schema().size();
        if (column < width) {
            return of(window.input(), column);
        }
        return "window_%s(%s, %d, %d, %d%s)".formatted(column == width ? "start" : "end",
                text(window.input(), window.time()), window.size(), window.slide(), window.offset(),
                window.cumulative() ? ", cumulative" : "");
    }

    private static String generate(Generate generate, int column) {
        int width = generate.input().schema().size();
        if (column < width) {
            return of(generate.input(), column);
        }
        String arguments = generate.arguments().stream().map(a -> text(generate.input(), a))
                .collect(Collectors.joining(", "));
        return generate.function() + "(" + arguments + ")." + (column - width);
    }

    /// The expression with every column named by its own origin.
    private static String text(PlanNode input, Expression expression) {
        List<Field> named = new ArrayList<>();
        for (int i = 0; i < input.schema().size(); i++) {
            boolean read = Expressions.inputsOf(expression).get(i);
            named.add(new Field(read ? of(input, i) : "", input.schema().type(i), true));
        }
        return ExpressionText.of(expression, new RowType(named));
    }
}
