package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Col;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tables that every case of the law has: two streams of one shape, and two finite tables. Some names begin others, as
/// `v` does `v1`.
final class Schema {
    static final String EVENT_TIME = "ts";

    private static final List<Col> EVENTS = List.of(new Col("k", Type.STRING), new Col("v", Type.INT),
            new Col("v1", Type.INT),
            new Col("v10", Type.BIGINT), new Col("d", Type.DOUBLE), new Col("m", Type.DECIMAL),
            new Col("f", Type.BOOLEAN),
            new Col("dt", Type.DATE), new Col("txt", Type.STRING), new Col("y", Type.TINYINT),
            new Col("h", Type.SMALLINT),
            new Col("q", Type.FLOAT), new Col(EVENT_TIME, Type.TIMESTAMP));

    static final List<Table> STREAMS = List.of(new Table("s0", EVENTS, true), new Table("s1", EVENTS, true));
    static final List<Table> STATICS = List.of(
            new Table("t0",
                    List.of(new Col("id", Type.INT), new Col("name", Type.STRING), new Col("rate", Type.DECIMAL),
                            new Col("ok", Type.BOOLEAN)),
                    false),
            new Table("t1", List.of(new Col("k", Type.STRING), new Col("w", Type.BIGINT), new Col("since", Type.DATE)),
                    false));
    static final List<Table> TABLES = List.of(STREAMS.get(0), STREAMS.get(1), STATICS.get(0), STATICS.get(1));

    private Schema() {}

    record Table(String name, List<Col> columns, boolean isStream) {}

    static Table table(String name) {
        return TABLES.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    /// Those that a query reads.
    static List<Table> used(QueryCase query) {
        Set<String> names = query.nodes().stream().flatMap(node -> switch (node) {
            case Rel.Stream stream -> Stream.of(stream.name());
            case Rel.Static table -> Stream.of(table.name());
            default -> Stream.empty(); // the others read what is below them
        }).collect(Collectors.toSet());
        return TABLES.stream().filter(table -> names.contains(table.name())).toList();
    }

    /// Rows as the text after `VALUES`.
    static String values(Table table, List<List<@Nullable Object>> rows, Function<Type, String> typeName) {
        return rows.stream().map(row -> {
            StringBuilder text = new StringBuilder("(");
            for (int i = 0; i < row.size(); i++) {
                text.append(i == 0 ? "" : ", ")
                        .append(SqlLiteral.of(row.get(i), typeName.apply(table.columns().get(i).type())));
            }
            return text.append(")").toString();
        }).collect(Collectors.joining(",\n    "));
    }
}
