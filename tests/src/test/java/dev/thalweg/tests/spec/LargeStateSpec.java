package dev.thalweg.tests.spec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.execution.progress.QueryProgress.StateOperatorProgress;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows come in rounds of 1,500: two thirds of a round have keys of their own, one third those of a round before.
@DisplayName("State that is ten times what it may keep in memory")
final class LargeStateSpec {
    private static final int BUDGET = 2 << 20;
    private static final int ROUNDS = 120;
    private static final int ROWS = 1_500;
    private static final int FRESH = 1_000;

    @TempDir
    Path checkpoint;

    private final ThalwegSession session = session();
    private final List<String> emitted = new ArrayList<>();
    private List<StateOperatorProgress> operators = List.of();

    private static ThalwegSession session() {
        ThalwegSession session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
                .config("thalweg.sql.tasks", 2).config("thalweg.trigger", "1 hour")
                .config("thalweg.state.residentBytesMax", BUDGET).config("thalweg.state.snapshotLogBytes", 4 << 20)
                .clock(Clock.fixed(Instant.parse("2026-02-01T00:00:00Z"), ZoneOffset.UTC)).create();
        session.sql("CREATE STREAM rows (k BIGINT, name STRING, ts TIMESTAMP,"
                + " WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory");
        return session;
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    @DisplayName("gives the batch answer of an aggregate, wherever the query is stopped")
    void aggregates() {
        String query = "SELECT name, count(*) AS n, min(k) AS low, sum(k) AS total FROM STREAM rows GROUP BY name";
        run(query, OutputMode.Update());
        assertThat(held()).isEqualTo(ROUNDS * (long) FRESH);
        assertThat(latest(emitted)).isEqualTo(bag(session.sql(batch(query)).collectAsList()));
    }

    @Test
    @DisplayName("counts values for several calls, of which most wait on disk")
    void countsDistinctValues() {
        String query = "SELECT k % 5 AS part, count(DISTINCT name) FILTER (WHERE k % 3 = 0) AS third,"
                + " count(DISTINCT name) FILTER (WHERE k % 2 = 0) AS half, count(DISTINCT name) AS names"
                + " FROM STREAM rows GROUP BY k % 5";
        StreamingQuery running = start(query, OutputMode.Update());
        for (int round = 0; round < 24; round++) {
            String known = round < 12 ? round + " * 2500 + i" : "(i * 7919 + " + round + ") % 30000";
            session.sql("INSERT INTO rows SELECT k, concat('name ', CAST(k AS STRING)), TIMESTAMP '2026-01-01 00:00:00'"
                    + " FROM (SELECT " + known + " AS k FROM (SELECT explode(sequence(0L, "
                    + (round < 12 ? 2499 : 11_999) + "L)) AS i))");
            running.processAllAvailable();
        }
        running.stop();
        assertThat(latest(emitted)).isEqualTo(bag(session.sql(batch(query)).collectAsList()));
    }

    @Test
    @DisplayName("lets each key through once")
    void dropsDuplicates() {
        run("SELECT DISTINCT name, k FROM STREAM rows", OutputMode.Append());
        assertThat(held()).isEqualTo(ROUNDS * (long) FRESH);
        assertThat(sorted(emitted)).isEqualTo(bag(session.sql("SELECT DISTINCT name, k FROM rows").collectAsList()));
    }

    @Test
    @DisplayName("emits windows when they close, and frees those that wait on disk")
    void closesWindows() {
        String query = "SELECT window.start AS begins, name, count(*) AS n FROM STREAM rows"
                + " GROUP BY window(ts, INTERVAL '2' HOUR), name";
        run(query, OutputMode.Append());
        assertThat(held()).isEqualTo(60L * FRESH + 2 * (ROWS - FRESH)); // the second window, open, with old keys of the first
        assertThat(sorted(emitted)).isEqualTo(bag(session.sql("SELECT * FROM (" + batch(query)
                + ") WHERE begins < TIMESTAMP'2026-01-01 02:00:00'").collectAsList()));
        assertThat(emitted).hasSize(60 * FRESH);
    }

    @Test
    @DisplayName("hands over a complete result that does not fit")
    void completes() {
        String query = "SELECT name, count(*) AS n FROM STREAM rows GROUP BY name";
        run(query, OutputMode.Complete());
        assertThat(sorted(emitted)).isEqualTo(bag(session.sql(batch(query)).collectAsList()));
    }

    @Test
    @DisplayName("is read as a table, also when the query has begun anew")
    void isReadAsATable() {
        String query = "SELECT name, count(*) AS n FROM STREAM rows GROUP BY name";
        for (int round = 0; round < ROUNDS; round += 60) {
            StreamingQuery view = session.sql(query).writeStream().queryName("large").outputMode(OutputMode.Complete())
                    .option("checkpointLocation", checkpoint.toString()).format("memory")
                    .trigger(Trigger.ProcessingTime("1 hour")).start();
            for (int i = round; i < round + 60; i++) {
                insert(i);
                view.processAllAvailable();
            }
            assertThat(bag(session.table("large").collectAsList()))
                    .isEqualTo(bag(session.sql(batch(query)).collectAsList()));
            view.stop();
        }
    }

    private static String batch(String query) {
        return query.replace("STREAM rows", "rows");
    }

    private void run(String query, OutputMode mode) {
        StreamingQuery running = start(query, mode);
        for (int round = 0; round < ROUNDS; round++) {
            insert(round);
            if (mode.equals(OutputMode.Complete())) {
                emitted.clear();
            }
            running.processAllAvailable();
            operators = requireNonNull(running.lastProgress()).detail().stateOperators();
            if (round % 50 == 7) {
                running.stop();
                running = start(query, mode);
            }
        }
        StateOperatorProgress rows = operators.getLast();
        assertThat(rows.customMetrics().get("rowsInMemory")).isLessThan(rows.numRowsTotal() / 2);
        assertThat(rows.customMetrics().get("bytesOnDisk")).isPositive();
        assertThat(rows.memoryUsedBytes()).isLessThan(BUDGET);
        running.stop();
        Directories.delete(checkpoint);
    }

    private StreamingQuery start(String query, OutputMode mode) {
        StreamingQuery started = session.sql(query).writeStream().queryName("large").outputMode(mode)
                .trigger(Trigger.ProcessingTime("1 hour")).option("checkpointLocation", checkpoint.toString())
                .foreachBatch((rows, number) -> rows.collectAsList().forEach(row -> emitted.add(row.toString())))
                .start();
        started.processAllAvailable();
        return started;
    }

    private void insert(int round) {
        session.sql("""
                INSERT INTO rows
                SELECT k, concat('name ', CAST(k AS STRING)),
                    TIMESTAMP'2026-01-01 00:00:00' + INTERVAL '2' MINUTE * %d
                FROM (SELECT if(i < %d, i + %d, i - %d + %d) AS k FROM (SELECT explode(sequence(0L, %dL)) AS i))"""
                .formatted(round, FRESH, (long) round * FRESH, FRESH, Math.max(0, round - 2) * (long) FRESH, ROWS - 1));
    }

    private long held() {
        return operators.stream().mapToLong(StateOperatorProgress::numRowsTotal).max().orElse(0);
    }

    private static List<String> bag(List<Row> rows) {
        return sorted(rows.stream().map(Row::toString).toList());
    }

    private static List<String> sorted(List<String> rows) {
        List<String> sorted = new ArrayList<>(rows);
        Collections.sort(sorted);
        return sorted;
    }

    /// The last row of each first column.
    private static List<String> latest(List<String> rows) {
        Map<String, String> latest = new HashMap<>();
        rows.forEach(row -> latest.put(row.substring(0, row.indexOf(',')), row));
        return sorted(List.copyOf(latest.values()));
    }
}
