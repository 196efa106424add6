package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Window functions in the order of event time, in append mode")
final class OverByTimeSpec {
    private static final String BIDS = """
            CREATE STREAM bids (item STRING, price INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
            USING memory""";

    @Test
    @DisplayName("give each row once, when the watermark has passed it, whatever the order of arrival")
    void tellsEachRowOnce() {
        try (Scenario bids = given(BIDS).query(OutputMode.Append(), """
                SELECT item, price, row_number() OVER w AS n, sum(price) OVER w AS total, lag(price) OVER w AS before
                FROM STREAM bids WINDOW w AS (PARTITION BY item ORDER BY ts)""")) {
            bids.trigger("a, 5, 12:00:20", "a, 3, 12:00:05", "b, 9, 12:00:07")
                    .emits("a, 3, 1, 3, NULL", "b, 9, 1, 9, NULL")
                    .trigger("a, 1, 12:00:15", "a, 2, 12:00:10").emitsNothing().drops(1) // the 2 is at the watermark
                    .trigger("b, 4, 12:00:40").emits("a, 1, 2, 4, 3", "a, 5, 3, 9, 1")
                    .trigger("a, 7, 12:00:29", "b, 4, 12:01:00").drops(1).emits("b, 4, 2, 13, 9")
                    .trigger("a, 8, 12:00:51", "b, 1, 12:01:30").emits("a, 8, 4, 17, 5", "b, 4, 3, 17, 4");
        }
    }

    @Test
    @DisplayName("tell rows of one time together, whatever frame they have")
    void ofOneTime() {
        try (Scenario bids = given(BIDS).query(OutputMode.Append(),
                """
                        SELECT item, rank() OVER w AS r, dense_rank() OVER w AS d, count(*) OVER w AS n, max(price) OVER w AS most,
                          first_value(price) OVER (ORDER BY ts, price) AS first
                        FROM STREAM bids WINDOW w AS (ORDER BY ts)""")) {
            bids.trigger("a, 5, 12:00:05", "b, 4, 12:00:05", "c, 9, 12:00:15")
                    .emits("a, 1, 1, 2, 5, 4", "b, 1, 1, 2, 5, 4")
                    .trigger("d, 7, 12:00:15", "e, 1, 12:00:30")
                    .emits("c, 3, 2, 4, 9, 4", "d, 3, 2, 4, 9, 4")
                    .trigger("f, 1, 12:01:00").emits("e, 5, 3, 5, 9, 4");
        }
    }

    @Test
    @DisplayName("keep no more rows than frames to come look at")
    void keepsFrames() {
        try (Scenario bids = given(BIDS).query(OutputMode.Append(),
                """
                        SELECT item, price, avg(price) OVER (PARTITION BY item ORDER BY ts RANGE INTERVAL '20' SECOND PRECEDING) AS mean
                        FROM STREAM bids""")) {
            bids.trigger("a, 2, 12:00:00", "a, 4, 12:00:10", "a, 6, 12:00:30", "b, 1, 12:00:30")
                    .emits("a, 2, 2.0", "a, 4, 3.0").holds(3) // the 2 lies too far back for any row to come
                    .trigger("a, 8, 12:01:00").emits("a, 6, 5.0", "b, 1, 1.0").holds(1)
                    .trigger("c, 8, 12:02:00").emits("a, 8, 8.0").holds(1);
        }
    }

    @Test
    @DisplayName("wait as long as a frame looks ahead in time")
    void looksAhead() {
        try (Scenario bids = given(BIDS).query(OutputMode.Append(), """
                SELECT item, price, max(price) OVER (ORDER BY ts
                  RANGE BETWEEN INTERVAL '5' SECOND PRECEDING AND INTERVAL '10' SECOND FOLLOWING) AS most
                FROM STREAM bids""")) {
            bids.trigger("a, 2, 12:00:00", "b, 4, 12:00:15").emitsNothing()
                    .trigger("c, 3, 12:00:09", "d, 9, 12:00:21").emits("a, 2, 3")
                    .trigger("e, 1, 12:00:20", "f, 1, 12:00:35").emits("c, 3, 4", "b, 4, 9")
                    .trigger("g, 1, 12:02:00").emits("e, 1, 9", "d, 9, 9", "f, 1, 1");
        }
    }

    @Test
    @DisplayName("put a row without a time where ORDER BY puts it: first, so that it is late once time has begun")
    void withoutATime() {
        try (Scenario bids = given(BIDS).query(OutputMode.Append(), """
                SELECT item, count(*) OVER (ORDER BY ts) AS n FROM STREAM bids""")) {
            bids.trigger("a, 1, NULL").emitsNothing()
                    .trigger("b, 1, NULL", "c, 1, 12:00:00").emits("a, 2", "b, 2")
                    .trigger("d, 1, NULL", "e, 1, 12:00:20").drops(1).emits("c, 3");
        }
        try (Scenario bids = given(BIDS).query(OutputMode.Append(), """
                SELECT item, count(*) OVER (ORDER BY ts NULLS LAST) AS n FROM STREAM bids""")) {
            bids.trigger("a, 1, NULL", "c, 1, 12:00:00").emitsNothing()
                    .trigger("d, 1, NULL", "e, 1, 12:00:20").emits("c, 1").drops(0);
        }
    }

