package dev.thalweg.tests.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.tests.spec.FourModes.Lateness;
import dev.thalweg.tests.spec.FourModes.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("One query whose results are of several output modes")
final class OutputModesSpec {
    private static final long SEED = 1;
    private static final String MINUTES = "SELECT url, window.end AS ends, count(*) AS c, sum(n) AS s FROM CLICKS AS k"
            + " GROUP BY url, window(ts, INTERVAL '1' MINUTE)";
    private static final String BY_URL = "SELECT url, count(*) AS c, max(n) AS m FROM CLICKS AS k GROUP BY url";
    private static final String URLS = "SELECT window.end AS ends, count(DISTINCT url) AS urls FROM CLICKS AS k"
            + " GROUP BY window(ts, INTERVAL '1' MINUTE)";
    private static final String DIFFERENT = "SELECT DISTINCT url, ts FROM CLICKS AS k";
    private static final String SESSIONS = "SELECT url, session_window.end AS ends, count(*) AS c FROM CLICKS AS k"
            + " GROUP BY url, session_window(ts, INTERVAL '8' SECOND)";
    private static final String FOLLOWED = "SELECT a.url, a.ts, a.n, b.n AS other FROM CLICKS AS a LEFT JOIN CLICKS AS b"
            + " ON a.url = b.url AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' SECOND AND a.n < b.n";
    private static final String NUMBERED = "SELECT url, ts, n, row_number() OVER (PARTITION BY url ORDER BY ts, n) AS r"
            + " FROM CLICKS AS k WHERE url IS NOT NULL";
    private static final String FIRST = "SELECT url, ends, n FROM (SELECT url, window.end AS ends, n, rank() OVER"
            + " (PARTITION BY window.end ORDER BY n DESC) AS r FROM (SELECT url, n, window(ts, INTERVAL '1' MINUTE) AS window"
            + " FROM CLICKS AS k)) WHERE r <= 2";
    private static final String LOW = "SELECT url, ts FROM CLICKS AS k WHERE n < 6 EXCEPT SELECT url, ts FROM CLICKS AS l"
            + " WHERE n > 3";
    private static final String STEPS = "WITH RECURSIVE r AS (SELECT url, n FROM CLICKS AS k WHERE n < 4 UNION"
            + " SELECT url, n + 1 FROM r WHERE n < 7) SELECT DISTINCT url, n FROM r";
    private static final String ROWS_AND_COUNTS = "SELECT url, CAST(n AS BIGINT) AS n FROM CLICKS AS k UNION ALL"
            + " SELECT url, count(*) FROM CLICKS AS l GROUP BY url";

    static Stream<Arguments> queries() {
        return Stream.of(
                Arguments.of("the same windows in all modes", true, List.of(
                        new Result("finals", MINUTES, Lateness.MINUTE, "ends <= WATERMARK"),
                        new Result("latest", MINUTES, Lateness.MINUTE),
                        new Result("whole", MINUTES, Lateness.NEVER),
                        new Result("changes", MINUTES, Lateness.MINUTE))),
                Arguments.of("groups that nothing closes, beside windows", true, List.of(
                        new Result("latest", BY_URL, Lateness.NEVER),
                        new Result("whole", BY_URL, Lateness.NEVER),
                        new Result("finals", URLS, Lateness.MINUTE, "ends <= WATERMARK"),
                        new Result("changes", BY_URL + " HAVING count(*) > 1", Lateness.NEVER))),
                Arguments.of("different rows, and what is counted of them", true, List.of(
                        new Result("changes", "SELECT url, count(*) AS c FROM (" + DIFFERENT + ") GROUP BY url",
                                Lateness.TIME),
                        new Result("finals", DIFFERENT, Lateness.TIME),
                        new Result("whole", "SELECT url, count(*) AS c FROM (" + DIFFERENT + ") GROUP BY url",
                                Lateness.NEVER),
                        new Result("latest", DIFFERENT, Lateness.TIME))),
                Arguments.of("windows of windows", true, List.of(
                        new Result("latest", "SELECT ends, max(c) AS c FROM (" + MINUTES + ") GROUP BY ends",
                                Lateness.MINUTE),
                        new Result("finals", "SELECT ends, max(c) AS c FROM (" + MINUTES + ") GROUP BY ends",
                                Lateness.MINUTE, "ends <= WATERMARK"),
                        new Result("changes", MINUTES, Lateness.MINUTE),
                        new Result("whole", "SELECT max(c) AS c FROM (" + MINUTES + ")", Lateness.NEVER))),
                all("sessions", SESSIONS, "ends <= WATERMARK"),
                all("a join bounded by time", FOLLOWED,
                        "other IS NOT NULL OR ts + INTERVAL '5' SECOND <= WATERMARK"),
                all("rows numbered in the order of time", NUMBERED, "ts <= WATERMARK"),
                all("first rows of windows", FIRST, "ends <= WATERMARK"),
                all("a difference", LOW, "ts <= WATERMARK"),
                Arguments.of("recursion", false, List.of(new Result("latest", STEPS, Lateness.NEVER),
                        new Result("changes", BY_URL, Lateness.NEVER), new Result("finals", STEPS, Lateness.NEVER),
                        new Result("whole", STEPS, Lateness.NEVER))),
                Arguments.of("rows beside counts of them", false, List.of(
                        new Result("latest", ROWS_AND_COUNTS, Lateness.NEVER),
                        new Result("finals", URLS, Lateness.MINUTE, "ends <= WATERMARK"),
                        new Result("changes", ROWS_AND_COUNTS, Lateness.NEVER),
                        new Result("whole", BY_URL, Lateness.NEVER))));
    }

