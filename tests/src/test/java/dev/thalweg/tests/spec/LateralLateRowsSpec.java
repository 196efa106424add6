package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("LATERAL with an inequality")
final class LateralLateRowsSpec {
    private static final Scenario.Given BIDS = given("""
            CREATE STREAM a (k STRING, n INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory;
            CREATE STREAM b (k STRING, m INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory;
            CREATE TABLE t (k STRING, n INT) USING memory;
            INSERT INTO t VALUES ('x', 1), ('y', 2), ('z', 3)""");

    @Test
    @DisplayName("counts a row once that a join of the outer rows refuses as late")
    void join() {
        try (Scenario scenario = BIDS.query(OutputMode.Update(), """
                SELECT o.k, m, most FROM (SELECT a.k, n, m FROM STREAM a JOIN STREAM b ON a.k = b.k AND a.ts = b.ts) o,
                  LATERAL (SELECT max(t.n) AS most FROM t WHERE t.n < o.n)""")) {
            scenario.into("a", "x, 3, 12:00:05").into("b", "x, 7, 12:00:05").run().emits("x, 7, 2")
                    .into("a", "x, 2, 12:00:05").run().emitsNothing().drops(1)
                    .into("b", "x, 2, 12:00:04", "y, 1, 12:00:05").run().emitsNothing().drops(2);
        }
    }

    @Test
    @DisplayName("counts a row once that a group of the outer rows refuses as late")
    void groups() {
        try (Scenario scenario = BIDS.query(OutputMode.Update(), """
                SELECT o.s, c, most FROM (SELECT window.start AS s, count(*) AS c, sum(n) AS n FROM STREAM a
                  GROUP BY window(ts, '10 seconds')) o LEFT JOIN LATERAL (SELECT max(t.n) AS most FROM t
                  WHERE t.n < o.n) ON true WHERE o.c > 0""")) {
            scenario.into("a", "x, 1, 12:00:05", "x, 2, 12:00:06").run().emits("12:00, 2, 2")
                    .into("a", "x, 1, 12:00:15").run().emits("12:00:10, 1, NULL")
                    .into("a", "x, 9, 12:00:07").run().emitsNothing().drops(1);
        }
    }

    @Test
    @DisplayName("inside another one counts it once, too")
    void nested() {
        try (Scenario scenario = BIDS.query(OutputMode.Update(), """
                SELECT o.ts, c, most, least FROM (SELECT ts, k, count(*) AS c, sum(n) AS n, min(n) AS low FROM STREAM a
                  GROUP BY ts, k) o, LATERAL (SELECT max(t.n) AS most FROM t WHERE t.n < o.n) p,
                  LATERAL (SELECT min(t.n) AS least FROM t WHERE t.n > o.low OR t.n > p.most)""")) {
            scenario.into("a", "x, 2, 12:00:05").run().emits("12:00:05, 1, 1, 2")
                    .into("a", "x, 1, 12:00:01").run().emitsNothing().drops(1);
        }
    }

    private static final String MOST = """
            SELECT a.n, x.most FROM STREAM a,
              LATERAL (SELECT max(m) AS most FROM STREAM b WHERE b.k = a.k AND b.ts <= a.ts) x""";

    @Test
    @DisplayName("between times refuses nothing where it is below an aggregate: an outer row waits for no time")
    void times() {
        try (Scenario scenario = BIDS.query(OutputMode.Update(), MOST)) {
            scenario.into("a", "x, 1, 12:00:05").into("b", "x, 7, 12:00:05").run().emits("1, 7")
                    .into("a", "x, 2, 12:00:20").into("b", "x, 8, 12:00:20").run().emits("2, 8")
                    .into("a", "x, 3, 12:00:06").run().emits("3, 7")
                    .into("b", "x, 9, 12:00:01").run().emits("1, 9", "2, 9", "3, 9");
        }
    }

    @Test
    @DisplayName("between times refuses nothing in complete mode either")
    void timesCompletely() {
        try (Scenario scenario = BIDS.query(OutputMode.Complete(), MOST)) {
            scenario.into("a", "x, 1, 12:00:05").into("b", "x, 7, 12:00:05", "x, 8, 12:00:20").run().emits("1, 7")
                    .into("a", "x, 3, 12:00:06", "x, 2, 12:00:20").run().emits("1, 7", "3, 7", "2, 8")
                    .into("a", "x, 4, 12:00:02").into("b", "x, 9, 12:00:01").run()
                    .emits("1, 9", "3, 9", "2, 9", "4, 9");
        }
    }

    @Test
    @DisplayName("between times refuses nothing where it is below a LIMIT, also of a table")
    void timesOfATable() {
        try (Scenario scenario = BIDS.query(OutputMode.Update(), """
                SELECT a.n, x.n AS first FROM STREAM a LEFT JOIN
                  LATERAL (SELECT t.n FROM t WHERE t.n > minute(a.ts) ORDER BY t.n LIMIT 1) x ON true""")) {
            scenario.into("a", "x, 1, 12:01:00", "x, 2, 12:02:00").run().emits("1, 2", "2, 3")
                    .into("a", "x, 3, 12:00:06", "x, 4, 12:01:00", "x, 5, 12:08:00").run()
                    .emits("3, 1", "4, 2", "5, NULL");
        }
    }

    @Test
    @DisplayName("between times never becomes final where it is below GROUP BY, so append mode is refused")
    void timesInAppendMode() {
        assertThatThrownBy(() -> BIDS.query(OutputMode.Append(), """
                SELECT a.n, x.most FROM STREAM a,
                  LATERAL (SELECT max(m) AS most FROM STREAM b WHERE b.k = a.k AND b.ts <= a.ts GROUP BY b.m) x"""))
                .hasMessageContaining("THW-3110").hasMessageContaining("group what it gives");
    }
}
