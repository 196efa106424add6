package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Rows joined with the extreme of their own group")
final class ExtremesOfGroupsSpec {
    private static final Scenario.Given BIDS = given(
            "CREATE STREAM bid (item STRING, price INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory");

    @Test
    @DisplayName("are all that is kept of rows that only come, and change with it")
    void highest() {
        try (Scenario bids = BIDS.query(OutputMode.Update(), """
                SELECT b.item, b.price, g.top FROM STREAM bid b
                JOIN (SELECT item, max(price) AS top FROM STREAM bid GROUP BY item) g
                ON b.item = g.item AND b.price = g.top""")) {
            bids.trigger("a, 1, 12:00:00", "a, 3, 12:00:00", "b, 2, 12:00:00", "a, 2, 12:00:00")
                    .emits("a, 3, 3", "b, 2, 2").holds(2)
                    .trigger("a, 2, 12:00:01", "b, 2, 12:00:01").emits("b, 2, 2").holds(2)
                    .trigger("a, 5, 12:00:01", "a, 4, 12:00:01").emits("a, 5, 5").holds(2);
        }
    }

    @Test
    @DisplayName("have neither a NULL for it nor in what they are grouped by")
    void nulls() {
        try (Scenario bids = BIDS.query(OutputMode.Update(), """
                SELECT b.item, b.price FROM STREAM bid b
                JOIN (SELECT item, min(price) AS low FROM STREAM bid GROUP BY item) g
                ON g.item = b.item AND g.low >= b.price""")) {
            bids.trigger("NULL, 1, 12:00:00", "a, NULL, 12:00:00").emitsNothing()
                    .trigger("a, 7, 12:00:00", "NULL, 0, 12:00:00").emits("a, 7")
                    .trigger("a, 8, 12:00:00", "a, 6, 12:00:00").emits("a, 6").holds(1);
        }
    }

    @Test
    @DisplayName("of a window are given when it closes, where the condition puts each time into its window")
    void ofAWindow() {
        try (Scenario bids = BIDS.query(OutputMode.Append(), """
                SELECT b.item, b.price, m.ends FROM STREAM bid b JOIN
                (SELECT max(price) AS top, window.end AS ends FROM STREAM bid GROUP BY window(ts, '10 seconds')) m
                ON b.price = m.top AND b.ts >= m.ends - INTERVAL 10 SECONDS AND b.ts < m.ends""")) {
            bids.trigger("a, 1, 12:00:00", "b, 5, 12:00:09", "c, 5, 12:00:03", "d, 9, 12:00:10")
                    .emits("b, 5, 12:00:10", "c, 5, 12:00:10").holds(1)
                    .trigger("e, 8, 12:00:09", "f, 2, 12:00:20").emits("d, 9, 12:00:20").drops(1);
        }
    }

    @Test
    @DisplayName("are late when their window is closed, and not before")
    void lateWithTheirWindow() {
        try (Scenario bids = BIDS.query(OutputMode.Append(), """
                SELECT b.item FROM STREAM bid b JOIN
                (SELECT max(price) AS top, window.end AS ends FROM STREAM bid GROUP BY window(ts, '10 seconds')) m
                ON b.price = m.top AND b.ts >= m.ends - INTERVAL 10 SECONDS AND b.ts < m.ends""")) {
            bids.trigger("a, 1, 12:00:07").emitsNothing()
                    .trigger("b, 5, 12:00:03").emitsNothing().drops(0)
                    .trigger("c, 1, 12:00:10").emits("b").drops(0)
                    .trigger("d, 7, 12:00:09").emitsNothing().drops(1);
        }
    }

    @Test
    @DisplayName("may be asked for by the window's start, and in any order")
    void ofAWindowByItsStart() {
        try (Scenario bids = BIDS.query(OutputMode.Append(),
                """
                        SELECT b.item, b.price FROM STREAM bid b JOIN
                        (SELECT max(price) AS top, window.start AS begins, item FROM STREAM bid GROUP BY item, window(ts, '10 seconds')) m
                        ON m.begins <= b.ts AND m.top <= b.price AND b.ts < m.begins + INTERVAL 10 SECONDS AND m.item = b.item""")) {
            bids.trigger("a, 1, 12:00:00", "a, 5, 12:00:09", "c, 4, 12:00:03", "a, 9, 12:00:10").emits("a, 5", "c, 4")
                    .holds(1);
        }
    }

    @Test
    @DisplayName("are those of the other window too, where a band holds both of its ends")
    void ofAClosedBand() {
        try (Scenario bids = BIDS.query(OutputMode.Append(), """
                SELECT b.item, m.ends FROM STREAM bid b JOIN
                (SELECT max(price) AS top, window.end AS ends FROM STREAM bid GROUP BY window(ts, '10 seconds')) m
                ON b.price = m.top AND b.ts BETWEEN m.ends - INTERVAL 10 SECONDS AND m.ends""")) {
            bids.trigger("a, 5, 12:00:01", "b, 5, 12:00:10", "c, 6, 12:00:11").emits("a, 12:00:10", "b, 12:00:10");
        }
    }

