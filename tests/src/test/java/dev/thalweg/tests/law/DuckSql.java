package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.AggregateCall;
import dev.thalweg.tests.law.Rel.Distinct;
import dev.thalweg.tests.law.Rel.DropDuplicates;
import dev.thalweg.tests.law.Rel.Explode;
import dev.thalweg.tests.law.Rel.Filter;
import dev.thalweg.tests.law.Rel.Grouping;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.Project;
import dev.thalweg.tests.law.Rel.Static;
import dev.thalweg.tests.law.Rel.Stream;
import dev.thalweg.tests.law.Rel.Union;
import dev.thalweg.tests.law.Rel.Watermark;
import dev.thalweg.tests.law.Rel.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A query of the law in DuckDB's SQL, as a batch query over all rows.
final class DuckSql {
    private static final SqlWriter WRITER = SqlWriter.DUCK;

    private DuckSql() {}

    /// Whether DuckDB has an opinion: not where the first row to arrive decides, and not where Spark departs from the
    /// standard (the empty grouping set of no rows).
    static boolean reaches(QueryCase query) {
        return (!isOrdered(query) || keepsOrder(query)) && query.nodes().stream()
                .noneMatch(node -> node instanceof DropDuplicates
                        || (node instanceof Aggregate aggregate && aggregate.window().isEmpty()
                                && aggregate.grouping() != Grouping.PLAIN
                                && Interpreter.batch(query.with(aggregate.input())).isEmpty()));
    }

    private static boolean isOrdered(QueryCase query) {
        return query.nodes().stream().anyMatch(node -> node instanceof Aggregate aggregate
                && aggregate.calls().stream().anyMatch(call -> call.function().isOrdered()));
    }

    /// Rows of one table come in the order in which they were put in, until something mixes them.
    private static boolean keepsOrder(QueryCase query) {
        return query.nodes().stream().noneMatch(node -> node instanceof Union || node instanceof Join
                || (node instanceof Aggregate aggregate && (aggregate.sets().size() > 1
                        || aggregate.window().filter(window -> window.size() > window.slide()).isPresent())));
    }

    static String of(Rel rel) {
        return switch (rel) {
            case Stream(String name, _) -> "SELECT * FROM " + name;
            case Static(String name, _) -> "SELECT * FROM " + name;
            case Watermark watermark -> of(watermark.input());
            case Filter filter -> "SELECT * FROM " + sub(filter.input()) + " WHERE "
                    + WRITER.write(filter.condition(), SqlWriter.names(filter.columns()));
            case Project project -> project(project);
            case Explode explode ->
                    "SELECT *, unnest(" + WRITER.write(explode.array(), SqlWriter.names(explode.input().columns()))
                            + ") AS " + explode.name() + " FROM " + sub(explode.input());
            case Join join -> join(join);
            case Union union -> of(union.left()) + " UNION ALL " + "SELECT * FROM " + sub(union.right());
            case Distinct distinct -> "SELECT DISTINCT * FROM " + sub(distinct.input());
            case DropDuplicates _ -> throw new AssertionError("not reached: see reaches()");
            case Aggregate aggregate -> aggregate(aggregate);
        };
    }

    private static String sub(Rel rel) {
        return "(" + of(rel) + ") AS q";
    }

    private static String project(Project project) {
        List<String> input = SqlWriter.names(project.input().columns());
        List<String> items = new ArrayList<>();
        for (int i = 0; i < project.names().size(); i++) {
            items.add(WRITER.write(project.expressions().get(i), input) + " AS " + project.names().get(i));
        }
        return "SELECT " + String.join(", ", items) + " FROM " + sub(project.input());
    }