    @Test
    @DisplayName("feed windows above, by the time that they were ordered by")
    void feedsWindows() {
        try (Scenario bids = given(BIDS).query(OutputMode.Append(), """
                SELECT window.start, sum(gain) AS gain FROM (
                  SELECT ts, price - lag(price) OVER (PARTITION BY item ORDER BY ts) AS gain FROM STREAM bids)
                GROUP BY window(ts, INTERVAL '1' MINUTE)""")) {
            bids.trigger("a, 5, 12:00:10", "a, 2, 12:00:05").emitsNothing()
                    .trigger("a, 9, 12:00:50", "a, 4, 12:01:20").emits("12:00, 7");
        }
    }

    @Test
    @DisplayName("give the first rows of an order of time once")
    void firstRows() {
        try (Scenario bids = given(BIDS).query(OutputMode.Append(), """
                SELECT item, price FROM STREAM bids QUALIFY row_number() OVER (PARTITION BY item ORDER BY ts) = 1""")) {
            bids.trigger("a, 5, 12:00:20", "a, 3, 12:00:05", "b, 9, 12:00:27").emits("a, 3")
                    .trigger("b, 4, 12:00:19").emitsNothing()
                    .trigger("a, 1, 12:01:00").emits("b, 4")
                    .trigger("c, 1, 12:02:00").emitsNothing();
        }
        try (Scenario bids = given(BIDS).query(OutputMode.Append(),
                "SELECT item FROM STREAM bids ORDER BY ts LIMIT 2 OFFSET 1")) {
            bids.trigger("a, 5, 12:00:20", "b, 3, 12:00:05").emitsNothing()
                    .trigger("c, 4, 12:00:19", "d, 3, 12:00:40").emits("c", "a")
                    .trigger("e, 4, 12:02:00").emitsNothing();
        }
    }

    @Test
    @DisplayName("tell at the end of the input what waits for it, and what a frame would still look ahead for")
    void endOfInput() throws Exception {
        try (ThalwegSession session = Way.session(2)) {
            session.sql(BIDS + " OPTIONS (endOfInput 'flush')");
            session.sql("""
                    INSERT INTO bids VALUES ('a', 5, TIMESTAMP '2026-01-01 12:00:20'),
                     ('b', 9, TIMESTAMP '2026-01-01 12:00:02'), ('a', 3, TIMESTAMP '2026-01-01 12:00:15'),
                     ('a', 1, NULL)""");
            StreamingQuery query = session.sql("""
                    SELECT item, price, sum(price) OVER (PARTITION BY item ORDER BY ts
                      RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND INTERVAL '10' SECOND FOLLOWING) AS total,
                      row_number() OVER (PARTITION BY item ORDER BY ts) AS n
                    FROM STREAM bids""").writeStream().queryName("told").outputMode("append").format("memory")
                    .trigger(Trigger.AvailableNow()).start();
            query.awaitTermination();
            assertThat(session.sql("SELECT * FROM told ORDER BY item, n").collectAsList()).extracting(Row::toString)
                    .containsExactly("[a,1,1,1]", "[a,3,8,2]", "[a,5,8,3]", "[b,9,9,1]");
            assertThat(Objects.requireNonNull(query.lastProgress()).detail().stateOperators())
                    .filteredOn("operatorName", "over").isNotEmpty()
                    .allMatch(operator -> operator.numRowsTotal() == 0);
        }
    }

    @Test
    @DisplayName("are refused where a row may wait for others of which no time says when they come")
    void refusesWhatWaits() {
        refuses("lead(price) OVER (ORDER BY ts)", "lag in place of lead");
        refuses("ntile(2) OVER (ORDER BY ts)", "no ntile");
        refuses("sum(price) OVER (ORDER BY ts ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)",
                "frames that end with the row");
        refuses("sum(price) OVER (ORDER BY ts DESC)", "ORDER BY 'ts' first, ascending");
        refuses("sum(price) OVER (ORDER BY price)", "ORDER BY 'ts' first, ascending");
        refuses("sum(price) OVER (PARTITION BY price % 7 ORDER BY price)", "OVER by [(price % 7)]");
    }

    private static void refuses(String call, String remedy) {
        assertThatThrownBy(() -> given(BIDS).query(OutputMode.Append(), "SELECT " + call + " AS x FROM STREAM bids"))
                .hasMessageContaining("THW-3206").hasMessageContaining(remedy);
    }
}
