package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The window functions of FROM, over a stream,")
final class WindowTableSpec {
    private static final String CLICKS = """
            CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory""";

    private static Scenario append(String sql) {
        return given(CLICKS).query(OutputMode.Append(), sql);
    }

    @Test
    @DisplayName("TUMBLE: groups are emitted when the watermark reaches their end")
    void tumble() {
        try (Scenario scenario = append(
                """
                        SELECT window_start, window_end, count(*) FROM TUMBLE(TABLE STREAM clicks, DESCRIPTOR(ts), INTERVAL '1' MINUTE)
                        GROUP BY window_start, window_end""")) {
            scenario.trigger("a, 12:00:05", "b, 12:00:40").emitsNothing()
                    .trigger("a, 12:01:10").emits("12:00, 12:01, 2")
                    .restart().trigger("b, 12:00:59").emitsNothing().drops(1);
        }
    }

    @Test
    @DisplayName("HOP: a row is in each window that holds it")
    void hop() {
        try (Scenario scenario = append("""
                SELECT window_start, window_end, count(*)
                FROM TABLE(HOP(STREAM clicks, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '20' SECOND))
                GROUP BY window_start, window_end""")) {
            scenario.trigger("a, 12:00:05", "b, 12:00:15").emitsNothing()
                    .trigger("c, 12:00:40")
                    .emits("11:59:50, 12:00:10, 1", "12:00, 12:00:20, 2", "12:00:10, 12:00:30, 1");
        }
    }

    @Test
    @DisplayName("CUMULATE: windows with one start end one after the other")
    void cumulate() {
        try (Scenario scenario = append("""
                SELECT window_start, window_end, count(*)
                FROM CUMULATE(STREAM clicks, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '1' MINUTE)
                GROUP BY window_start, window_end""")) {
            scenario.trigger("a, 12:00:05", "b, 12:00:25").emitsNothing()
                    .trigger("c, 12:00:50").emits("12:00, 12:00:20, 1", "12:00, 12:00:40, 2")
                    .trigger("d, 12:00:30").drops(1) // for the windows that have ended, but it is in the third
                    .trigger("e, 12:01:10").emits("12:00, 12:01, 4");
        }
    }

    @Test
    @DisplayName("SESSION: rows have the bounds of their session, when it is closed")
    void session() {
        try (Scenario scenario = append("""
                SELECT url, ts, window_start, window_end
                FROM SESSION(STREAM clicks PARTITION BY url, DESCRIPTOR(ts), INTERVAL '30' SECOND)""")) {
            scenario.trigger("a, 12:00:00", "a, 12:00:20", "b, 12:00:10").emitsNothing()
                    .trigger("c, 12:02:00").emits("a, 12:00, 12:00, 12:00:50", "a, 12:00:20, 12:00, 12:00:50",
                            "b, 12:00:10, 12:00:10, 12:00:40");
        }
    }

    @Test
    @DisplayName("in a chain: the time of a window is a time again")
    void chain() {
        try (Scenario scenario = append("""
                WITH tens AS (SELECT window_time AS t, count(*) AS n
                    FROM TUMBLE(STREAM clicks, DESCRIPTOR(ts), INTERVAL '10' SECOND)
                    GROUP BY window_start, window_end, window_time)
                SELECT window_start, sum(n) FROM TUMBLE(TABLE tens, DESCRIPTOR(t), INTERVAL '1' MINUTE)
                GROUP BY window_start, window_end""")) {
            scenario.trigger("a, 12:00:05", "b, 12:00:40", "c, 12:00:41").emitsNothing()
                    .trigger("a, 12:01:10").emits("12:00, 3").drops(0);
        }
    }

    @Test
    @DisplayName("a bare window_time as a key is final when its window is")
    void windowTimeAlone() {
        try (Scenario scenario = append("""
                SELECT t, sum(n) FROM (SELECT window_time(window) AS t, url, count(*) AS n FROM STREAM clicks
                    GROUP BY window(ts, '1 minute'), url) GROUP BY t""")) {
            scenario.trigger("a, 12:00:05", "b, 12:00:40").emitsNothing()
                    .trigger("a, 12:01:10.000001").emits("12:00:59.999999, 2").drops(0);
        }
    }
}
