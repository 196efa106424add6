package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.AggregateCall;
import dev.thalweg.tests.law.Rel.Distinct;
import dev.thalweg.tests.law.Rel.DropDuplicates;
import dev.thalweg.tests.law.Rel.Explode;
import dev.thalweg.tests.law.Rel.Filter;
import dev.thalweg.tests.law.Rel.Grouping;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.Lookup;
import dev.thalweg.tests.law.Rel.Project;
import dev.thalweg.tests.law.Rel.Static;
import dev.thalweg.tests.law.Rel.Stream;
import dev.thalweg.tests.law.Rel.Union;
import dev.thalweg.tests.law.Rel.Watermark;
import dev.thalweg.tests.law.Rel.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A query of the law in DuckDB's SQL, as a batch query over all rows.
final class DuckSql {
    /// Where the clock stands.
    static final String CLOCK = "$clock$";
    private static final SqlWriter WRITER = SqlWriter.DUCK;

    private DuckSql() {}

    /// Whether DuckDB has an opinion: not of patterns among rows, nor where the first row to arrive decides and it mixes rows, and not where Spark departs
    /// from the standard (the empty grouping set of no rows).
    static boolean reaches(QueryCase query) {
        return query.nodes().stream().allMatch(node -> switch (node) {
            case Aggregate aggregate -> (!isOrdered(aggregate) || keepsOrder(aggregate))
                    && !isEmptySetOfNothing(query, aggregate);
            case DropDuplicates drop -> keepsOrder(drop.input());
            case Rel.Match _ -> false;
            default -> true; // the others have one answer
        });
    }

    private static boolean isEmptySetOfNothing(QueryCase query, Aggregate aggregate) {
        return aggregate.window().isEmpty() && aggregate.grouping() != Grouping.PLAIN
                && Interpreter.batch(query.with(aggregate.input())).isEmpty();
    }

    /// Whether the order of arrival decides what a group comes to.
    static boolean isOrdered(Aggregate aggregate) {
        return aggregate.calls().stream().anyMatch(call -> call.function().isOrdered());
    }

    private static boolean keepsOrder(Aggregate aggregate) {
        return aggregate.window().filter(window -> window.size() > window.slide()).isEmpty()
                && keepsOrder(aggregate.input());
    }

    /// Rows of one table come in the order in which they were put in, until something mixes them.
    static boolean keepsOrder(Rel rel) {
        return QueryCase.nodes(rel).stream().allMatch(node -> switch (node) {
            case Stream _,Static _,Watermark _,Rel.Lives _,Filter _,Project _,Explode _ -> true;
            case Lookup lookup -> lookup.correlation().isEmpty();
            default -> false; // the others mix rows
        });
    }

    static String of(Rel rel) {
        return switch (rel) {
            case Stream(String name, _) -> "SELECT * FROM " + name;
            case Static(String name, _) -> "SELECT * FROM " + name;
            case Watermark watermark -> of(watermark.input());
            case Rel.Lives lives -> of(lives.input());
            case Filter filter -> "SELECT * FROM " + sub(filter.input()) + " WHERE "
                    + WRITER.write(filter.condition(), SqlWriter.names(filter.columns()));
            case Project project -> project(project);
            case Explode explode ->
                    "SELECT *, unnest(" + WRITER.write(explode.array(), SqlWriter.names(explode.input().columns()))
                            + ") AS " + explode.name() + " FROM " + sub(explode.input());
            case Join join -> join(join);
            case Rel.Asof join -> asof(join);
            case Union union ->
                    "SELECT * FROM " + sub(union.left()) + " UNION ALL " + "SELECT * FROM " + sub(union.right());
            case Distinct distinct -> "SELECT DISTINCT * FROM " + sub(distinct.input());
            case Lookup lookup -> lookup(lookup);
            case DropDuplicates drop -> dropDuplicates(drop);
            case Aggregate aggregate -> aggregate(aggregate);
            case Rel.SetOperation set -> "SELECT * FROM " + sub(set.left()) + " " + set.kind()
                    + (set.all() ? " ALL" : "") + " SELECT * FROM " + sub(set.right());
            case Rel.Top top -> top(top);
            case Rel.Over over -> over(over);
            case Rel.Clocked filter -> "SELECT * FROM " + sub(filter.input()) + " WHERE epoch_us(" + CLOCK + ") "
                    + filter.comparison() + " epoch_us(" + filter.columns().get(filter.column()).name() + ") + ("
                    + filter.shiftMicros() + ")";
            case Rel.Lateral lateral -> "SELECT * FROM " + sub(lateral.left()) + (lateral.outer() ? " LEFT" : "")
                    + " JOIN LATERAL (" + ThalwegSql.lateralPart(lateral, "(" + of(lateral.right()) + ") AS p", WRITER)
                    + ") AS r ON TRUE";
            case Rel.Reach reach -> ThalwegSql.reach(reach, "(" + of(reach.start()) + ") AS b",
                    "(" + of(reach.edges()) + ") AS e");
            case Rel.Match _ -> throw new AssertionError("no DuckDB has it");
            case Rel.Pivot pivot -> pivot(pivot);
            case Rel.WindowTime time -> "SELECT *, make_timestamp(epoch_us(" + time.groups().columns().get(1).name()
                    + ") - 1) AS " + time.name() + " FROM (" + aggregate(time.groups()) + ") AS w";
        };
    }