    @Test
    @DisplayName("may be asked for with the groups first, and by the end of a window that both sides have")
    void turnedRound() {
        try (Scenario bids = BIDS.query(OutputMode.Append(), """
                SELECT b.item, m.top FROM
                (SELECT max(price) AS top, window_end FROM TUMBLE(TABLE bid, DESCRIPTOR(ts), INTERVAL '10' SECOND)
                  GROUP BY window_start, window_end) m
                JOIN TUMBLE(TABLE bid, DESCRIPTOR(ts), INTERVAL '10' SECOND) b
                ON b.window_end = m.window_end AND b.price = m.top""".replace("TABLE bid", "STREAM bid"))) {
            bids.trigger("a, 1, 12:00:00", "b, 5, 12:00:09", "d, 9, 12:00:10", "e, 8, 12:00:10").emits("b, 5").holds(1);
        }
    }

    @Test
    @DisplayName("show what the group has in common, where equal values look otherwise")
    void zeros() {
        try (Scenario rows = given("CREATE STREAM r (d DOUBLE, v INT) USING memory").query(OutputMode.Update(), """
                SELECT CAST(g.d AS STRING), g.top FROM STREAM r JOIN
                (SELECT d, max(v) AS top FROM STREAM r GROUP BY d) g ON r.d = g.d AND r.v = g.top""")) {
            rows.trigger("-0.0, 3").emits("0.0, 3");
        }
    }

    @Test
    @DisplayName("of counts move as the counts change")
    void ofCounts() {
        try (Scenario bids = BIDS.query(OutputMode.Changelog(), """
                WITH counts AS (SELECT item, count(*) AS n, window.end AS ends FROM STREAM bid
                  GROUP BY item, window(ts, '10 seconds'))
                SELECT c.item, c.n FROM counts c JOIN (SELECT max(n) AS most, ends FROM counts GROUP BY ends) m
                ON c.ends = m.ends AND c.n >= m.most""")) {
            bids.trigger("a, 1, 12:00:00", "b, 1, 12:00:01").emits("a, 1, +I", "b, 1, +I")
                    .trigger("a, 1, 12:00:02").emits("a, 1, -D", "a, 2, +I", "b, 1, -D")
                    .trigger("b, 1, 12:00:02", "b, 1, 12:00:03").emits("a, 2, -D", "b, 3, +I");
        }
    }

    @Test
    @DisplayName("may be asked for by IN")
    void in() {
        try (Scenario bids = BIDS.query(OutputMode.Update(), """
                SELECT item, price FROM STREAM bid
                WHERE (item, price) IN (SELECT item, max(price) FROM STREAM bid GROUP BY item)""")) {
            bids.trigger("a, 1, 12:00:00", "a, 3, 12:00:00", "b, NULL, 12:00:00").emits("a, 3").holds(1)
                    .trigger("a, 4, 12:00:00").emits("a, 4").holds(1);
        }
    }

    @Test
    @DisplayName("are filtered by what else the condition says, after they are found")
    void andMore() {
        try (Scenario bids = BIDS.query(OutputMode.Update(), """
                SELECT b.item, b.price FROM STREAM bid b
                JOIN (SELECT item, max(price) AS top FROM STREAM bid GROUP BY item) g
                ON b.item = g.item AND b.price = g.top AND length(b.item) + g.top < 6""")) {
            bids.trigger("a, 4, 12:00:00", "b, 5, 12:00:00").emits("a, 4")
                    .trigger("a, 7, 12:00:00").emitsNothing().holds(2);
        }
    }

    @Test
    @DisplayName("of other rows than their own are joined as ever")
    void ofOtherRows() {
        try (Scenario bids = BIDS.query(OutputMode.Update(), """
                SELECT b.item, b.price FROM STREAM bid b
                JOIN (SELECT item, max(price) AS top FROM STREAM bid WHERE price < 5 GROUP BY item) g
                ON b.item = g.item AND b.price >= g.top""")) {
            bids.trigger("a, 4, 12:00:00", "a, 3, 12:00:00", "a, 7, 12:00:00").emits("a, 4", "a, 7");
        }
    }

    @Test
    @DisplayName("still have their event time, where something above goes by it")
    void withTime() {
        try (Scenario bids = BIDS.query(OutputMode.Append(), """
                SELECT window.start, count(*) FROM
                (SELECT b.ts FROM STREAM bid b JOIN
                (SELECT max(price) AS top, window.end AS ends FROM STREAM bid GROUP BY window(ts, '10 seconds')) m
                ON b.price = m.top AND b.ts >= m.ends - INTERVAL 10 SECONDS AND b.ts < m.ends)
                GROUP BY window(ts, '10 seconds')""")) {
            bids.trigger("a, 1, 12:00:00", "b, 5, 12:00:09", "c, 5, 12:00:03", "d, 9, 12:00:40")
                    .emits("12:00, 2")
                    .trigger("d, 9, 12:01:10").emits("12:00:40, 1");
        }
    }
}
