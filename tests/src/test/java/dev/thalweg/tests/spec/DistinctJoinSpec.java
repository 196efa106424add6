package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A join of different rows")
final class DistinctJoinSpec {
    private static final Scenario.Given ADS = given(
            """
                    CREATE STREAM shown (ad STRING, at TIMESTAMP, WATERMARK FOR at AS at - INTERVAL '0' SECOND) USING memory;
                    CREATE STREAM clicked (ad STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory""");

    @Test
    @DisplayName("keeps each once, and gives each pair once, in whichever trigger a row comes again")
    void keepsEachOnce() {
        try (Scenario pairs = given(
                "CREATE STREAM a (x INT, y STRING) USING memory; CREATE STREAM b (x INT) USING memory")
                .query(OutputMode.Update(), """
                        SELECT a.x, y FROM (SELECT DISTINCT x, y FROM STREAM a) a
                        LEFT JOIN (SELECT x FROM STREAM b GROUP BY x) b ON a.x = b.x""")) {
            pairs.into("a", "1, p", "1, p", "1, q", "NULL, p").run().emits("1, p", "1, q", "NULL, p").holds(3)
                    .into("a", "1, p", "NULL, p").into("b", "1", "1").run().emitsNothing().holds(4).restart()
                    .into("a", "1, q", "2, p").into("b", "2", "1").run().emits("2, p").holds(6);
        }
    }

    @Test
    @DisplayName("refuses what is late for the DISTINCT, though the other side of the join is behind")
    void refusesByItsOwnEdge() {
        try (Scenario ads = ADS.query(OutputMode.Append(), """
                SELECT s.ad, at, ts FROM (SELECT DISTINCT ad, at FROM STREAM shown) s
                JOIN (SELECT DISTINCT ad, ts FROM STREAM clicked) c ON s.ad = c.ad AND at = ts""")) {
            ads.into("shown", "a, 12:00:00", "b, 12:00:10").into("clicked", "x, 12:00:00").run().holds(1)
                    .into("shown", "a, 12:00:05", "b, 12:00:10", "c, 12:00:11").into("clicked", "b, 12:00:10").run()
                    .drops(2).emits("b, 12:00:10, 12:00:10");
        }
    }

    @Test
    @DisplayName("forgets them when the watermark has passed the time by which both sides meet")
    void forgets() {
        try (Scenario ads = ADS.query(OutputMode.Append(), """
                SELECT s.ad, starts, n FROM (SELECT ad, window.start AS starts, window.end AS ends
                    FROM STREAM shown GROUP BY ad, window(at, '10 seconds')) s
                JOIN (SELECT ad AS clicked, 1 AS n, window(ts, '10 seconds') AS w FROM STREAM clicked) c
                ON starts = w.start AND ends = w.end AND s.ad = clicked""")) {
            ads.into("shown", "a, 12:00:01", "a, 12:00:03").into("clicked", "a, 12:00:02").run()
                    .emits("a, 12:00, 1").holds(2)
                    .into("shown", "a, 12:00:05", "b, 12:00:12").into("clicked", "a, 12:00:06", "x, 12:00:12").run()
                    .emits("a, 12:00, 1").holds(2)
                    .into("shown", "a, 12:00:05").run().emitsNothing().drops(1);
        }
    }

    @Test
    @DisplayName("leaves the different rows to their DISTINCT where another result of the block may read them too")
    void ofSeveralResults() {
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            session.sql("CREATE STREAM a (x INT, ts TIMESTAMP, WATERMARK FOR ts AS ts) USING memory");
            session.sql("CREATE STREAM b (x INT, ts TIMESTAMP, WATERMARK FOR ts AS ts) USING memory");
            session.sql("CREATE TABLE pairs USING noop");
            session.sql("CREATE TABLE once USING noop");
            String pairs = "INSERT INTO pairs SELECT d.* FROM (SELECT DISTINCT x, ts FROM STREAM a) d JOIN STREAM b ON d.ts = b.ts";
            assertThat(Texts.of(session, "EXPLAIN INCREMENTAL " + pairs)).contains("Distinct, kept by the join");
            assertThat(Texts.of(session,
                    "EXPLAIN INCREMENTAL BEGIN " + pairs
                            + "; INSERT INTO once SELECT DISTINCT x, ts FROM STREAM a; END"))
                    .contains("Distinct  {insert-only; event time: ts}  shared, see above")
                    .doesNotContain("kept by the join");
        }
    }
}