    private static String sub(Rel rel) {
        return "(" + of(rel) + ") AS q";
    }

    private static String project(Project project) {
        return "SELECT " + String.join(", ", WRITER.items(project)) + " FROM " + sub(project.input());
    }

    private static String join(Join join) {
        List<String> right = new ArrayList<>();
        for (int i = 0; i < join.rightNames().size(); i++) {
            right.add(join.right().columns().get(i).name() + " AS " + join.rightNames().get(i));
        }
        List<String> left = of("l", SqlWriter.names(join.left().columns()));
        if (join.kind() == Rel.JoinKind.NOT_IN) {
            Rel.JoinKey key = join.keys().getFirst();
            return "SELECT l.* FROM (" + of(join.left()) + ") AS l WHERE " + WRITER.write(key.left(), left)
                    + " NOT IN (SELECT " + WRITER.write(key.right(), SqlWriter.names(join.right().columns()))
                    + " FROM " + sub(join.right()) + ")";
        }
        List<String> conditions = new ArrayList<>(List.of("TRUE"));
        join.keys().forEach(key -> conditions.add(WRITER.write(key, left, of("r", join.rightNames()))));
        join.band().ifPresent(band -> {
            String apart = "epoch_us(r." + join.rightNames().get(band.right()) + ") - epoch_us(" + left.get(band.left())
                    + ")";
            band.before().ifPresent(before -> conditions.add(apart + " >= " + -before));
            band.after().ifPresent(after -> conditions.add(apart + " <= " + after));
        });
        join.residual().ifPresent(e -> conditions.add(WRITER.write(e, SqlWriter.names(join.both()))));
        String select = join.kind().givesBoth() ? "SELECT *" : "SELECT l.*";
        return select + " FROM (" + of(join.left()) + ") AS l " + join.kind() + " JOIN (SELECT "
                + String.join(", ", right) + " FROM " + sub(join.right()) + ") AS r ON "
                + String.join(" AND ", conditions);
    }

    private static String asof(Rel.Asof join) {
        List<String> right = new ArrayList<>();
        for (int i = 0; i < join.rightNames().size(); i++) {
            right.add(join.right().columns().get(i).name() + " AS " + join.rightNames().get(i));
        }
        List<String> left = of("l", SqlWriter.names(join.left().columns()));
        List<String> conditions = new ArrayList<>();
        join.keys().forEach(key -> conditions.add(WRITER.write(key, left, of("r", join.rightNames()))));
        conditions.add(left.get(join.leftTime()) + " " + join.comparison() + " r."
                + join.rightNames().get(join.rightTime()));
        return "SELECT * FROM (" + of(join.left()) + ") AS l ASOF " + (join.outer() ? "LEFT " : "") + "JOIN (SELECT "
                + String.join(", ", right) + " FROM " + sub(join.right()) + ") AS r ON "
                + String.join(" AND ", conditions);
    }

    private static List<String> of(String alias, List<String> names) {
        return names.stream().map(name -> alias + "." + name).toList();
    }

    private static String lookup(Lookup lookup) {
        List<String> outer = of("q", SqlWriter.names(lookup.input().columns()));
        List<String> inner = of("r", SqlWriter.names(lookup.table().columns()));
        return "SELECT q.*, (SELECT " + call(lookup.call(), inner) + " FROM (" + of(lookup.table()) + ") AS r"
                + lookup.correlation().map(key -> " WHERE " + WRITER.write(key, outer, inner)).orElse("") + ") AS "
                + lookup.call().name() + " FROM " + sub(lookup.input());
    }

