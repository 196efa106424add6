package dev.thalweg.tests.spec;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.session_window;
import static dev.thalweg.functions.when;
import static dev.thalweg.functions.window_time;
import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Sessions")
final class SessionWindowSpec {
    private static final String CLICKS = """
            CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory""";

    @Nested
    @DisplayName("in append mode")
    final class Append {
        private final Scenario scenario = given(CLICKS).query(OutputMode.Append(), """
                SELECT url, session_window.start, session_window.end, count(*) FROM STREAM clicks
                GROUP BY url, session_window(ts, '30 seconds')""");

        @AfterEach
        void close() {
            scenario.close();
        }

        @Test
        @DisplayName("are emitted once, by the trigger that moves the watermark to their end")
        void areEmittedOnce() {
            scenario.trigger("a, 12:00:00", "a, 12:00:20", "b, 12:00:10").emitsNothing().holds(2)
                    .trigger("a, 12:01:30").emits("a, 12:00, 12:00:50, 2", "b, 12:00:10, 12:00:40, 1").holds(1)
                    .restart()
                    .trigger("a, 12:01:20", "b, NULL").emitsNothing().drops(1) // the watermark is at 12:01:20
                    .trigger("a, 12:01:40", "c, 12:03:00").emits("a, 12:01:30, 12:02:10, 2");
        }

        @Test
        @DisplayName("are one where a row begins the moment another's gap is over, and two a moment later")
        void touch() {
            scenario.trigger("a, 12:00:00", "a, 12:00:30", "b, 12:00:00", "b, 12:00:30.000001").trigger("c, 12:05:00")
                    .emits("a, 12:00, 12:01, 2", "b, 12:00, 12:00:30, 1", "b, 12:00:30.000001, 12:01:00.000001, 1");
        }

        @Test
        @DisplayName("that are apart become one by a row between them")
        void meet() {
            scenario.trigger("a, 12:00:20", "a, 12:00:55").emitsNothing().holds(2)
                    .trigger("a, 12:00:50").emitsNothing().drops(0).holds(1) // the watermark is at 12:00:45
                    .trigger("a, 12:02:00").emits("a, 12:00:20, 12:01:25, 3");
        }
    }

    @Nested
    @DisplayName("in update mode")
    final class Update {
        private final Scenario scenario = given(CLICKS).query(OutputMode.Update(), """
                SELECT url, session_window.start, session_window.end, count(*) FROM STREAM clicks
                GROUP BY url, session_window(ts, '30 seconds')""");

        @AfterEach
        void close() {
            scenario.close();
        }

        @Test
        @DisplayName("are emitted when they grow or meet")
        void areEmittedWhenTheyChange() {
            scenario.trigger("a, 12:00:00", "a, 12:00:05", "a, 12:00:50", "b, 12:00:10")
                    .emits("a, 12:00, 12:00:35, 2", "a, 12:00:50, 12:01:20, 1", "b, 12:00:10, 12:00:40, 1")
                    .trigger("a, 12:00:45").emits("a, 12:00:45, 12:01:20, 2").drops(0)
                    .trigger("a, 12:03:00").emits("a, 12:03, 12:03:30, 1").holds(1);
        }
    }

    @Nested
    @DisplayName("as a changelog")
    final class Changelog {
        private final Scenario scenario = given(
                "CREATE STREAM clicks (url STRING, ts TIMESTAMP) USING memory").query(OutputMode.Changelog(), """
                        SELECT url, session_window.start, session_window.end, count(*) FROM STREAM clicks
                        GROUP BY url, session_window(ts, '30 seconds')""");

        @AfterEach
        void close() {
            scenario.close();
        }

        @Test
        @DisplayName("take back what they were before")
        void takeBack() {
            scenario.trigger("a, 12:00:00", "a, 12:01:00")
                    .emits("a, 12:00, 12:00:30, 1, +I", "a, 12:01, 12:01:30, 1, +I")
                    .trigger("a, 12:00:30")
                    .emits("a, 12:00, 12:00:30, 1, -U", "a, 12:00, 12:01:30, 3, +U", "a, 12:01, 12:01:30, 1, -D");
        }
    }

    @Nested
    @DisplayName("in complete mode")
    final class Complete {
        private final Scenario scenario = given(CLICKS).query(OutputMode.Complete(), """
                SELECT session_window.start, session_window.end, count(*) FROM STREAM clicks
                GROUP BY session_window(ts, '30 seconds')""");

