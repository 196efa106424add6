package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.AggregateCall;
import dev.thalweg.tests.law.Rel.Distinct;
import dev.thalweg.tests.law.Rel.DropDuplicates;
import dev.thalweg.tests.law.Rel.Explode;
import dev.thalweg.tests.law.Rel.Filter;
import dev.thalweg.tests.law.Rel.Grouping;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.JoinKind;
import dev.thalweg.tests.law.Rel.Lookup;
import dev.thalweg.tests.law.Rel.Project;
import dev.thalweg.tests.law.Rel.Static;
import dev.thalweg.tests.law.Rel.Stream;
import dev.thalweg.tests.law.Rel.Union;
import dev.thalweg.tests.law.Rel.Watermark;
import dev.thalweg.tests.law.Rel.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A query of the law in Thalweg's SQL, over the streams or over the same tables as they are.
///
/// A relation that SQL cannot say (`dropDuplicates`) is named by the view that the runner has made of it.
///
/// @param isStreaming reads `STREAM s`, with the watermarks of the query; else bare `s`
/// @param hasHints says how long things live; else an option of the query does
record ThalwegSql(boolean isStreaming, boolean hasHints) {
    private static final SqlWriter WRITER = SqlWriter.THALWEG;

    static ThalwegSql of(QueryCase query, boolean isStreaming) {
        return new ThalwegSql(isStreaming, Lifetimes.option(query).isEmpty());
    }

    static String createTable(Schema.Table table, Optional<Watermark> watermark) {
        String columns = table.columns().stream().map(c -> c.name() + " " + c.type().sql)
                .collect(Collectors.joining(", "));
        String time = watermark.map(w -> ", WATERMARK FOR " + table.columns().get(w.column()).name() + " AS "
                + table.columns().get(w.column()).name() + " - " + interval(w.delayMicros())).orElse("");
        return "CREATE " + (table.isStream() ? "STREAM " : "TABLE ") + table.name() + " (" + columns + time
                + ") USING memory";
    }

    static String insert(Schema.Table table, List<List<@org.jspecify.annotations.Nullable Object>> rows) {
        return "INSERT INTO " + table.name() + " VALUES\n    " + Schema.values(table, rows, type -> type.sql);
    }

    static String interval(long micros) {
        return micros % 1_000_000 == 0
                ? "INTERVAL '" + micros / 1_000_000 + "' SECOND"
                : "INTERVAL '" + java.math.BigDecimal.valueOf(micros, 6).toPlainString() + "' SECOND";
    }

    static String viewName(DropDuplicates drop, boolean isStreaming) {
        return (isStreaming ? "first_by" : "batch_first_by") + (drop.isWithin() ? "_within" : "")
                + drop.keys().stream().map(i -> "_" + i).collect(Collectors.joining());
    }

    String query(Rel rel) {
        return switch (rel) {
            case Stream(String name, _) -> "SELECT * FROM " + (isStreaming ? "STREAM " : "") + name;
            case Static(String name, _) -> "SELECT * FROM " + name;
            case Watermark watermark -> watermark(watermark);
            case Rel.Lives lives -> select(lives) + "* FROM " + sub(lives.input());
            case Filter filter -> "SELECT * FROM " + sub(filter.input()) + " WHERE "
                    + WRITER.write(filter.condition(), SqlWriter.names(filter.columns()));
            case Project project -> project(project);
            case Explode explode ->
                    "SELECT q.*, " + explode.name() + " FROM " + sub(explode.input()) + " LATERAL VIEW explode("
                            + WRITER.write(explode.array(), SqlWriter.names(explode.input().columns())) + ") x AS "
                            + explode.name();
            case Join join -> join(join);
            case Rel.Asof join -> asof(join);
            case Lookup lookup -> lookup(lookup);
            case Union union -> part(union.left()) + " UNION ALL " + part(union.right());
            case Distinct(Union union) -> part(union.left()) + " UNION " + "SELECT * FROM " + sub(union.right());
            case Distinct distinct -> above(distinct.input()) + "DISTINCT * FROM " + sub(distinct.input());
            case DropDuplicates drop -> "SELECT * FROM " + viewName(drop, isStreaming);
            case Aggregate aggregate -> aggregate(aggregate, "");
            case Rel.SetOperation set ->
                    "SELECT * FROM " + sub(set.left()) + " " + set.kind() + (set.all() ? " ALL" : "")
                            + " SELECT * FROM " + sub(set.right());
            case Rel.Top top -> top(top);
            case Rel.Clocked filter -> clocked(filter);
            case Rel.Lateral lateral -> lateral(lateral);
            case Rel.Reach reach -> reach(reach);
            case Rel.Match match -> match(match);
            case Rel.Pivot pivot -> pivot(pivot);
            case Rel.WindowTime time -> aggregate(time.groups(), ", window_time("
                    + (time.groups().window().filter(Window::isSession).isPresent() ? "session_window" : "window")
                    + ") AS " + time.name());
            case Rel.Over over -> over(over);
        };
    }

