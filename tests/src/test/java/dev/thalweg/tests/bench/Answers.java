package dev.thalweg.tests.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Compares the answers of two engines row by row, each as often as it occurs: DuckDB does it, with the types of one side.
///
/// A row stands for itself by a hash of 64 bits, so that answers of tens of millions of rows fit into memory.
///
/// @param other whose answer is compared with ours
/// @param workload whose answers they are: DuckDB's query says which types the columns have
/// @param files the query's input
record Answers(Dialect other, Workload workload, InputFiles files) {
    /// Fails unless both hold the same rows.
    ///
    /// @param expected a directory of CSV files with a header
    /// @param actual another
    /// @return how many rows each of them has
    long compare(Path expected, Path actual) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            DuckBench.prepare(sql, files);
            Map<String, String> columns = columns(sql, workload.sql(Dialect.DUCKDB).orElseThrow());
            read(sql, "expected", expected, columns);
            read(sql, "actual", actual, columns);
            String wanted = "(" + workload.comparable("expected", other) + ") t";
            String given = "(" + workload.comparable("actual", other) + ") t";
            sql.execute(
                    "CREATE TEMP TABLE differing AS SELECT h, sum(n) AS surplus FROM (SELECT hash(t) AS h, 1 AS n FROM "
                            + wanted + " UNION ALL SELECT hash(t), -1 FROM " + given
                            + ") GROUP BY h HAVING sum(n) <> 0 LIMIT 10");
            if (number(sql, "SELECT count(*) FROM differing") > 0) {
                throw new IllegalStateException("The answers to " + workload.label()
                        + " differ, so there are no times.\nOnly in " + expected + ":\n"
                        + first(sql, wanted, "surplus > 0")
                        + "Only in " + actual + ":\n" + first(sql, given, "surplus < 0"));
            }
            return number(sql, "SELECT count(*) FROM " + given);
        }
    }

    /// The answer's columns, each with its type.
    private static Map<String, String> columns(Statement sql, String query) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (ResultSet described = sql.executeQuery("DESCRIBE " + query)) {
            while (described.next()) {
                columns.put(described.getString(1), described.getString(2));
            }
        }
        return columns;
    }

    private static void read(Statement sql, String name, Path directory, Map<String, String> columns)
            throws SQLException {
        String types = columns.entrySet().stream()
                .map(column -> "'" + column.getKey() + "': '" + column.getValue() + "'")
                .collect(Collectors.joining(", "));
        String values = columns.entrySet().stream().map(column -> value(column.getKey(), column.getValue()))
                .collect(Collectors.joining(", "));
        sql.execute("CREATE VIEW " + name + " AS SELECT " + values + " FROM read_csv('" + directory
                + "/*.csv', header = true, delim = ',', quote = '\"', escape = '\"', columns = {" + types + "})");
    }

    /// Sums of fractions differ in their last digits by the order in which they were added: eleven count, so that one at the edge of
    /// being rounded is as good as never met.
    private static String value(String column, String type) {
        String name = '"' + column + '"';
        return type.equals("DOUBLE") ? "printf('%%.10e', %s)::DOUBLE AS %s".formatted(name, name) : name;
    }

    private static long number(Statement sql, String query) throws SQLException {
        try (ResultSet result = sql.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static String first(Statement sql, String rows, String where) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (ResultSet result = sql.executeQuery(
                "SELECT t::VARCHAR FROM " + rows + " JOIN differing ON hash(t) = h WHERE " + where + " LIMIT 5")) {
            while (result.next()) {
                text.append("  ").append(result.getString(1)).append('\n');
            }
        }
        return text.toString();
    }
}
