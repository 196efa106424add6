package dev.thalweg.tests.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Where the files of an input lie, and the words with which Thalweg and DuckDB read them.
///
/// @param directory holds the directories `rows`, `dealt` (see [BenchFiles#deal]) and one for the table beside the input
/// @param repeats how often the rows are read: 1, or more with [BenchFiles#repeat]
record InputFiles(Input input, Input.Encoding encoding, Path directory, int repeats) {
    Path rows() {
        return directory.resolve(repeats == 1 ? "rows" : "rows-" + repeats + "-times");
    }

    /// Those of one of the input's streams.
    Path rows(String table) {
        return table.equals(input.table()) ? rows() : directory.resolve(table);
    }

    /// So many that a streaming engine takes them in ten triggers.
    int filesATrigger() {
        return Input.FILES_A_TRIGGER * repeats;
    }

    /// The same rows in two files, for an engine that does not take files in order.
    Path dealt() {
        return directory.resolve("dealt");
    }

    Path dealt(String table) {
        return table.equals(input.table()) ? dealt() : directory.resolve("dealt-" + table);
    }

    Path side(Input.Side side) {
        return directory.resolve(side.table());
    }

    /// The statements that tell Thalweg of the files; with a watermark where the query goes by event time.
    List<String> thalwegTables(Workload workload) {
        List<String> statements = new ArrayList<>();
        String watermark = workload.has(Workload.Trait.EVENT_TIME)
                ? ", WATERMARK FOR " + input.time() + " AS " + input.time() + " - INTERVAL '10' SECOND"
                : "";
        input.streams().forEach((table, columns) -> statements.add("CREATE STREAM " + table + " (" + columns + watermark
                + ") USING " + encoding.label() + " OPTIONS (path '" + rows(table) + "', maxFilesPerTrigger '"
                + filesATrigger() + "')"));
        input.side().ifPresent(side -> statements.add("CREATE TABLE " + side.table() + " (" + side.columns()
                + ") USING csv OPTIONS (path '" + side(side) + "')"));
        return statements;
    }

    /// The statements that tell DuckDB of the files.
    List<String> duckTables() {
        List<String> statements = new ArrayList<>();
        input.streams().forEach((table, columns) -> statements.add("CREATE VIEW " + table + " AS SELECT * FROM "
                + switch (encoding) {
                    // one column of text: DuckDB has no other way to say it
                    case TEXT -> "read_csv('" + rows(table)
                            + "/*', columns = {'value': 'VARCHAR'}, delim = '\\x01', quote = '', header = false)";
                    case JSON -> readJson(columns, rows(table) + "/*");
                    case PARQUET -> "read_parquet('" + rows(table) + "/*')";
                }));
        input.side().ifPresent(side -> statements.add("CREATE VIEW " + side.table() + " AS SELECT * FROM read_csv('"
                + side(side) + "/*', header = false, columns = {" + columnTypes(side.columns()) + "})"));
        return statements;
    }

    /// What stands behind FROM where DuckDB reads JSON.
    static String readJson(String columns, String files) {
        return "read_json('" + files + "', format = 'newline_delimited', columns = {" + columnTypes(columns) + "})";
    }

    private static String columnTypes(String columns) {
        return Arrays.stream(columns.split(", ")).map(column -> "'" + column.replace(" ", "': '") + "'")
                .collect(Collectors.joining(", "));
    }
}
