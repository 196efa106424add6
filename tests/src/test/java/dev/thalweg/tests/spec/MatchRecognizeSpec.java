package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("MATCH_RECOGNIZE")
final class MatchRecognizeSpec {
    private static final String READINGS = """
            CREATE STREAM readings (sensor STRING, value INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
            USING memory""";

    private static Scenario readings(OutputMode mode, String match) {
        return given(READINGS).query(mode, "SELECT * FROM STREAM readings MATCH_RECOGNIZE (" + match + ")");
    }

    private static Scenario readings(String match) {
        return readings(OutputMode.Append(), match);
    }

    // ---- in the order of time

    @Test
    @DisplayName("finds 5, 6, 3 in a row of a sensor, whatever the order in which the rows arrive")
    void inTheOrderOfTime() {
        try (Scenario alert = readings("""
                PARTITION BY sensor ORDER BY ts MEASURES A.ts AS begins, C.ts AS ends PATTERN (A B C)
                DEFINE A AS value = 5, B AS value = 6, C AS value = 3""")) {
            alert.trigger("a, 3, 12:00:03", "a, 5, 12:00:01", "b, 5, 12:00:02", "b, 3, 12:00:03").emitsNothing()
                    .trigger("a, 6, 12:00:02", "b, 9, 12:00:01", "b, 9, 12:00:13").emits("a, 12:00:01, 12:00:03")
                    .restart()
                    .trigger("a, 6, 12:00:03", "b, 5, 12:00:14").emitsNothing().drops(1) // the watermark is 12:00:03
                    .trigger("b, 3, 12:00:16", "b, 6, 12:00:15").emitsNothing()
                    .trigger("c, 1, 12:01:00").emits("b, 12:00:14, 12:00:16");
        }
    }

    @Test
    @DisplayName("is the same in every output mode: a match is final when it is told")
    void inEveryMode() {
        String match = """
                PARTITION BY sensor ORDER BY ts MEASURES A.ts AS begins PATTERN (A B) DEFINE A AS value = 5, B AS value = 6""";
        try (Scenario update = readings(OutputMode.Update(), match)) {
            update.trigger("a, 6, 12:00:02", "a, 5, 12:00:01").emitsNothing()
                    .trigger("x, 0, 12:00:20").emits("a, 12:00:01").trigger("a, 6, 12:00:05").emitsNothing().drops(1);
        }
        try (Scenario complete = readings(OutputMode.Complete(), match)) {
            complete.trigger("a, 6, 12:00:02", "a, 5, 12:00:01").emitsNothing()
                    .trigger("x, 0, 12:00:20").emits("a, 12:00:01")
                    .trigger("a, 6, 12:00:05", "b, 6, 12:00:22", "b, 5, 12:00:21", "x, 0, 12:00:40").drops(1)
                    .emits("a, 12:00:01", "b, 12:00:21");
        }
        try (Scenario changelog = readings(OutputMode.Changelog(), match)) {
            changelog.trigger("a, 6, 12:00:02", "a, 5, 12:00:01", "x, 0, 12:00:20").emits("a, 12:00:01, +I");
        }
    }

    @Test
    @DisplayName("orders by further columns where times are equal, and else by what is in the rows")
    void equalTimes() {
        try (Scenario further = readings("""
                PARTITION BY sensor ORDER BY ts, value DESC MEASURES A.value AS a, B.value AS b PATTERN (A B)""")) {
            further.trigger("a, 1, 12:00:01", "a, 3, 12:00:01", "a, 2, 12:00:01", "a, 4, 12:00:01", "x, 0, 12:00:20")
                    .emits("a, 4, 3", "a, 2, 1");
        }
    }

    @Test
    @DisplayName("has no place for a row without a time, and counts a row as often as it came")
    void nullsAndCopies() {
        try (Scenario copies = readings("""
                PARTITION BY sensor ORDER BY ts MEASURES count(*) AS n PATTERN (A+) DEFINE A AS value = 5""")) {
            copies.trigger("a, 5, NULL", "a, 5, 12:00:01", "a, 5, 12:00:01", "NULL, 5, 12:00:01", "a, NULL, 12:00:02",
                    "NULL, 7, 12:00:03", "x, 0, 12:00:20").emits("a, 2", "NULL, 1");
        }
    }

    // ---- when a match is decided

    @Test
    @DisplayName("tells a greedy match when a row has ended it, and not before")
    void greedyWaits() {
        try (Scenario rising = readings("""
                PARTITION BY sensor ORDER BY ts MEASURES FIRST(value) AS begins, LAST(value) AS ends, count(B.*) AS n
                PATTERN (A B+) DEFINE B AS value > PREV(value)""")) {
            rising.trigger("a, 1, 12:00:01", "a, 2, 12:00:02", "a, 3, 12:00:03", "x, 0, 12:00:30").emitsNothing()
                    .restart()
                    .trigger("a, 4, 12:00:31", "x, 0, 12:01:00").emitsNothing()
                    .trigger("a, 2, 12:01:01", "x, 0, 12:01:20").emits("a, 1, 4, 3");
        }
    }

