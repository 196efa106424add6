package dev.thalweg.tests.law;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// DuckDB in this process, with the tables of the law.
final class DuckDb implements AutoCloseable {
    private final Connection connection;

    DuckDb() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET threads = 1");
                for (Schema.Table table : Schema.TABLES) {
                    statement.execute("CREATE TABLE " + table.name() + " (" + table.columns().stream()
                            .map(c -> c.name() + " " + c.type().duck).collect(Collectors.joining(", ")) + ")");
                }
            }
        } catch (SQLException e) {
            throw new AssertionError("DuckDB does not start", e);
        }
    }

    /// The batch answer over all rows.
    List<List<@Nullable Object>> batch(QueryCase query) {
        String sql = DuckSql.of(query.query()).replace(DuckSql.CLOCK,
                "TIMESTAMP '" + query.lastClock().toString().replace("Z", "") + "'");
        try (Statement statement = connection.createStatement()) {
            for (Schema.Table table : used(query)) {
                load(statement, table, table.isStream()
                        ? query.rows(table.name(), query.triggers().size() - 1)
                        : query.tables().getOrDefault(table.name(), List.of()));
            }
            try (ResultSet result = statement.executeQuery(sql)) {
                return rows(result);
            }
        } catch (SQLException e) {
            throw new AssertionError("DuckDB refuses: " + e.getMessage() + "\n" + sql, e);
        }
    }

    private static List<Schema.Table> used(QueryCase query) {
        List<String> names = new ArrayList<>();
        for (Rel node : query.nodes()) {
            switch (node) {
                case Rel.Stream stream -> names.add(stream.name());
                case Rel.Static table -> names.add(table.name());
                default -> { // the others read no table themselves
                }
            }
        }
        return Schema.TABLES.stream().filter(table -> names.contains(table.name())).toList();
    }

    /// Every value as text: DuckDB reads that much faster than casts, and casts it to the column's type.
    private static void load(Statement statement, Schema.Table table, List<List<@Nullable Object>> rows)
            throws SQLException {
        statement.execute("DELETE FROM " + table.name());
        if (!rows.isEmpty()) {
            statement.execute("INSERT INTO " + table.name() + " VALUES " + rows.stream().map(row -> row.stream()
                    .map(value -> value == null ? "NULL" : "'" + value + "'")
                    .collect(Collectors.joining(", ", "(", ")")))
                    .collect(Collectors.joining(", ")));
        }
    }

    private static List<List<@Nullable Object>> rows(ResultSet result) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int width = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                row.add(value(result.getObject(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    private static @Nullable Object value(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Timestamp time -> time.toLocalDateTime().toInstant(ZoneOffset.UTC);
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case BigInteger number -> new BigDecimal(number);
            case Struct struct -> Arrays.asList(struct.getAttributes());
            case Array array -> Arrays.asList((Object[]) array.getArray());
            default -> value;
        };
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError("DuckDB does not close", e);
        }
    }
}
