package dev.thalweg.tests.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Row groups in which a filter lets nothing through")
@Timeout(60)
final class SkippedRowGroupsSpec {
    private static final int ROWS = 8192;
    private static final int GROUP = 2048;

    @TempDir
    private Path temp;

    private final ThalwegSession session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
            .create();

    @BeforeEach
    void write() throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("COPY (SELECT i AS id, (i // 2)::INT AS half, CASE WHEN i % 3 <> 0 THEN i END AS gap,"
                    + " TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(i) AS ts FROM range(" + ROWS + ") t(i)) TO '"
                    + temp + "/rows.parquet' (FORMAT parquet, ROW_GROUP_SIZE " + GROUP + ")");
        }
        session.sql("CREATE STREAM plain (id BIGINT, half INT, gap BIGINT, ts TIMESTAMP) USING parquet OPTIONS (path '"
                + temp + "/*.parquet')");
        session.sql("CREATE STREAM timed (id BIGINT, half INT, gap BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts)"
                + " USING parquet OPTIONS (path '" + temp + "/*.parquet')");
        session.sql("CREATE TABLE finished USING parquet OPTIONS (path '" + temp + "/*.parquet')");
    }

    /// Says so when anything has leaked.
    @AfterEach
    void close() {
        session.close();
    }

    /// Runs a query and says how many rows were read for it.
    private long read(String query) throws Exception {
        StreamingQuery run = session.sql(query).writeStream().queryName("answer").format("memory")
                .outputMode("append").trigger(Trigger.AvailableNow()).start();
        run.awaitTermination();
        return Arrays.stream(run.recentProgress()).mapToLong(progress -> progress.numInputRows()).sum();
    }

    private List<Long> answer() {
        return session.sql("SELECT id FROM answer ORDER BY id").collectAsList().stream()
                .map((Row row) -> row.getLong(0))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"id = 3000 | 1 | 1", "3000 = id | 1 | 1", "half >= 4095 | 2 | 1",
            "id BETWEEN 2047 AND 2048 | 2 | 2", "id > 100 AND gap < 105 | 3 | 1", "id < 2 OR id > 8190 | 3 | 4",
            "ts >= TIMESTAMP '2026-01-01 02:16:30' | 2 | 1", "id = 3000 AND id % 7 = 0 | 0 | 1", "id < -1 | 0 | 0",
            "half = 1500L | 2 | 1", "gap IS NOT NULL AND id > 8188 | 2 | 1", "id <> 3000 AND id < 3 | 3 | 1"})
    @DisplayName("are not read, and the answer is the same")
    void areNotRead(String condition, int rows, int groups) throws Exception {
        assertThat(read("SELECT id FROM STREAM plain WHERE " + condition)).isEqualTo((long) groups * GROUP);
        assertThat(answer()).hasSize(rows);
        assertThat(session.sql("SELECT id FROM finished WHERE " + condition + " ORDER BY id").collectAsList())
                .extracting(row -> row.getLong(0)).isEqualTo(answer());
    }

    @Test
    @DisplayName("are read where a watermark is declared: it counts every row, also those that a filter drops")
    void areReadForAWatermark() throws Exception {
        assertThat(read("SELECT id FROM STREAM timed WHERE id = 3000")).isEqualTo(ROWS);
        assertThat(answer()).containsExactly(3000L);
    }

    @Test
    @DisplayName("are read where a condition before could fail on their rows, so that it fails as it would")
    void areReadForAnError() throws Exception {
        assertThatThrownBy(() -> read("SELECT id FROM STREAM plain WHERE 1 / (id - 5) < 2 AND id = 3000"))
                .hasStackTraceContaining("THW-4001");
        assertThat(read("SELECT id FROM STREAM plain WHERE id = 3000 AND 1 / (id - 5) < 2")).isEqualTo(GROUP);
        assertThat(answer()).containsExactly(3000L);
    }
}