    /// The beginning of a query that says how long a relation lives that it calls `q`.
    private String select(Rel.Lives lives) {
        String time = lives.micros() == 0 ? "none" : lives.micros() / 1_000_000 + " seconds";
        return "SELECT " + (hasHints ? "/*+ STATE_TTL('q' = '" + time + "') */ " : "");
    }

    /// The same, where the relation does not say so itself.
    private String above(Rel input) {
        return input instanceof Rel.Lives lives && lives.isAbove() ? select(lives) : "SELECT ";
    }

    /// A relation as one of several that are put together.
    private String part(Rel rel) {
        boolean binds = rel instanceof Union || rel instanceof Rel.SetOperation || rel instanceof Rel.Top;
        return binds ? "SELECT * FROM " + sub(rel) : query(rel);
    }

    /// A relation in FROM: by its name where it has one.
    private String sub(Rel rel) {
        return sub(rel, "q");
    }

    private String sub(Rel rel, String alias) {
        return switch (rel) {
            case Stream(String name, _) -> (isStreaming ? "STREAM " : "") + name + " AS " + alias;
            case Watermark(Stream stream, _, _, boolean inDeclaration) when inDeclaration -> sub(stream, alias);
            case Static(String name, _) -> name + " AS " + alias;
            case Rel.Lives lives when lives.isAbove() -> sub(lives.input(), alias);
            default -> "(" + query(rel) + ") AS " + alias; // the others are queries
        };
    }

    private String watermark(Watermark watermark) {
        String time = watermark.columns().get(watermark.column()).name();
        if (watermark.inDeclaration() || !isStreaming) {
            return query(watermark.input());
        }
        return "SELECT * FROM (" + query(watermark.input()) + ") WATERMARK " + time + " DELAY OF "
                + interval(watermark.delayMicros())
                + " AS q";
    }

    private String project(Project project) {
        return "SELECT " + String.join(", ", WRITER.items(project)) + " FROM " + sub(project.input());
    }