    /// The first row of each key, DuckDB reading rows in the order in which they were put in. Not by DISTINCT ON, below which
    /// it moves filters, so that another row comes first.
    private static String dropDuplicates(DropDuplicates drop) {
        String keys = drop.keys().stream().map(i -> drop.columns().get(i).name()).collect(Collectors.joining(", "));
        return "SELECT * EXCLUDE (arrival) FROM (SELECT *, row_number() OVER () AS arrival FROM " + sub(drop.input())
                + ") AS a QUALIFY row_number() OVER (PARTITION BY " + keys + " ORDER BY arrival) = 1";
    }

    private static String top(Rel.Top top) {
        String rank = top.rankName().orElse("ranked");
        return "SELECT " + String.join(", ", SqlWriter.names(top.columns())) + " FROM (SELECT *, " + top.rank()
                + "() OVER (" + specification(top.partition(), top.order(), top.input()) + ") AS " + rank + " FROM "
                + sub(top.input()) + ") AS t WHERE " + rank + " > " + top.offset() + " AND " + rank + " <= "
                + (top.offset() + top.count());
    }

    private static String over(Rel.Over over) {
        List<String> names = SqlWriter.names(over.input().columns());
        return "SELECT *, " + over.calls().stream().map(call -> typed(call, call(call, names) + " OVER ("
                + specification(over.partition(), over.order(), over.input()) + call.frameSql() + ")") + " AS "
                + call.name()).collect(Collectors.joining(", ")) + " FROM " + sub(over.input());
    }

    /// DuckDB's mean of decimals is a DOUBLE.
    private static String typed(OverCall call, String value) {
        return call.function() == OverCall.Function.AVG && call.type() == Type.DECIMAL
                ? "CAST(" + value + " AS DECIMAL(38,6))"
                : value;
    }

    private static String call(OverCall call, List<String> names) {
        List<String> arguments = new ArrayList<>();
        if (call.column() >= 0) {
            arguments.add(names.get(call.column()));
        }
        if (call.number() != 0) {
            arguments.add(String.valueOf(call.number()));
        }
        return call.function() + "(" + String.join(", ", arguments) + (call.ignoresNulls() ? " IGNORE NULLS" : "")
                + ")";
    }

