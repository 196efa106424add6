package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

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
}