    @Test
    @DisplayName("tells a reluctant match with its last row")
    void reluctantDoesNotWait() {
        try (Scenario first = readings("""
                PARTITION BY sensor ORDER BY ts MEASURES count(*) AS n PATTERN (A B*? C)
                DEFINE A AS value = 1, C AS value = 3""")) {
            first.trigger("a, 1, 12:00:01", "a, 2, 12:00:02", "a, 3, 12:00:03", "a, 3, 12:00:04", "x, 0, 12:00:20")
                    .emits("a, 3");
        }
    }

    @Test
    @DisplayName("lets WITHIN end a match, by the time of a row or by the watermark alone")
    void within() {
        try (Scenario near = readings("""
                PARTITION BY sensor ORDER BY ts MEASURES count(*) AS n, LAST(ts) AS ends PATTERN (A+)
                WITHIN INTERVAL '10' SECONDS DEFINE A AS value > 0""")) {
            near.trigger("a, 1, 12:00:00", "a, 1, 12:00:09", "a, 1, 12:00:10", "x, 0, 12:00:19").emitsNothing()
                    .restart()
                    .trigger("x, 0, 12:00:19.999998").emitsNothing()
                    .trigger("x, 0, 12:00:19.999999").emits("a, 2, 12:00:09") // no row can be within 10 seconds of the first
                    .trigger("x, 0, 12:00:30").emits("a, 1, 12:00:10");
        }
    }

    @Test
    @DisplayName("keeps nothing of what is decided")
    void letsGo() {
        try (Scenario alert = readings("""
                PARTITION BY sensor ORDER BY ts MEASURES A.ts AS begins PATTERN (A B) WITHIN INTERVAL 1 MINUTE
                DEFINE A AS value = 5, B AS value = 6""")) {
            alert.trigger("a, 5, 12:00:01", "a, 7, 12:00:02", "b, 5, 12:00:03").holds(3)
                    .trigger("a, 1, 12:00:20").emitsNothing().holds(2) // b's 5 is open, and the 1 has not been passed
                    .trigger("a, 1, 12:01:30").emitsNothing().holds(1);
        }
    }

    @Test
    @DisplayName("decides at the end of the input what waits for it")
    void endOfInput() {
        try (ThalwegSession session = Way.session(2)) {
            session.sql(READINGS + " OPTIONS (endOfInput 'flush')");
            session.sql("""
                    INSERT INTO readings VALUES ('a', 1, TIMESTAMP '2026-01-01 12:00:01'),
                     ('a', 2, TIMESTAMP '2026-01-01 12:00:02'), ('b', 1, TIMESTAMP '2026-01-01 12:00:02')""");
            session.sql("SET thalweg.trigger = 'availableNow'");
            session.sql("""
                    CREATE MATERIALIZED VIEW runs AS SELECT * FROM STREAM readings MATCH_RECOGNIZE (
                      PARTITION BY sensor ORDER BY ts MEASURES count(*) AS n PATTERN (A+))""");
            session.sql("AWAIT QUERY runs");
            assertThat(texts(session.sql("SELECT * FROM runs ORDER BY sensor").collectAsList()))
                    .containsExactly("[a,2]", "[b,1]");
        }
    }

    // ---- the pattern

    @Test
    @DisplayName("prefers what is written first, and as many as can be")
    void preference() {
        try (Scenario choice = readings("""
                PARTITION BY sensor ORDER BY ts MEASURES CLASSIFIER() AS c, count(A.*) AS n PATTERN ((A | B) {1,2} C?)
                DEFINE A AS value < 3, B AS value < 5, C AS value = 9""")) {
            choice.trigger("a, 1, 12:00:01", "a, 4, 12:00:02", "a, 9, 12:00:03", "a, 2, 12:00:04", "a, 7, 12:00:05",
                    "x, 8, 12:00:20").emits("a, C, 1", "a, A, 1");
        }
    }

    @Test
    @DisplayName("takes PERMUTE in any order")
    void permute() {
        try (Scenario any = readings("""
                PARTITION BY sensor ORDER BY ts MEASURES A.value AS a, B.value AS b, C.value AS c
                PATTERN (PERMUTE(A, B, C)) DEFINE A AS value = 1, B AS value = 2, C AS value = 3""")) {
            any.trigger("a, 3, 12:00:01", "a, 1, 12:00:02", "a, 2, 12:00:03", "a, 1, 12:00:04", "x, 8, 12:00:20")
                    .emits("a, 1, 2, 3");
        }
    }