    private static Arguments all(String name, String sql, String closed) {
        return Arguments.of(name, false, List.of(new Result("changes", sql, Lateness.NEVER),
                new Result("finals", sql, Lateness.NEVER, closed), new Result("latest", sql, Lateness.NEVER),
                new Result("whole", sql, Lateness.NEVER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    @DisplayName("keeps to the law in each of them, by one task, and by four that are stopped after every trigger")
    void keepsToTheLaw(String name, boolean late, List<Result> results) {
        List<List<String>> triggers = triggers(new Random(SEED), late);
        for (boolean restarts : new boolean[] {false, true}) {
            try (FourModes query = new FourModes(restarts ? 4 : 1, restarts, results)) {
                triggers.forEach(query::trigger);
                query.restart();
                query.trigger(List.of("z, 1, 4000")); // closes all but its own minute
            }
        }
    }

    @Test
    @DisplayName("hands a program the whole result in one mode and its changes in another, of one aggregate")
    void toPrograms() {
        try (ThalwegSession session = Way.session(2)) {
            session.sql("CREATE STREAM votes (name STRING, n INT) USING memory");
            Dataset<Row> sums = session.sql("SELECT name, sum(n) AS s FROM STREAM votes GROUP BY name");
            List<String> whole = new ArrayList<>();
            List<String> changes = new ArrayList<>();
            StreamingQuery query = session.multi("sums",
                    sums.writeStream().outputMode("complete").foreachBatch((rows, number) -> replace(whole, rows)),
                    sums.writeStream().outputMode("changelog").foreachBatch((rows, number) -> replace(changes, rows)));
            session.sql("INSERT INTO votes VALUES ('a', 1), ('b', 2)");
            query.processAllAvailable();
            session.sql("INSERT INTO votes VALUES ('a', 3)");
            query.processAllAvailable();
            assertThat(whole).containsExactlyInAnyOrder("a, 4", "b, 2");
            assertThat(changes).containsExactlyInAnyOrder("a, 1, -U", "a, 4, +U");
            assertThat(Objects.requireNonNull(query.lastProgress()).stateOperators())
                    .filteredOn(operator -> operator.operatorName().equals("aggregate")).hasSize(1);
        }
    }

    private static void replace(List<String> held, Dataset<Row> rows) {
        held.clear();
        rows.collectAsList().forEach(row -> held.add(Texts.of(row)));
    }

    /// Rows of some minutes.
    ///
    /// @param late whether a few of them are late
    private static List<List<String>> triggers(Random random, boolean late) {
        List<List<String>> triggers = new ArrayList<>();
        for (int trigger = 0; trigger < 6; trigger++) {
            List<String> rows = new ArrayList<>();
            for (int row = random.nextInt(7); row > 0; row--) {
                long second = 300 + trigger * 40L + random.nextInt(50) - (late && random.nextInt(5) == 0 ? 120 : 0);
                rows.add((random.nextInt(8) == 0 ? "NULL" : String.valueOf((char) ('a' + random.nextInt(3)))) + ", "
                        + random.nextInt(10) + ", " + second);
            }
            triggers.add(rows);
        }
        return triggers;
    }
}
