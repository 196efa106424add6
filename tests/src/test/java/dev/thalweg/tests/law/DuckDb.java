package dev.thalweg.tests.law;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// DuckDB in this process, with the tables of the law.
final class DuckDb implements AutoCloseable {
    private final DuckDBConnection connection;

    DuckDb() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
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
            for (Schema.Table table : Schema.used(query)) {
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

    private void load(Statement statement, Schema.Table table, List<List<@Nullable Object>> rows)
            throws SQLException {
        statement.execute("DELETE FROM " + table.name());
        try (DuckDBAppender appender = connection.createAppender(table.name())) {
            for (List<@Nullable Object> row : rows) {
                appender.beginRow();
                for (Object value : row) {
                    append(appender, value);
                }
                appender.endRow();
            }
        }
    }

    private static void append(DuckDBAppender appender, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case Boolean flag -> appender.append(flag);
            case Byte number -> appender.append(number);
            case Short number -> appender.append(number);
            case Integer number -> appender.append(number);
            case Long number -> appender.append(number);
            case Float number -> appender.append(number);
            case Double number -> appender.append(number);
            case BigDecimal number -> appender.append(number);
            case String text -> appender.append(text);
            case LocalDate date -> appender.append(date);
            case Instant time -> appender.append(time.atOffset(ZoneOffset.UTC).toLocalDateTime());
            default -> throw new AssertionError("no column of the law holds a " + value.getClass());
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