    private static String specification(List<Integer> partition, List<Rel.Order> order, Rel input) {
        List<String> names = SqlWriter.names(input.columns());
        return (partition.isEmpty()
                ? ""
                : "PARTITION BY " + partition.stream().map(names::get).collect(Collectors.joining(", ")))
                + (order.isEmpty()
                        ? ""
                        : " ORDER BY " + order.stream()
                                .map(key -> names.get(key.column()) + (key.descending() ? " DESC" : " ASC")
                                        + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"))
                                .collect(Collectors.joining(", ")));
    }

    /// Windows and keys become columns first, so that the sets can name them.
    private static String aggregate(Aggregate aggregate) {
        List<String> input = SqlWriter.names(aggregate.input().columns());
        StringBuilder keyed = new StringBuilder("SELECT *");
        for (int i = 0; i < aggregate.keys().size(); i++) {
            keyed.append(", ").append(WRITER.write(aggregate.keys().get(i), input)).append(" AS ")
                    .append(aggregate.keyNames().get(i));
        }
        keyed.append(" FROM ")
                .append(aggregate.window().map(w -> windowed(aggregate, w)).orElseGet(() -> sub(aggregate.input())));
        // of several sets DuckDB makes the coarser from the finer, which mixes rows
        String grouped = isOrdered(aggregate)
                ? aggregate.sets().stream().map(set -> grouped(aggregate, List.of(set), keyed))
                        .collect(Collectors.joining(" UNION ALL "))
                : grouped(aggregate, aggregate.sets(), keyed);
        return aggregate.having().map(having -> "SELECT * FROM (" + grouped + ") AS h WHERE "
                + WRITER.write(having, SqlWriter.names(aggregate.columns()))).orElse(grouped);
    }

    private static String grouped(Aggregate aggregate, List<List<Integer>> sets, StringBuilder keyed) {
        List<String> window = aggregate.window().map(w -> List.of(w.startName(), w.endName())).orElse(List.of());
        List<String> items = new ArrayList<>(window);
        for (int i = 0; i < aggregate.keys().size(); i++) {
            int key = i;
            String name = aggregate.keyNames().get(i);
            boolean isShown = sets.stream().anyMatch(set -> set.contains(key));
            items.add(isShown ? name : "CAST(NULL AS " + aggregate.keys().get(i).type().duck + ") AS " + name);
        }
        List<String> input = SqlWriter.names(aggregate.input().columns());
        aggregate.calls().forEach(call -> items.add(call(call, input) + " AS " + call.name()));
        String groups = sets.stream().map(set -> {
            List<String> shown = new ArrayList<>(window);
            set.forEach(i -> shown.add(aggregate.keyNames().get(i)));
            return "(" + String.join(", ", shown) + ")";
        }).collect(Collectors.joining(", "));
        boolean isGlobal = window.isEmpty() && aggregate.keys().isEmpty();
        return "SELECT " + String.join(", ", items) + " FROM (" + keyed + ") AS k"
                + (isGlobal ? "" : " GROUP BY GROUPING SETS (" + groups + ")");
    }

    private static String pivot(Rel.Pivot pivot) {
        List<String> input = SqlWriter.names(pivot.input().columns());
        List<String> groups = input.subList(0, pivot.by());
        List<String> items = new ArrayList<>(groups);
        for (int i = 0; i < pivot.values().size(); i++) {
            Expr is = Expr.call(Type.BOOLEAN, Op.EQ, new Expr.Column(pivot.by(), Type.STRING),
                    new Expr.Literal(pivot.values().get(i), Type.STRING));
            for (AggregateCall call : pivot.calls()) {
                String name = pivot.valueNames().get(i) + (pivot.calls().size() == 1 ? "" : "_" + call.name());
                AggregateCall some = new AggregateCall(call.function(), call.argument(), false, Optional.of(is),
                        call.name(), call.type());
                items.add("CASE WHEN count(*) FILTER (WHERE " + WRITER.write(is, input) + ") > 0 THEN "
                        + call(some, input) + " END AS " + name);
            }
        }
        return "SELECT " + String.join(", ", items) + " FROM " + sub(pivot.input())
                + (groups.isEmpty() ? "" : " GROUP BY " + String.join(", ", groups));
    }

    /// A session begins where no row of the group is near enough before; equal times are counted together.
    private static String sessions(Aggregate aggregate, Window window) {
        List<String> input = SqlWriter.names(aggregate.input().columns());
        String time = "epoch_us(" + input.get(window.timeColumn()) + ")";
        String keys = aggregate.keys().stream().map(key -> WRITER.write(key, input) + ", ")
                .collect(Collectors.joining());
        String group = keys + "TRUE";
        return "(SELECT * EXCLUDE (begins, session_number), make_timestamp(min(" + time + ") OVER (PARTITION BY " + keys
                + "session_number)) AS " + window.startName() + ", make_timestamp(max(" + time + ") OVER (PARTITION BY "
                + keys
                + "session_number) + " + window.size() + ") AS " + window.endName()
                + " FROM (SELECT *, sum(begins) OVER (PARTITION BY " + group + " ORDER BY " + time
                + ") AS session_number FROM (SELECT q.*, CASE WHEN " + time + " <= lag(" + time
                + ") OVER (PARTITION BY "
                + group + " ORDER BY " + time + ") + " + window.size() + " THEN 0 ELSE 1 END AS begins FROM "
                + sub(aggregate.input()) + " WHERE " + input.get(window.timeColumn())
                + " IS NOT NULL) AS f) AS s) AS w";
    }

    private static String windowed(Aggregate aggregate, Window window) {
        if (window.isSession()) {
            return sessions(aggregate, window);
        }
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
            case MAX_BY, MIN_BY -> (call.function() == Rel.Function.MAX_BY ? "arg_max_null(" : "arg_min_null(")
                    + argument + ", " + WRITER.write(call.by().orElseThrow(), input) + ")" + filter;
            case PERCENTILE -> "quantile_cont(" + argument + ", 0.25)" + filter;
            case MEDIAN -> "quantile_cont(" + argument + ", 0.5)" + filter;
            case SPREAD ->
                    "(coalesce(CAST(min(" + argument + ")" + filter + " AS VARCHAR), '-') || '..' || coalesce(CAST(max("
                            + argument + ")" + filter + " AS VARCHAR), '-') || '/' || count(*)" + filter + ")";
            case SQUARES -> "CAST(coalesce(sum((" + argument + ") % 7 * ((" + argument + ") % 7))" + filter
                    + ", 0) AS BIGINT)";
            case COUNT_IF -> "coalesce(CAST(count_if(" + argument + ")" + filter + " AS BIGINT), 0)";
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
            case MIN, MAX, BOOL_AND, BOOL_OR, STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP, BIT_AND, BIT_OR, BIT_XOR ->
                    call.function().name().toLowerCase(java.util.Locale.ROOT) + "(" + inside + ")" + filter;
        };
    }
}