        @AfterEach
        void close() {
            scenario.close();
        }

        @Test
        @DisplayName("without another key are those of all rows, and none is late")
        void ofAllRows() {
            scenario.trigger("a, 12:00:00", "b, 12:00:20", "c, 12:05:00")
                    .emits("12:00, 12:00:50, 2", "12:05, 12:05:30, 1")
                    .trigger("d, 12:00:40").emits("12:00, 12:01:10, 3", "12:05, 12:05:30, 1").drops(0);
        }
    }

    @Nested
    @DisplayName("whose rows are kept, because the gap is each row's own and values are collected,")
    final class Rows {
        private final Scenario scenario = given(CLICKS).query(OutputMode.Append(), """
                SELECT session_window.start, session_window.end, array_sort(collect_list(url)) FROM STREAM clicks
                GROUP BY session_window(ts, CASE WHEN url = 'none' THEN NULL WHEN url LIKE 'l%' THEN '1 minute'
                    ELSE '10 seconds' END)""");

        @AfterEach
        void close() {
            scenario.close();
        }

        @Test
        @DisplayName("are emitted once as well")
        void areEmittedOnce() {
            scenario.trigger("a, 12:00:00", "long, 12:00:05", "b, 12:00:50", "none, 12:00:51", "c, 12:01:10")
                    .emitsNothing()
                    .holds(2)
                    .trigger("d, 12:01:15").emits("12:00, 12:01:05, [a, b, long]").holds(1)
                    .restart()
                    .trigger("e, 12:01:05", "f, 12:01:06").drops(1)
                    .trigger("g, 12:02:00").emits("12:01:06, 12:01:25, [c, d, f]");
        }
    }

    @Nested
    @DisplayName("of rows that are taken back")
    final class OfChanges {
        private final Scenario scenario = given("CREATE STREAM clicks (url STRING, ts TIMESTAMP) USING memory")
                .query(OutputMode.Complete(), """
                        SELECT session_window.start, session_window.end, count(*)
                        FROM (SELECT url, max(ts) AS last FROM STREAM clicks GROUP BY url)
                        GROUP BY session_window(last, INTERVAL '30' SECOND)""");

        @AfterEach
        void close() {
            scenario.close();
        }

        @Test
        @DisplayName("break apart")
        void breakApart() {
            scenario.trigger("a, 12:00:00", "b, 12:00:20", "c, 12:00:40").emits("12:00, 12:01:10, 3")
                    .trigger("b, 12:05:00").emits("12:00, 12:00:30, 1", "12:00:40, 12:01:10, 1", "12:05, 12:05:30, 1")
                    .trigger("a, 12:00:30", "d, 12:05:30").emits("12:00:30, 12:01:10, 2", "12:05, 12:06, 2");
        }
    }

    @Nested
    @DisplayName("written with functions")
    final class OfFunctions {
        private final Scenario scenario = given(CLICKS).query(OutputMode.Append(),
                session -> session.readStream().table("clicks")
                        .groupBy(session_window(col("ts"), when(col("url").equalTo("a"), "10 seconds")
                                .otherwise("30 seconds")), col("url"))
                        .count()
                        .select(col("url"), window_time(col("session_window")), col("count")));

        @AfterEach
        void close() {
            scenario.close();
        }

        @Test
        @DisplayName("are those of SQL")
        void areThoseOfSql() {
            scenario.trigger("a, 12:00:00", "a, 12:00:20", "b, 12:00:10", "b, 12:00:30").emits("a, 12:00:09.999999, 1")
                    .trigger("c, 12:02:00").emits("a, 12:00:29.999999, 1", "b, 12:00:59.999999, 2");
        }
    }

    @Nested
    @DisplayName("of windows")
    final class OfWindows {
        private final Scenario scenario = given(CLICKS).query(OutputMode.Append(), """
                SELECT session_window.start, session_window.end, sum(n) FROM
                (SELECT window, count(*) AS n FROM STREAM clicks GROUP BY window(ts, '10 seconds'))
                GROUP BY session_window(window_time(window), '20 seconds')""");

        @AfterEach
        void close() {
            scenario.close();
        }

        @Test
        @DisplayName("are closed by the watermark of the rows below")
        void areClosed() {
            scenario.trigger("a, 12:00:01", "b, 12:00:02", "c, 12:00:25").emitsNothing()
                    .trigger("d, 12:02:00").emits("12:00:09.999999, 12:00:49.999999, 3");
        }
    }
}