    private static String join(Join join) {
        List<String> right = new ArrayList<>();
        for (int i = 0; i < join.rightNames().size(); i++) {
            right.add(join.right().columns().get(i).name() + " AS " + join.rightNames().get(i));
        }
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < join.leftKeys().size(); i++) {
            conditions.add("l." + join.left().columns().get(join.leftKeys().get(i)).name() + " = r."
                    + join.rightNames().get(join.rightKeys().get(i)));
        }
        join.residual().ifPresent(e -> conditions.add(WRITER.write(e, SqlWriter.names(join.both()))));
        String select = join.columns().size() == join.left().columns().size() ? "SELECT l.*" : "SELECT *";
        return select + " FROM (" + of(join.left()) + ") AS l " + join.kind() + " JOIN (SELECT "
                + String.join(", ", right)
                + " FROM " + join.right().name() + ") AS r ON " + String.join(" AND ", conditions);
    }

    /// Windows and keys become columns first, so that the sets can name them.
    private static String aggregate(Aggregate aggregate) {
        List<String> input = SqlWriter.names(aggregate.input().columns());
        List<String> groupKeys = new ArrayList<>(aggregate.keyNames());
        StringBuilder keyed = new StringBuilder("SELECT *");
        for (int i = 0; i < aggregate.keys().size(); i++) {
            keyed.append(", ").append(WRITER.write(aggregate.keys().get(i), input)).append(" AS ")
                    .append(aggregate.keyNames().get(i));
        }
        keyed.append(" FROM ")
                .append(aggregate.window().map(w -> windowed(aggregate, w)).orElseGet(() -> sub(aggregate.input())));
        List<String> window = aggregate.window().map(w -> List.of(w.startName(), w.endName())).orElse(List.of());
        List<String> items = new ArrayList<>(window);
        items.addAll(groupKeys);
        aggregate.calls().forEach(call -> items.add(call(call, input) + " AS " + call.name()));
        String sets = aggregate.sets().stream().map(set -> {
            List<String> shown = new ArrayList<>(window);
            set.forEach(i -> shown.add(groupKeys.get(i)));
            return "(" + String.join(", ", shown) + ")";
        }).collect(Collectors.joining(", "));
        boolean isGlobal = window.isEmpty() && groupKeys.isEmpty();
        String grouped = "SELECT " + String.join(", ", items) + " FROM (" + keyed + ") AS k"
                + (isGlobal ? "" : " GROUP BY GROUPING SETS (" + sets + ")");
        return aggregate.having().map(having -> "SELECT * FROM (" + grouped + ") AS h WHERE "
                + WRITER.write(having, SqlWriter.names(aggregate.columns()))).orElse(grouped);
    }

    private static String windowed(Aggregate aggregate, Window window) {
        String time = "epoch_us(" + aggregate.input().columns().get(window.timeColumn()).name() + ")";
        long most = (window.size() + window.slide() - 1) / window.slide();
        String start = "(" + time + " - " + time + " % " + window.slide() + " - j * " + window.slide() + ")";
        return "(SELECT q.*, make_timestamp(" + start + ") AS " + window.startName() + ", make_timestamp(" + start
                + " + "
                + window.size() + ") AS " + window.endName() + " FROM " + sub(aggregate.input()) + ", range(0, " + most
                + ") AS r(j) WHERE " + start + " + " + window.size() + " > " + time + ") AS w";
    }

    private static String call(AggregateCall call, List<String> input) {
        String argument = call.argument().map(e -> WRITER.write(e, input)).orElse("*");
        String inside = (call.distinct() ? "DISTINCT " : "") + argument;
        String filter = call.filter().map(e -> " FILTER (WHERE " + WRITER.write(e, input) + ")").orElse("");
        return switch (call.function()) {
            case COUNT_ROWS, COUNT -> "count(" + inside + ")" + filter;
            case SUM -> call.type() == Type.BIGINT
                    ? "CAST(sum(" + inside + ")" + filter + " AS BIGINT)"
                    : "sum(" + inside + ")" + filter;
            case FIRST, LAST ->
                    call.function().name().toLowerCase(java.util.Locale.ROOT) + "(" + inside + ")" + filter;
            case COLLECT_LIST -> "coalesce(list(" + argument + ") FILTER (WHERE " + argument + " IS NOT NULL"
                    + call.filter().map(e -> " AND " + WRITER.write(e, input)).orElse("") + "), [])";
            case COLLECT_SET ->
                    "coalesce(list_sort(list(DISTINCT " + argument + ") FILTER (WHERE " + argument + " IS NOT NULL"
                            + call.filter().map(e -> " AND " + WRITER.write(e, input)).orElse("") + ")), [])";
            case AVG -> call.type() == Type.DECIMAL
                    ? "CAST(avg(" + inside + ")" + filter + " AS DECIMAL(38,6))"
                    : "avg(" + inside + ")" + filter;
            case MIN, MAX, BOOL_AND, BOOL_OR, STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP ->
                    call.function().name().toLowerCase(java.util.Locale.ROOT) + "(" + inside + ")" + filter;
        };
    }
}
