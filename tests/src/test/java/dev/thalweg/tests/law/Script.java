package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Mode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A case as SQL to paste.
final class Script {
    private Script() {}

    static String of(QueryCase query, String wrong) {
        StringBuilder text = new StringBuilder(
                "-- seed " + query.seed() + "\nSET thalweg.sql.session.timeZone = 'UTC';\nSET thalweg.sql.tasks = '"
                        + query.tasks() + "';\nSET thalweg.state.cacheBytesMax = '" + query.stateCacheBytes()
                        + "';\nSET thalweg.sql.streaming.multipleWatermarkPolicy = '" + query.watermarkPolicy()
                        + "';\nSET thalweg.trigger = '1 hour';\n");
        List<Schema.Table> used = Schema.used(query);
        for (Schema.Table table : used) {
            List<List<@Nullable Object>> rows = query.tables().getOrDefault(table.name(), List.of());
            text.append(ThalwegSql.createTable(table, ThalwegRunner.declared(query, table))).append(";\n");
            if (!rows.isEmpty()) {
                text.append(ThalwegSql.insert(table, rows)).append(";\n");
            }
        }
        Lifetimes.option(query).ifPresent(micros -> text.append("SET thalweg.sql.stateTtl = '")
                .append(micros / 1_000_000).append(" seconds';\n"));
        ThalwegSql sql = ThalwegSql.of(query, true);
        for (Rel node : query.nodes()) {
            if (node instanceof Rel.DropDuplicates drop) {
                text.append("-- in Java: session.sql(\"").append(sql.query(drop.input()))
                        .append(drop.isWithin() ? "\").dropDuplicatesWithinWatermark(" : "\").dropDuplicates(")
                        .append(drop.keys().stream().map(i -> drop.columns().get(i).name()).toList())
                        .append(").createOrReplaceTempView(\"").append(ThalwegSql.viewName(drop, true)).append("\")\n");
            }
        }
        if (query.mode() == Mode.UPDATE) {
            text.append("CREATE MATERIALIZED VIEW result AS ");
        } else {
            text.append("-- output mode ").append(query.mode().name().toLowerCase(Locale.ROOT))
                    .append("\nINSERT INTO result ");
        }
        text.append(sql.query(query.query())).append(";\n");
        for (int i = 0; i < query.triggers().size(); i++) {
            text.append("-- trigger ").append(i).append(", the clock at ").append(query.clock(i)).append('\n');
            for (Schema.Table stream : Schema.STREAMS) {
                List<List<@Nullable Object>> rows = query.triggers().get(i).of(stream.name());
                if (!rows.isEmpty() && used.contains(stream)) {
                    text.append(ThalwegSql.insert(stream, rows)).append(";\n");
                }
            }
            text.append("AWAIT QUERY result UNTIL IDLE;\n")
                    .append(query.restarts().contains(i) ? "-- stop and start again\n" : "");
        }
        return text + "-- " + wrong.replace("\n", "\n-- ");
    }
}
