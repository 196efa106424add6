package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sixteen minutes are kept in steps of one: a key goes when the clock reaches the first whole minute that is seventeen minutes
/// after a row reached it, or later.
@DisplayName("A time to live of keys that keep rows or values")
final class TimeToLiveKeysSpec {
    private static final String STREAM = "CREATE STREAM t (k STRING, v INT) USING memory";

    private static Scenario scenario(OutputMode mode, String sql) {
        return given(STREAM).query(mode, session -> {
            session.conf().set("thalweg.sql.stateTtl", "16 minutes");
            return session.sql(sql);
        });
    }

    @Test
    @DisplayName("forgets the values of count(DISTINCT) with their group, and no others")
    void distinctValues() {
        try (Scenario values = scenario(OutputMode.Changelog(),
                """
                        SELECT k, count(DISTINCT v) AS n, sum(DISTINCT v) FILTER (WHERE v > 1) AS s FROM STREAM t GROUP BY k""")) {
            values.clock("12:00").trigger("a, 1", "a, 2", "ab, 1", "NULL, 3", "a, NULL")
                    .emits("a, 2, 2, +I", "ab, 1, NULL, +I", "NULL, 1, 3, +I").holds(4)
                    .clock("12:10").trigger("ab, 1", "ab, 7").emits("ab, 1, NULL, -U", "ab, 2, 7, +U").holds(5)
                    .clock("12:17").trigger().emits("a, 2, 2, -D", "NULL, 1, 3, -D").holds(2)
                    .trigger("a, 2", "ab, 1").emits("a, 1, 2, +I").holds(3)
                    .clock("13:00").trigger().emits("a, 1, 2, -D", "ab, 2, 7, -D").holds(0)
                    .trigger("ab, 1").emits("ab, 1, NULL, +I");
        }
    }