    @Test
    @DisplayName("goes on where AFTER MATCH says")
    void skips() {
        String rows = " MEASURES FIRST(value) AS f, LAST(value) AS l";
        String pattern = " PATTERN (A B C?) DEFINE B AS value > PREV(value), C AS value > PREV(value)";
        String[] input = {"a, 1, 12:00:01", "a, 2, 12:00:02", "a, 3, 12:00:03", "a, 4, 12:00:04", "a, 0, 12:00:05",
                "x, 0, 12:00:20"};
        try (Scenario past = readings("PARTITION BY sensor ORDER BY ts" + rows + pattern)) {
            past.trigger(input).emits("a, 1, 3");
        }
        try (Scenario next = readings(
                "PARTITION BY sensor ORDER BY ts" + rows + " AFTER MATCH SKIP TO NEXT ROW" + pattern)) {
            next.trigger(input).emits("a, 1, 3", "a, 2, 4", "a, 3, 4");
        }
        try (Scenario last = readings(
                "PARTITION BY sensor ORDER BY ts" + rows + " AFTER MATCH SKIP TO LAST B" + pattern)) {
            last.trigger(input).emits("a, 1, 3", "a, 2, 4", "a, 3, 4");
        }
        try (Scenario subset = readings("PARTITION BY sensor ORDER BY ts" + rows
                + " AFTER MATCH SKIP TO LAST U PATTERN (A B C?) SUBSET U = (B, C)"
                + " DEFINE B AS value > PREV(value), C AS value > PREV(value)")) {
            subset.trigger(input).emits("a, 1, 3", "a, 3, 4");
        }
    }

    // ---- rows and measures

    @Test
    @DisplayName("shows all rows of a match with what is known up to each")
    void allRows() {
        try (Scenario all = readings(
                """
                        PARTITION BY sensor ORDER BY ts
                        MEASURES MATCH_NUMBER() AS m, CLASSIFIER() AS c, sum(B.value) AS s, FINAL sum(B.value) AS f,
                          RUNNING LAST(B.value) AS l, FIRST(B.value, 1) AS second
                        ALL ROWS PER MATCH PATTERN (A B+ {- C -} D) DEFINE A AS value = 0, B AS value > PREV(value), C AS value = 0""")) {
            all.trigger("a, 0, 12:00:01", "a, 2, 12:00:02", "a, 3, 12:00:03", "a, 0, 12:00:04", "a, 7, 12:00:05",
                    "x, 8, 12:00:20").emits("a, 0, 12:00:01, 1, A, NULL, 5, NULL, NULL",
                            "a, 2, 12:00:02, 1, B, 2, 5, 2, NULL", "a, 3, 12:00:03, 1, B, 5, 5, 3, 3",
                            "a, 7, 12:00:05, 1, D, 5, 5, 3, 3");
        }
    }

    @Test
    @DisplayName("shows matches without rows, and rows without a match, where it is told to")
    void emptyAndUnmatched() {
        String[] input = {"a, 7, 12:00:01", "a, 5, 12:00:02", "a, 5, 12:00:03", "a, 7, 12:00:04", "x, 7, 12:00:20"};
        String measures = "PARTITION BY sensor ORDER BY ts MEASURES MATCH_NUMBER() AS m, count(*) AS n, A.value AS v ";
        try (Scenario one = readings(measures + "PATTERN (A*) DEFINE A AS value = 5")) {
            one.trigger(input).emits("a, 1, 0, NULL", "a, 2, 2, 5", "a, 3, 0, NULL");
        }
        try (Scenario empty = readings(measures + "ALL ROWS PER MATCH PATTERN (A*) DEFINE A AS value = 5")) {
            empty.trigger(input).emits("a, 7, 12:00:01, 1, 0, NULL", "a, 5, 12:00:02, 2, 1, 5",
                    "a, 5, 12:00:03, 2, 2, 5", "a, 7, 12:00:04, 3, 0, NULL");
        }
        try (Scenario omitted = readings(measures
                + "ALL ROWS PER MATCH OMIT EMPTY MATCHES PATTERN (A*) DEFINE A AS value = 5")) {
            omitted.trigger(input).emits("a, 5, 12:00:02, 2, 1, 5", "a, 5, 12:00:03, 2, 2, 5");
        }
        try (Scenario unmatched = readings(measures
                + "ALL ROWS PER MATCH WITH UNMATCHED ROWS PATTERN (A+) DEFINE A AS value = 5")) {
            unmatched.trigger(input).emits("a, 7, 12:00:01, NULL, NULL, NULL", "a, 5, 12:00:02, 1, 1, 5",
                    "a, 5, 12:00:03, 1, 2, 5", "a, 7, 12:00:04, NULL, NULL, NULL");
        }
    }