    private String join(Join join) {
        String table = rightSide(join.right(), join.rightNames());
        List<String> conditions = conditions(join);
        if (join.isSubquery()) {
            return subquery(join, table, conditions);
        }
        String kind = switch (join.kind()) {
            case INNER -> "JOIN";
            case LEFT, RIGHT, FULL -> join.kind() + " JOIN";
            case SEMI -> "LEFT SEMI JOIN";
            case ANTI -> "LEFT ANTI JOIN";
            case NOT_IN -> throw new AssertionError("a subquery");
        };
        String all = isStar(join) ? "*" : join.kind().givesBoth() ? "q.*, r.*" : "q.*";
        return "SELECT " + all + " FROM " + sub(join.left()) + " " + kind + " " + table + " ON "
                + (conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions));
    }

    /// Every second one says its comparison in ON.
    private String asof(Rel.Asof join) {
        List<String> left = of("q", SqlWriter.names(join.left().columns()));
        List<String> right = of("r", join.rightNames());
        String match = left.get(join.leftTime()) + " " + join.comparison() + " " + right.get(join.rightTime());
        boolean isInOn = join.rightNames().getFirst().hashCode() % 2 == 0;
        List<String> conditions = new ArrayList<>(isInOn ? List.of(match) : List.of());
        join.keys().forEach(key -> conditions.add(WRITER.write(key, left, right)));
        return "SELECT * FROM " + sub(join.left()) + (join.outer() ? " LEFT" : "") + " ASOF JOIN "
                + rightSide(join.right(), join.rightNames()) + (isInOn ? "" : " MATCH_CONDITION (" + match + ")")
                + (conditions.isEmpty() ? "" : " ON " + String.join(" AND ", conditions));
    }

    private String rightSide(Rel side, List<String> names) {
        List<String> right = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            right.add(side.columns().get(i).name() + " AS " + names.get(i));
        }
        return "(SELECT " + String.join(", ", right) + " FROM " + sub(side) + ") AS r";
    }

    private static List<String> conditions(Join join) {
        List<String> left = of("q", SqlWriter.names(join.left().columns()));
        List<String> right = of("r", join.rightNames());
        List<String> conditions = new ArrayList<>();
        join.keys().forEach(key -> conditions.add(WRITER.write(key, left, right)));
        join.band().ifPresent(band -> conditions.add(band(band, left.get(band.left()), right.get(band.right()))));
        join.residual().ifPresent(e -> conditions.add(WRITER.write(e, SqlWriter.names(join.both()))));
        return conditions;
    }

    /// From the right's side where it has two ends, else from the left's.
    private static String band(Rel.Band band, String left, String right) {
        if (JoinBound.isExact(band)) {
            return right + " = " + plus(left, band.after().orElseThrow());
        }
        if (band.before().isPresent() && band.after().isPresent()) {
            return right + " BETWEEN " + plus(left, -band.before().get()) + " AND " + plus(left, band.after().get());
        }
        return band.before().map(before -> left + " <= " + plus(right, before))
                .orElseGet(() -> left + " >= " + plus(right, -band.after().orElseThrow()));
    }

    private static String plus(String time, long micros) {
        return micros == 0 ? time : time + (micros < 0 ? " - " : " + ") + interval(Math.abs(micros));
    }

    /// Every second one is `SELECT *`.
    private static boolean isStar(Join join) {
        return join.rightNames().getLast().hashCode() % 2 == 0;
    }

    private static List<String> of(String alias, List<String> names) {
        return names.stream().map(name -> alias + "." + name).toList();
    }

    private String lookup(Lookup lookup) {
        List<String> outer = of("q", SqlWriter.names(lookup.input().columns()));
        List<String> inner = of("r", SqlWriter.names(lookup.table().columns()));
        return "SELECT q.*, (SELECT " + call(lookup.call(), inner) + " FROM " + sub(lookup.table(), "r")
                + lookup.correlation().map(key -> " WHERE " + WRITER.write(key, outer, inner)).orElse("") + ") AS "
                + lookup.call().name() + " FROM " + sub(lookup.input());
    }

    private String subquery(Join join, String table, List<String> conditions) {
        String from = "SELECT q.* FROM " + sub(join.left()) + " WHERE ";
        boolean isIn = join.kind() == JoinKind.SEMI && join.keys().size() == 1
                && !join.keys().getFirst().isNullSafe() && join.residual().isEmpty();
        if (isIn || join.kind() == JoinKind.NOT_IN) {
            Rel.JoinKey key = join.keys().getFirst();
            return from + WRITER.write(key.left(), of("q", SqlWriter.names(join.left().columns())))
                    + (isIn ? "" : " NOT") + " IN (SELECT "
                    + WRITER.write(key.right(), of("r", join.rightNames())) + " FROM " + table
                    + ")";
        }
        return from + (join.kind() == JoinKind.SEMI ? "EXISTS" : "NOT EXISTS") + " (SELECT 1 FROM " + table
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions)) + ")";
    }

    /// @param last more items
    private String aggregate(Aggregate aggregate, String last) {
        List<String> input = SqlWriter.names(aggregate.input().columns());
        List<String> keys = aggregate.keys().stream().map(key -> WRITER.write(key, input)).toList();
        List<String> texts = new ArrayList<>();
        aggregate.window().map(w -> w.isSession() ? "session_window" : "window")
                .ifPresent(w -> texts.addAll(List.of(w + ".start", w + ".end")));
        texts.addAll(keys);
        aggregate.calls().forEach(call -> texts.add(call(call, input)));
        List<String> items = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            items.add(texts.get(i) + " AS " + aggregate.columns().get(i).name());
        }
        Optional<String> window = aggregate.window().map(w -> window(w, input));
        return above(aggregate.input()) + String.join(", ", items) + last + " FROM " + sub(aggregate.input())
                + groupBy(aggregate, window, keys)
                + aggregate.having().map(having -> " HAVING " + WRITER.write(having, texts)).orElse("");
    }

    private String clocked(Rel.Clocked filter) {
        return "SELECT * FROM " + sub(filter.input()) + " WHERE clock() " + filter.comparison() + " "
                + plus(filter.columns().get(filter.column()).name(), filter.shiftMicros());
    }

    private String lateral(Rel.Lateral lateral) {
        return "SELECT * FROM " + sub(lateral.left()) + (lateral.outer() ? " LEFT" : "") + " JOIN LATERAL ("
                + lateralPart(lateral, sub(lateral.right(), "p"), WRITER) + ") AS r ON TRUE";
    }

    /// The query that is asked for each row.
    static String lateralPart(Rel.Lateral lateral, String right, SqlWriter writer) {
        List<String> names = of("p", SqlWriter.names(lateral.right().columns()));
        List<String> items = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            items.add(names.get(i) + " AS " + lateral.rightNames().get(i));
        }
        List<String> outer = of("q", SqlWriter.names(lateral.left().columns()));
        String conditions = lateral.keys().stream().map(key -> lateral.isAbove()
                ? writer.write(key.left(), outer) + " < " + writer.write(key.right(), names)
                : writer.write(key, outer, names)).collect(Collectors.joining(" AND "));
        return "SELECT " + String.join(", ", items) + " FROM " + right
                + (conditions.isEmpty() ? "" : " WHERE " + conditions) + " ORDER BY "
                + lateral.order().stream()
                        .map(key -> names.get(key.column()) + (key.descending() ? " DESC" : " ASC")
                                + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"))
                        .collect(Collectors.joining(", "))
                + " LIMIT " + lateral.count();
    }

    private String reach(Rel.Reach reach) {
        return reach(reach, sub(reach.start(), "b"), sub(reach.edges(), "e"));
    }

    /// @param start where one begins, `edges` how one goes on: both in FROM
    static String reach(Rel.Reach reach, String start, String edges) {
        String from = reach.start().columns().getFirst().name();
        List<String> edge = of("e", SqlWriter.names(reach.edges().columns()));
        String names = reach.name() + (reach.length() == 0 ? "" : ", " + reach.lengthName());
        return "WITH RECURSIVE w(" + names + ") AS (SELECT b." + from + (reach.length() == 0 ? "" : ", 0") + " FROM "
                + start + (reach.length() == 0 ? " UNION " : " UNION ALL ") + "SELECT " + edge.get(1)
                + (reach.length() == 0 ? "" : ", w." + reach.lengthName() + " + 1") + " FROM w JOIN " + edges + " ON "
                + edge.get(0) + " = w." + reach.name()
                + (reach.length() == 0 ? "" : " WHERE w." + reach.lengthName() + " < " + reach.length())
                + ") SELECT * FROM w";
    }

    private String match(Rel.Match match) {
        List<String> input = SqlWriter.names(match.input().columns());
        List<String> own = new ArrayList<>(List.of("k", "m", "n", "f", "c"));
        match.pattern().conditions().keySet().forEach(variable -> own.add("s" + variable));
        List<String> items = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            items.add(own.get(i) + " AS " + match.names().get(i));
        }
        return "SELECT " + String.join(", ", items) + " FROM (SELECT " + input.get(0) + " AS k, " + input.get(1)
                + " AS ts, " + input.get(2) + " AS v, " + input.get(2) + " AS id FROM " + sub(match.input()) + ")"
                + match.pattern().sql();
    }

    private String pivot(Rel.Pivot pivot) {
        List<String> input = SqlWriter.names(pivot.input().columns());
        List<String> values = new ArrayList<>();
        for (int i = 0; i < pivot.values().size(); i++) {
            values.add(SqlLiteral.of(pivot.values().get(i), "STRING") + " AS " + pivot.valueNames().get(i));
        }
        return "SELECT * FROM " + sub(pivot.input()) + " PIVOT (" + pivot.calls().stream()
                .map(call -> call(call, input) + (pivot.calls().size() == 1 ? "" : " AS " + call.name()))
                .collect(Collectors.joining(", ")) + " FOR " + input.get(pivot.by()) + " IN ("
                + String.join(", ", values) + "))";
    }

    private String top(Rel.Top top) {
        List<String> names = SqlWriter.names(top.input().columns());
        String from = " FROM " + sub(top.input());
        long last = top.offset() + top.count();
        if (top.form() == Rel.TopForm.LIMIT) {
            return "SELECT *" + from + " ORDER BY " + order(top.order(), names) + " LIMIT " + top.count()
                    + (top.offset() == 0 ? "" : " OFFSET " + top.offset());
        }
        String rank = top.rank().name().toLowerCase(Locale.ROOT) + "() OVER ("
                + specification(top.partition(), top.order(), names) + ")";
        String test = top.offset() == 0 ? " <= " + last : " BETWEEN " + (top.offset() + 1) + " AND " + last;
        if (top.form() == Rel.TopForm.QUALIFY) {
            return "SELECT *" + top.rankName().map(name -> ", " + rank + " AS " + name).orElse("") + from
                    + " QUALIFY " + rank + test;
        }
        String all = top.rankName().isPresent() ? "*" : String.join(", ", names);
        String name = top.rankName().orElse("ranked");
        return "SELECT " + all + " FROM (SELECT *, " + rank + " AS " + name + from + ") AS q WHERE " + name + test;
    }

    private String over(Rel.Over over) {
        List<String> names = SqlWriter.names(over.input().columns());
        String specification = specification(over.partition(), over.order(), names);
        return above(over.input()) + "*, " + over.calls().stream()
                .map(call -> call(call, names) + " OVER (" + (specification + call.frameSql()).strip() + ") AS "
                        + call.name())
                .collect(Collectors.joining(", ")) + " FROM " + sub(over.input());
    }

    private static String call(OverCall call, List<String> names) {
        String number = String.valueOf(call.number());
        String argument = call.column() >= 0 ? names.get(call.column()) : "";
        String inside = switch (call.function()) {
            case NTILE -> number;
            case LAG, LEAD, NTH_VALUE -> argument + ", " + number;
            case COUNT -> argument.isEmpty() ? "*" : argument;
            case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, FIRST_VALUE, LAST_VALUE, SUM, AVG, MIN, MAX ->
                    argument;
        };
        return call.function().name().toLowerCase(Locale.ROOT) + "(" + inside + ")"
                + (call.ignoresNulls() ? " IGNORE NULLS" : "");
    }

    private static String specification(List<Integer> partition, List<Rel.Order> order, List<String> names) {
        List<String> parts = new ArrayList<>();
        if (!partition.isEmpty()) {
            parts.add("PARTITION BY " + partition.stream().map(names::get).collect(Collectors.joining(", ")));
        }
        if (!order.isEmpty()) {
            parts.add("ORDER BY " + order(order, names));
        }
        return String.join(" ", parts);
    }

    /// Where NULLs go is written where it is not where Spark puts them.
    private static String order(List<Rel.Order> order, List<String> names) {
        return order.stream().map(key -> names.get(key.column()) + (key.descending() ? " DESC" : "")
                + (key.nullsFirst() == key.descending() ? " NULLS " + (key.nullsFirst() ? "FIRST" : "LAST") : ""))
                .collect(Collectors.joining(", "));
    }

    private static String window(Window window, List<String> input) {
        if (window.isSession()) {
            return "session_window(" + input.get(window.timeColumn()) + ", " + interval(window.size()) + ")";
        }
        return "window(" + input.get(window.timeColumn()) + ", " + interval(window.size())
                + (window.slide() == window.size() ? "" : ", " + interval(window.slide())) + ")";
    }

    private static String groupBy(Aggregate aggregate, Optional<String> window, List<String> keys) {
        if (aggregate.grouping() == Grouping.PLAIN) {
            List<String> all = new ArrayList<>();
            window.ifPresent(all::add);
            all.addAll(keys);
            return all.isEmpty() ? "" : " GROUP BY " + String.join(", ", all);
        }
        if (window.isEmpty() && aggregate.grouping() != Grouping.SETS) {
            return " GROUP BY " + aggregate.grouping() + "(" + String.join(", ", keys) + ")";
        }
        String sets = aggregate.sets().stream().map(set -> {
            List<String> shown = new ArrayList<>();
            window.ifPresent(shown::add);
            set.forEach(i -> shown.add(keys.get(i)));
            return "(" + String.join(", ", shown) + ")";
        }).collect(Collectors.joining(", "));
        return " GROUP BY GROUPING SETS (" + sets + ")";
    }

    private static String call(AggregateCall call, List<String> input) {
        String argument = call.argument().map(e -> WRITER.write(e, input)).orElse("*");
        String name = switch (call.function()) {
            case COUNT_ROWS, COUNT -> "count";
            case SUM, AVG, MIN, MAX, BOOL_AND, BOOL_OR, STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP, COLLECT_SET, FIRST,
                    LAST, COLLECT_LIST, MAX_BY, MIN_BY, PERCENTILE, MEDIAN, BIT_AND, BIT_OR, BIT_XOR, COUNT_IF ->
                    call.function().name().toLowerCase(Locale.ROOT);
            case SPREAD, SQUARES -> "law_" + call.function().name().toLowerCase(Locale.ROOT);
        };
        String more = call.function() == Rel.Function.PERCENTILE
                ? ", 0.25"
                : call.by().map(by -> ", " + WRITER.write(by, input)).orElse("");
        String text = name + "(" + (call.distinct() ? "DISTINCT " : "") + argument + more + ")"
                + call.filter().map(e -> " FILTER (WHERE " + WRITER.write(e, input) + ")").orElse("");
        return call.function() == Rel.Function.COLLECT_SET ? "sort_array(" + text + ")" : text;
    }
}
