package dev.thalweg.tests.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Parquet files that DuckDB has written")
@Timeout(60)
final class ParquetSpec {
    private static final String BIDS = """
            SELECT i // 7 AS auction, (i * 7919 %% 1000) AS price,
                CASE WHEN i %% 11 <> 0 THEN 'channel-' || (i %% 5) END AS channel,
                TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_milliseconds(i * 37) AS ts,
                [i %% 3, i %% 2] AS tags
            FROM range(%d, %d) t(i)""";

    @TempDir
    private Path temp;

    private final ThalwegSession session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
            .create();

    @BeforeEach
    void write() throws SQLException {
        for (int file = 0; file < 3; file++) {
            duck("COPY (" + BIDS.formatted(file * 4000, (file + 1) * 4000) + ") TO '" + temp + "/bids-" + file
                    + ".parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
        }
    }

    /// Says so when anything has leaked.
    @AfterEach
    void close() {
        session.close();
    }

    private static List<String> duck(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            List<String> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    while (result.next()) {
                        List<Object> values = new ArrayList<>();
                        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                            values.add(result.getObject(i));
                        }
                        rows.add(values.toString().replace(", ", ","));
                    }
                }
            }
            return rows;
        }
    }

    private static List<String> texts(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(Row::toString).toList();
    }

    private String files() {
        return "'" + temp + "/*.parquet'";
    }

    @Test
    @DisplayName("answer a batch query as DuckDB does, their columns told from the files")
    void answerBatchQueries() throws SQLException {
        session.read().parquet(temp.toString()).createOrReplaceTempView("bids");
        assertThat(texts(session.sql("SELECT channel, count(*), sum(price), max(auction) FROM bids WHERE price > 300"
                + " GROUP BY channel ORDER BY channel NULLS FIRST"))).isEqualTo(duck("SELECT channel, count(*),"
                        + " sum(price)::BIGINT, max(auction) FROM " + files() + " WHERE price > 300 GROUP BY channel"
                        + " ORDER BY channel NULLS FIRST"));
        session.sql("CREATE TABLE tagged USING parquet OPTIONS (path '" + temp + "')");
        assertThat(texts(session.sql("SELECT tag, count(*) FROM tagged LATERAL VIEW explode(tags) t AS tag GROUP BY tag"
                + " ORDER BY tag")))
                .isEqualTo(duck("SELECT tag, count(*) FROM (SELECT unnest(tags) AS tag FROM " + files()
                        + ") GROUP BY tag ORDER BY tag"));
        assertThat(texts(session.sql("SELECT count(*) FROM tagged"))).containsExactly("[12000]");
    }

    @Test
    @DisplayName("are a stream, a file a trigger, that goes on where it was after a restart")
    void areAStream() throws Exception {
        String expected = "SELECT epoch_ms(time_bucket(INTERVAL 10 SECONDS, ts)) AS start, channel, count(*), sum(price)::BIGINT"
                + " FROM " + files() + " GROUP BY ALL ORDER BY start, channel NULLS FIRST";
        run();
        assertThat(answer()).isEqualTo(duck(expected));
        duck("COPY (" + BIDS.formatted(12000, 13000) + ") TO '" + temp + "/bids-3.parquet' (FORMAT parquet)");
        run();
        assertThat(answer()).isEqualTo(duck(expected));
    }

    private void run() throws Exception {
        session.readStream().schema("ts TIMESTAMP, PRICE BIGINT, channel STRING, absent DOUBLE")
                .option("maxFilesPerTrigger", 1).option("fileOrder", "name").option("pathGlobFilter", "*.parquet")
                .parquet(temp.toString()).createOrReplaceTempView("bids");
        StreamingQuery query = session.sql("SELECT window.start AS start, channel, count(*) AS n, sum(price) AS total,"
                + " max(absent) AS absent FROM bids GROUP BY window(ts, INTERVAL 10 SECONDS), channel").writeStream()
                .queryName("windows").format("memory").outputMode("complete")
                .option("checkpointLocation", temp.resolve("_checkpoint").toString()).trigger(Trigger.AvailableNow())
                .start();
        query.awaitTermination();
        assertThat(query.recentProgress()).hasSizeGreaterThanOrEqualTo(1);
    }

    private List<String> answer() {
        return texts(
                session.sql("SELECT unix_millis(start), channel, n, total FROM windows ORDER BY 1, 2 NULLS FIRST"));
    }

    @Test
    @DisplayName("cannot be written yet, which INSERT says")
    void cannotBeWritten() {
        session.sql("CREATE TABLE out USING parquet OPTIONS (path '" + temp + "')");
        assertThatThrownBy(() -> session.sql("INSERT INTO out SELECT * FROM out")).isInstanceOf(ThalwegException.class)
                .hasMessageContaining("parquet");
    }
}
