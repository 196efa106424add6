package dev.thalweg.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Files that DuckDB writes, and what it reads in them: the other opinion about Parquet.
public final class DuckFiles {
    private DuckFiles() {}

    /// Writes the answer of a query.
    ///
    /// @param options of COPY besides the format, such as `ROW_GROUP_SIZE 2048`
    public static void write(Path file, String query, String options) {
        String more = options.isEmpty() ? "" : ", " + options;
        run("COPY (" + query + ") TO '" + file + "' (FORMAT parquet" + more + ")");
    }

    public static void run(String sql) {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /// The rows of a query, as the values that `DataType` lists; times as `epoch_us` gives them.
    public static List<List<@Nullable Object>> rows(String query) {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(value(result.getObject(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    private static @Nullable Object value(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case LocalDate date -> (int) date.toEpochDay();
            case BigInteger big -> new BigDecimal(big);
            case Blob blob -> blob.getBytes(1, (int) blob.length());
            case Array array -> values((Object[]) array.getArray());
            case Struct struct -> values(struct.getAttributes());
            case Map<?, ?> map -> {
                Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    entries.put(value(entry.getKey()), value(entry.getValue()));
                }
                yield entries;
            }
            default -> value;
        };
    }

    private static List<@Nullable Object> values(@Nullable Object[] objects) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (Object object : objects) {
            values.add(value(object));
        }
        return values;
    }
}
