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
record ThalwegSql(boolean isStreaming) {
    private static final SqlWriter WRITER = SqlWriter.THALWEG;

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
        return (isStreaming ? "first_by" : "batch_first_by")
                + drop.keys().stream().map(i -> "_" + i).collect(Collectors.joining());
    }

    String query(Rel rel) {
        return switch (rel) {
            case Stream(String name, _) -> "SELECT * FROM " + (isStreaming ? "STREAM " : "") + name;
            case Static(String name, _) -> "SELECT * FROM " + name;
            case Watermark watermark -> watermark(watermark);
            case Filter filter -> "SELECT * FROM " + sub(filter.input()) + " WHERE "
                    + WRITER.write(filter.condition(), SqlWriter.names(filter.columns()));
            case Project project -> project(project);
            case Explode explode ->
                    "SELECT q.*, " + explode.name() + " FROM " + sub(explode.input()) + " LATERAL VIEW explode("
                            + WRITER.write(explode.array(), SqlWriter.names(explode.input().columns())) + ") x AS "
                            + explode.name();
            case Join join -> join(join);
            case Lookup lookup -> lookup(lookup);
            case Union union -> query(union.left()) + " UNION ALL " + query(union.right());
            case Distinct(Union union) -> query(union.left()) + " UNION " + "SELECT * FROM " + sub(union.right());
            case Distinct distinct -> "SELECT DISTINCT * FROM " + sub(distinct.input());
            case DropDuplicates drop -> "SELECT * FROM " + viewName(drop, isStreaming);
            case Aggregate aggregate -> aggregate(aggregate);
        };
    }

    /// A relation in FROM: by its name where it has one.
    private String sub(Rel rel) {
        return switch (rel) {
            case Stream(String name, _) -> (isStreaming ? "STREAM " : "") + name + " AS q";
            case Watermark(Stream stream, _, _, boolean inDeclaration) when inDeclaration -> sub(stream);
            case Static(String name, _) -> name + " AS q";
            default -> "(" + query(rel) + ") AS q"; // the others are queries
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
        List<String> right = new ArrayList<>();
        for (int i = 0; i < join.rightNames().size(); i++) {
            right.add(join.right().columns().get(i).name() + " AS " + join.rightNames().get(i));
        }
        List<String> conditions = new ArrayList<>();
        conditions.add(WRITER.write(join.key(), of("q", SqlWriter.names(join.left().columns())),
                of("r", join.rightNames())));
        join.residual().ifPresent(e -> conditions.add(WRITER.write(e, SqlWriter.names(join.both()))));
        String kind = switch (join.kind()) {
            case INNER -> "JOIN";
            case LEFT -> "LEFT JOIN";
            case SEMI -> "LEFT SEMI JOIN";
            case ANTI -> "LEFT ANTI JOIN";
            case NOT_IN -> "";
        };
        String table = "(SELECT " + String.join(", ", right) + " FROM " + join.right().name() + ") AS r";
        if (isSubquery(join)) {
            return subquery(join, table, conditions);
        }
        boolean isBoth = join.kind() == JoinKind.INNER || join.kind() == JoinKind.LEFT;
        String all = isStar(join) ? "*" : isBoth ? "q.*, r.*" : "q.*";
        return "SELECT " + all + " FROM " + sub(join.left()) + " " + kind + " " + table
                + " ON "
                + String.join(" AND ", conditions);
    }

    /// Every second semi or anti join is written as a subquery in WHERE; NOT IN is one.
    private static boolean isSubquery(Join join) {
        boolean filters = join.kind() == JoinKind.SEMI || join.kind() == JoinKind.ANTI;
        return join.kind() == JoinKind.NOT_IN || (filters && join.rightNames().getFirst().hashCode() % 2 == 0);
    }

    /// Every second one of the others is `SELECT *`.
    private static boolean isStar(Join join) {
        return join.rightNames().getLast().hashCode() % 2 == 0;
    }

    private static List<String> of(String alias, List<String> names) {
        return names.stream().map(name -> alias + "." + name).toList();
    }

    private String lookup(Lookup lookup) {
        List<String> outer = of("q", SqlWriter.names(lookup.input().columns()));
        List<String> inner = of("r", SqlWriter.names(lookup.table().columns()));
        return "SELECT q.*, (SELECT " + call(lookup.call(), inner) + " FROM " + lookup.table().name() + " AS r"
                + lookup.correlation().map(key -> " WHERE " + WRITER.write(key, outer, inner)).orElse("") + ") AS "
                + lookup.call().name() + " FROM " + sub(lookup.input());
    }

    private String subquery(Join join, String table, List<String> conditions) {
        String from = "SELECT q.* FROM " + sub(join.left()) + " WHERE ";
        boolean isIn = join.kind() == JoinKind.SEMI && !join.key().isNullSafe() && join.residual().isEmpty();
        if (isIn || join.kind() == JoinKind.NOT_IN) {
            return from + WRITER.write(join.key().left(), of("q", SqlWriter.names(join.left().columns())))
                    + (isIn ? "" : " NOT") + " IN (SELECT "
                    + WRITER.write(join.key().right(), of("r", join.rightNames())) + " FROM " + table
                    + ")";
        }
        return from + (join.kind() == JoinKind.SEMI ? "EXISTS" : "NOT EXISTS") + " (SELECT 1 FROM " + table
                + " WHERE " + String.join(" AND ", conditions) + ")";
    }

    private String aggregate(Aggregate aggregate) {
        List<String> input = SqlWriter.names(aggregate.input().columns());
        List<String> keys = aggregate.keys().stream().map(key -> WRITER.write(key, input)).toList();
        List<String> texts = new ArrayList<>();
        aggregate.window().ifPresent(_ -> texts.addAll(List.of("window.start", "window.end")));
        texts.addAll(keys);
        aggregate.calls().forEach(call -> texts.add(call(call, input)));
        List<String> items = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            items.add(texts.get(i) + " AS " + aggregate.columns().get(i).name());
        }
        Optional<String> window = aggregate.window().map(w -> window(w, input));
        return "SELECT " + String.join(", ", items) + " FROM " + sub(aggregate.input())
                + groupBy(aggregate, window, keys)
                + aggregate.having().map(having -> " HAVING " + WRITER.write(having, texts)).orElse("");
    }

    private static String window(Window window, List<String> input) {
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
                    LAST,
                    COLLECT_LIST ->
                    call.function().name().toLowerCase(Locale.ROOT);
        };
        String text = name + "(" + (call.distinct() ? "DISTINCT " : "") + argument + ")"
                + call.filter().map(e -> " FILTER (WHERE " + WRITER.write(e, input) + ")").orElse("");
        return call.function() == Rel.Function.COLLECT_SET ? "sort_array(" + text + ")" : text;
    }
}