    @Test
    @DisplayName("remembers numbers of matches and rows before the search over a restart")
    void remembers() {
        try (Scenario numbered = readings("""
                PARTITION BY sensor ORDER BY ts MEASURES MATCH_NUMBER() AS m, PREV(FIRST(A.value), 2) AS before
                PATTERN (A) DEFINE A AS value > PREV(value)""")) {
            numbered.trigger("a, 1, 12:00:01", "a, 2, 12:00:02", "x, 0, 12:00:20").emits("a, 1, NULL")
                    .restart()
                    .trigger("a, 3, 12:00:21", "x, 0, 12:00:40").emits("a, 2, 1")
                    .trigger("a, 9, 12:00:41", "x, 0, 12:01:00").emits("a, 3, 2");
        }
    }

    @Test
    @DisplayName("waits for NEXT rows, in a condition and in a measure")
    void next() {
        try (Scenario peak = readings("""
                PARTITION BY sensor ORDER BY ts MEASURES A.value AS v, NEXT(A.value, 2) AS after
                PATTERN (A) DEFINE A AS value > NEXT(value) AND value > PREV(value)""")) {
            peak.trigger("a, 1, 12:00:01", "a, 5, 12:00:02", "x, 0, 12:00:20").emitsNothing()
                    .trigger("a, 3, 12:00:21", "x, 0, 12:00:40").emitsNothing()
                    .trigger("a, 4, 12:00:41", "x, 0, 12:01:00").emits("a, 5, 4");
        }
    }

    @Test
    @DisplayName("lets conditions look at other rows of the match, and at aggregates of them")
    void conditionsOnTheMatch() {
        try (Scenario budget = readings(
                """
                        PARTITION BY sensor ORDER BY ts MEASURES count(*) AS n, sum(value) AS total, max(A.value) AS most,
                          avg(A.value) AS mean, B.value - FIRST(A.value) AS rise
                        PATTERN (A+ B) DEFINE A AS sum(A.value) <= 10, B AS value > FIRST(A.value) AND value > avg(A.value)""")) {
            budget.trigger("a, 4, 12:00:01", "a, 5, 12:00:02", "a, 6, 12:00:03", "a, 1, 12:00:04", "x, 90, 12:00:20")
                    .emits("a, 3, 15, 5, 4.5, 2");
        }
    }

    @Test
    @DisplayName("feeds windows: with WITHIN the times in a match are event times")
    void windows() {
        try (Scenario counted = given(READINGS).query(OutputMode.Append(), """
                SELECT window.end, count(*) FROM STREAM readings MATCH_RECOGNIZE (
                  PARTITION BY sensor ORDER BY ts MEASURES B.ts AS ends PATTERN (A B) WITHIN INTERVAL 10 SECONDS
                  DEFINE A AS value = 5, B AS value = 6) AS m
                GROUP BY window(m.ends, INTERVAL '1' MINUTE)""")) {
            counted.trigger("a, 5, 12:00:01", "a, 6, 12:00:02", "b, 6, 12:00:59", "b, 5, 12:00:58").emitsNothing()
                    .trigger("x, 0, 12:01:15").emitsNothing()
                    .trigger("x, 0, 12:01:25").emits("12:01, 2").trigger("x, 0, 12:03:00").emitsNothing();
        }
    }

    // ---- over tables

    @Test
    @DisplayName("gives the whole answer over a table, in any order, and joins like any other")
    void overATable() {
        try (ThalwegSession session = Way.session(4)) {
            session.sql("CREATE TABLE prices (symbol STRING, day INT, price DOUBLE) USING memory");
            session.sql("""
                    INSERT INTO prices VALUES ('s', 1, 12), ('s', 2, 9), ('s', 3, 7), ('s', 4, 10), ('s', 5, 13),
                      ('t', 1, 3), ('t', 2, 5), ('t', 3, 4)""");
            assertThat(texts(session.sql("""
                    SELECT m.symbol, bottom, top, n FROM prices MATCH_RECOGNIZE (
                      PARTITION BY symbol ORDER BY day
                      MEASURES LAST(down.price) AS bottom, LAST(up.price) AS top, count(*) AS n
                      PATTERN (start down+ up+)
                      DEFINE down AS down.price < PREV(down.price), up AS up.price > PREV(up.price)) AS m
                    JOIN (VALUES ('s'), ('t')) AS wanted (symbol) ON m.symbol = wanted.symbol""").collectAsList()))
                    .containsExactly("[s,7.0,13.0,5]");
            assertThat(texts(session.sql("""
                    SELECT * FROM prices MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY day DESC
                      MEASURES FIRST(day) AS last_day PATTERN (A B) DEFINE B AS price > PREV(price))""")
                    .collectAsList()))
                    .containsExactlyInAnyOrder("[s,3]", "[t,3]");
        }
    }

    private static List<String> texts(List<Row> rows) {
        return rows.stream().map(Row::toString).toList();
    }
}
