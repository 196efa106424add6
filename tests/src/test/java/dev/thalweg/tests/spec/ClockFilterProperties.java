package dev.thalweg.tests.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The law where rows come and go with the clock: after each trigger the result is the batch answer of the same query at the
/// trigger's clock, where `clock()` is a plain value.
@DisplayName("Whatever the clock does between triggers, a condition on it gives the batch answer")
final class ClockFilterProperties {
    private static final int CASES = 3;
    private static final int TRIGGERS = 8;
    private static final int SECONDS = 600;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"SELECT k, v, ts FROM %t WHERE ts > clock() - INTERVAL '2' MINUTES",
            "SELECT k, v FROM %t WHERE ts <= clock() - INTERVAL '30' SECONDS AND v > 1",
            "SELECT DISTINCT k FROM %t WHERE ts BETWEEN clock() - INTERVAL '1' MINUTE AND clock() + INTERVAL '20' SECONDS",
            "SELECT k, count(*), sum(v), min(ts) FROM %t WHERE clock() - ts <= INTERVAL '1' MINUTE GROUP BY k",
            "SELECT k, max(v) FROM %t GROUP BY k HAVING max(ts) < clock() - INTERVAL '1' MINUTE",
            "SELECT k, n FROM (SELECT k, count(*) AS n, max(ts) AS m FROM %t GROUP BY k) WHERE m >= clock() - INTERVAL '1' MINUTE AND m < clock()",
            "SELECT a.k, a.v, b.v FROM %t a JOIN %u b ON a.k = b.k WHERE a.ts > clock() - INTERVAL '2' MINUTES",
            "SELECT a.k, b.v FROM (SELECT * FROM %t WHERE ts <= clock()) a LEFT JOIN %u b ON a.k = b.k AND b.ts >= clock() - INTERVAL '1' MINUTE",
            "SELECT k, v FROM %t WHERE ts > clock() - INTERVAL '1' MINUTE EXCEPT SELECT k, v FROM %u WHERE ts < clock()",
            "SELECT k, v, row_number() OVER (PARTITION BY k ORDER BY v, ts) FROM %t WHERE ts + v * INTERVAL '10' SECONDS > clock()",
            "SELECT window.start, count(*) FROM %w WHERE ts > clock() - INTERVAL '2' MINUTES GROUP BY window(ts, INTERVAL '1' MINUTE)",
            "SELECT s, n FROM (SELECT window.start AS s, count(*) AS n FROM %w GROUP BY window(ts, INTERVAL '1' MINUTE)) WHERE s > clock() - INTERVAL '3' MINUTES",
            "SELECT a.k, a.v, b.v FROM %w a JOIN %w b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '30' SECONDS WHERE a.ts > clock() - INTERVAL '2' MINUTES",
            "SELECT a.k, a.v, b.v FROM (SELECT * FROM %w WHERE ts > clock() - INTERVAL '2' MINUTES) a LEFT JOIN %w b ON a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '30' SECONDS",
            "SELECT DISTINCT k, ts FROM %w WHERE ts <= clock() AND k IN (SELECT k FROM %t WHERE ts > clock() - INTERVAL '1' MINUTE)",
            "SELECT d, count(v) FROM (SELECT CAST(ts + INTERVAL '23:58:00' HOUR TO SECOND AS DATE) AS d, v FROM %t) WHERE d <= CAST(clock() AS DATE) GROUP BY d",
            "SELECT k, ts FROM %t WHERE ts + INTERVAL '23:58:00' HOUR TO SECOND < CAST(clock() AS DATE) + INTERVAL '1' DAY UNION ALL SELECT k, ts FROM %u WHERE NOT ts > clock()"})
    void isTheBatchAnswer(String query) {
        for (int seed = 0; seed < CASES; seed++) {
            check(query, seed);
        }
    }

    private void check(String query, int seed) {
        Random random = new Random(seed * 31L + query.hashCode());
        MovableClock clock = new MovableClock(Way.START);
        try (ThalwegSession session = Way.session(1 + 3 * (seed % 2), clock)) {
            session.conf().set("thalweg.state.cacheBytesMax", seed % 3 == 0 ? "1" : "100000000");
            session.sql("CREATE STREAM t (k STRING, v INT, ts TIMESTAMP) USING memory");
            session.sql("CREATE STREAM u (k STRING, v INT, ts TIMESTAMP) USING memory");
            session.sql("CREATE STREAM w (k STRING, v INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE)"
                    + " USING memory");
            OutputMode mode = random.nextBoolean() ? OutputMode.Complete() : OutputMode.Update();
            Path checkpoint = directory.resolve(seed + "-" + query.hashCode());
            StreamingQuery running = start(session, query, mode, checkpoint);
            long second = 0;
            for (int i = 0; i < TRIGGERS; i++) {
                insert(session, random, second);
                second += random.nextInt(4) == 0 ? random.nextInt(SECONDS / 2) : random.nextInt(40);
                clock.set(Way.START.plusSeconds(second));
                running.processAllAvailable();
                assertThat(rows(session, "SELECT * FROM result"))
                        .as("seed %d, %s, trigger %d, clock +%d s: %s", seed, mode, i, second, query)
                        .containsExactlyInAnyOrderElementsOf(rows(session, query.replaceAll("%(.)", "$1")));
                if (random.nextInt(3) == 0) {
                    running.stop();
                    running = start(session, query, mode, checkpoint);
                }
            }
            running.stop();
        }
    }

    private static StreamingQuery start(ThalwegSession session, String query, OutputMode mode, Path checkpoint) {
        session.sql("DROP MATERIALIZED VIEW IF EXISTS result");
        StreamingQuery started = session.sql(query.replaceAll("%(.)", "STREAM $1")).writeStream().queryName("result")
                .outputMode(mode).format("memory").trigger(Trigger.ProcessingTime("1000 days"))
                .option("checkpointLocation", checkpoint.toString()).start();
        started.processAllAvailable();
        return started;
    }

    private static void insert(ThalwegSession session, Random random, long second) {
        for (String stream : List.of("t", "u", "w")) {
            int count = random.nextInt(5);
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long near = stream.equals("w") ? random.nextInt(30) : random.nextInt(300) - 150; // nothing is late in w
                String time = random.nextInt(10) == 0
                        ? "NULL"
                        : "TIMESTAMP '" + Way.START.plusSeconds(second + near) + "'";
                rows.add("('" + "abc".charAt(random.nextInt(3)) + "', " + random.nextInt(5) + ", " + time + ")");
            }
            if (count > 0) {
                session.sql("INSERT INTO " + stream + " VALUES " + String.join(", ", rows));
            }
        }
    }

    private static List<String> rows(ThalwegSession session, String query) {
        return session.sql(query).collectAsList().stream().map(Row::toString).toList();
    }
}