    @Test
    @DisplayName("forgets the rows of percentiles, modes and sets")
    void keptRows() {
        try (Scenario values = scenario(OutputMode.Complete(), """
                SELECT k, median(v), mode(v), sort_array(collect_set(v)) FROM STREAM t GROUP BY k""")) {
            values.clock("12:00").trigger("a, 1", "a, 3", "a, 3", "b, 1").emits("a, 3.0, 3, [1, 3]", "b, 1.0, 1, [1]")
                    .clock("12:10").trigger("b, 5", "b, 5").emits("a, 3.0, 3, [1, 3]", "b, 5.0, 5, [1, 5]")
                    .clock("12:17").trigger("c, 9").emits("b, 5.0, 5, [1, 5]", "c, 9.0, 9, [9]")
                    .trigger("a, 1").emits("b, 5.0, 5, [1, 5]", "c, 9.0, 9, [9]", "a, 1.0, 1, [1]")
                    .clock("14:00").trigger().emitsNothing().holds(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "NULL, 'x'", "struct(1, 'x')", "date '2026-01-01'"})
    @DisplayName("forgets the one partition of OVER that constants are the key of, as GROUP BY forgets its one group")
    void constantKeys(String keys) {
        try (Scenario sums = scenario(OutputMode.Changelog(), """
                SELECT k, sum(v) OVER (PARTITION BY %s ORDER BY v) AS s FROM STREAM t""".formatted(keys))) {
            sums.clock("12:00").trigger("a, 1", "b, 2").emits("a, 1, +I", "b, 3, +I").holds(2)
                    .clock("12:10").trigger("c, 3").emits("c, 6, +I").holds(3)
                    .clock("12:27").trigger().emits("a, 1, -D", "b, 3, -D", "c, 6, -D").holds(0)
                    .trigger("a, 1").emits("a, 1, +I");
        }
    }

    @Test
    @DisplayName("is not needed for the first rows of all, which stay few, also where a constant is their key")
    void firstOfAll() {
        try (Scenario first = scenario(OutputMode.Changelog(), """
                SELECT k FROM STREAM t QUALIFY row_number() OVER (PARTITION BY 'x' ORDER BY v) = 1""")) {
            first.clock("12:00").trigger("a, 1", "b, 2").emits("a, +I").clock("12:27").trigger("c, 3").emitsNothing();
        }
    }

    @Test
    @DisplayName("forgets the partitions of OVER, and takes their rows back")
    void over() {
        try (Scenario sums = scenario(OutputMode.Changelog(), """
                SELECT k, v, sum(v) OVER (PARTITION BY k ORDER BY v) AS s, lag(v) OVER (PARTITION BY k ORDER BY v) AS l
                FROM STREAM t""")) {
            sums.clock("12:00").trigger("a, 1", "a, 2", "b, 5", "NULL, 1")
                    .emits("a, 1, 1, NULL, +I", "a, 2, 3, 1, +I", "b, 5, 5, NULL, +I", "NULL, 1, 1, NULL, +I").holds(4)
                    .clock("12:10").trigger("b, 4")
                    .emits("b, 5, 5, NULL, -D", "b, 4, 4, NULL, +I", "b, 5, 9, 4, +I")
                    .clock("12:17").trigger("c, 1")
                    .emits("a, 1, 1, NULL, -D", "a, 2, 3, 1, -D", "NULL, 1, 1, NULL, -D", "c, 1, 1, NULL, +I").holds(3)
                    .trigger("a, 7").emits("a, 7, 7, NULL, +I")
                    .clock("13:00").trigger("a, 8").emits("a, 8, 15, 7, +I", "b, 4, 4, NULL, -D", "b, 5, 9, 4, -D",
                            "c, 1, 1, NULL, -D")
                    .clock("14:00").trigger().emits("a, 7, 7, NULL, -D", "a, 8, 15, 7, -D").holds(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"row_number() OVER (PARTITION BY k ORDER BY v DESC) = 1",
            "rank() OVER (PARTITION BY k ORDER BY v DESC) = 1"})
    @DisplayName("forgets the first rows of a partition")
    void top(String first) {
        try (Scenario last = scenario(OutputMode.Changelog(), "SELECT k, v FROM STREAM t QUALIFY " + first)) {
            last.clock("12:00").trigger("a, 1", "a, 3", "b, 2").emits("a, 3, +I", "b, 2, +I")
                    .clock("12:10").trigger("b, 1").emitsNothing() // reached, though it is not the first
                    .clock("12:17").trigger().emits("a, 3, -D")
                    .trigger("a, 1").emits("a, 1, +I")
                    .clock("12:27").trigger().emits("b, 2, -D").clock("14:00").trigger().emits("a, 1, -D").holds(0);
        }
    }

    @Test
    @DisplayName("is a delete of a key, which a sink of upserts is told")
    void deletes() {
        try (Scenario last = scenario(OutputMode.Update(), """
                SELECT max(s) AS s, count(*) AS n FROM (
                  SELECT k, v AS s FROM STREAM t QUALIFY row_number() OVER (PARTITION BY k ORDER BY v DESC) = 1)""")) {
            last.clock("12:00").trigger("a, 9", "b, 3").emits("9, 2").clock("12:10").trigger("b, 2").emitsNothing()
                    .clock("12:17").trigger().emits("3, 1").clock("13:00").trigger().emits("NULL, 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "update", "complete"})
    @DisplayName("lets the first rows to come of a key come again, and takes none back")
    void firstRows(String mode) {
        try (Scenario first = scenario(OutputMode.of(mode), """
                SELECT k, v FROM (SELECT k, v, row_number() OVER (PARTITION BY k ORDER BY NULL) AS n FROM STREAM t)
                WHERE n <= 1""")) {
            boolean all = mode.equals("complete");
            first.clock("12:00").trigger("a, 1", "a, 2").emits("a, 1").clock("12:17").trigger("b, 1")
                    .emits(all ? new String[] {"a, 1", "b, 1"} : new String[] {"b, 1"})
                    .trigger("a, 3").emits(all ? new String[] {"a, 1", "b, 1", "a, 3"} : new String[] {"a, 3"});
        }
    }

    @Test
    @DisplayName("forgets a session that no row reaches, and not the others of its key")
    void sessions() {
        try (Scenario sessions = given("CREATE STREAM s (k STRING, ts TIMESTAMP) USING memory")
                .query(OutputMode.Changelog(), session -> {
                    session.conf().set("thalweg.sql.stateTtl", "16 minutes");
                    return session.sql("""
                            SELECT k, session_window.end AS till, count(*) AS n FROM STREAM s
                            GROUP BY k, session_window(ts, INTERVAL '10' SECONDS)""");
                })) {
            sessions.clock("12:00").trigger("a, 09:00:00", "a, 09:00:05", "b, 09:00:00", "a, 10:00:00")
                    .emits("a, 09:00:15, 2, +I", "b, 09:00:10, 1, +I", "a, 10:00:10, 1, +I").holds(3)
                    .clock("12:10").trigger("a, 10:00:09").emits("a, 10:00:10, 1, -D", "a, 10:00:19, 2, +I")
                    .clock("12:17").trigger().emits("a, 09:00:15, 2, -D", "b, 09:00:10, 1, -D").holds(1)
                    .trigger("a, 09:00:12", "a, 10:00:10").emits("a, 09:00:22, 1, +I", "a, 10:00:19, 2, -D",
                            "a, 10:00:20, 3, +I")
                    .clock("13:00").trigger().emits("a, 09:00:22, 1, -D", "a, 10:00:20, 3, -D").holds(0);
        }
    }

    @Test
    @DisplayName("forgets the rows of a session, where its aggregate needs all of them")
    void rowsOfSessions() {
        try (Scenario sessions = given("CREATE STREAM s (k STRING, v INT, ts TIMESTAMP) USING memory")
                .query(OutputMode.Changelog(), session -> {
                    session.conf().set("thalweg.sql.stateTtl", "16 minutes");
                    return session.sql("""
                            SELECT k, session_window.end AS till, count(DISTINCT v) AS n FROM STREAM s
                            GROUP BY k, session_window(ts, INTERVAL '10' SECONDS)""");
                })) {
            sessions.clock("12:00").trigger("a, 1, 09:00:00", "a, 1, 09:00:00", "a, 2, 09:00:05", "b, 1, 09:00:00",
                    "a, 1, 10:00:00").emits("a, 09:00:15, 2, +I", "b, 09:00:10, 1, +I", "a, 10:00:10, 1, +I")
                    .clock("12:10").trigger("a, 3, 10:00:05").emits("a, 10:00:10, 1, -D", "a, 10:00:15, 2, +I")
                    .clock("12:17").trigger().emits("a, 09:00:15, 2, -D", "b, 09:00:10, 1, -D")
                    .trigger("a, 1, 09:00:12").emits("a, 09:00:22, 1, +I")
                    .clock("12:27").trigger("a, 4, 10:00:15").emits("a, 10:00:15, 2, -D", "a, 10:00:25, 3, +I")
                    .clock("13:00").trigger().emits("a, 09:00:22, 1, -D", "a, 10:00:25, 3, -D").holds(0);
        }
    }

    @Test
    @DisplayName("forgets what OVER in the order of time remembers of a partition, but no row that waits")
    void overByTime() {
        try (Scenario numbers = given("CREATE STREAM s (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts) USING memory")
                .query(OutputMode.Append(), session -> {
                    session.conf().set("thalweg.sql.stateTtl", "16 minutes");
                    return session.sql("""
                            SELECT k, ts, row_number() OVER w AS n, lag(ts) OVER w AS l FROM STREAM s
                            WINDOW w AS (PARTITION BY k ORDER BY ts)""");
                })) {
            numbers.clock("12:00").trigger("a, 09:00", "b, 09:01", "c, 09:05").emits("a, 09:00, 1, NULL",
                    "b, 09:01, 1, NULL", "c, 09:05, 1, NULL")
                    .clock("12:10").trigger("b, 09:06", "d, 09:10", "w, 09:20").emits("b, 09:06, 2, 09:01",
                            "d, 09:10, 1, NULL", "w, 09:20, 1, NULL")
                    .clock("12:17").trigger().emitsNothing()
                    .trigger("a, 09:21", "b, 09:22").emits("a, 09:21, 1, NULL", "b, 09:22, 3, 09:06")
                    .clock("14:00").trigger().emitsNothing().holds(0)
                    .trigger("b, 09:30").emits("b, 09:30, 1, NULL");
        }
    }

    @Test
    @DisplayName("is not prolonged by a late row, which reaches nothing")
    void lateRows() {
        try (Scenario numbers = given("CREATE STREAM s (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts) USING memory")
                .query(OutputMode.Append(), session -> {
                    session.conf().set("thalweg.sql.stateTtl", "16 minutes");
                    return session.sql(
                            "SELECT k, ts, row_number() OVER (PARTITION BY k ORDER BY ts) AS n FROM STREAM s");
                })) {
            numbers.clock("12:00").trigger("a, 09:00", "b, 09:05").emits("a, 09:00, 1", "b, 09:05, 1")
                    .clock("12:10").trigger("a, 09:03", "c, 09:04").emitsNothing().drops(2)
                    .clock("12:17").trigger().emitsNothing().holds(0)
                    .trigger("a, 09:21", "c, 09:21").emits("a, 09:21, 1", "c, 09:21, 1");
        }
    }

    @Test
    @DisplayName("forgets the matches that have begun in a partition, but no row that waits")
    void patterns() {
        try (Scenario matches = given(
                "CREATE STREAM s (k STRING, v INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE) USING memory")
                .query(OutputMode.Append(), session -> {
                    session.conf().set("thalweg.sql.stateTtl", "16 minutes");
                    return session.sql("""
                            SELECT * FROM STREAM s MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts
                              MEASURES MATCH_NUMBER() AS n, a.v AS one, b.v AS two
                              PATTERN (a b) DEFINE a AS a.v < 10, b AS b.v >= 10)""");
                })) {
            matches.clock("12:00").trigger("x, 1, 09:00", "x, 10, 09:00:01", "y, 2, 09:00", "z, 0, 09:02")
                    .emits("x, 1, 1, 10").clock("12:05").trigger("x, 3, 09:02:30", "z, 0, 09:04").emitsNothing()
                    .clock("12:10").trigger("x, 11, 09:05", "z, 0, 09:07").emits("x, 2, 3, 11")
                    .clock("12:17").trigger().emitsNothing() // y is forgotten
                    .trigger("y, 12, 09:08", "z, 0, 09:12").emitsNothing()
                    .clock("12:40").trigger().emitsNothing()
                    .trigger("x, 4, 09:13", "x, 12, 09:13:30", "z, 12, 09:20").emits("x, 1, 4, 12");
        }
    }
}
