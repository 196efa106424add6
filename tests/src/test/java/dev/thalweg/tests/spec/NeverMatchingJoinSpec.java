package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.streaming.OutputMode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A join of streams that can never match")
final class NeverMatchingJoinSpec {
    private static final String STREAMS = """
            CREATE STREAM a (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory;
            CREATE STREAM b (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory""";
    private static final List<OutputMode> MODES = List.of(OutputMode.Append(), OutputMode.Update());

    @ParameterizedTest
    @ValueSource(strings = {"a.k = b.k AND a.ts BETWEEN b.ts - INTERVAL 5 SECONDS AND b.ts AND FALSE", "FALSE",
            "a.k = b.k AND NULL", "a.k = b.k AND 1 = 2", "a.k = b.k AND NOT TRUE",
            "a.k = b.k AND (1 > 2 OR 'x' = 'y')", "a.k = b.k AND 1 <> NULL", "a.k < b.k AND (FALSE AND a.k = 'x')"})
    @DisplayName("gives a row of the side it preserves at once, and keeps nothing")
    void preserves(String condition) {
        for (OutputMode mode : MODES) {
            try (Scenario left = given(STREAMS).query(mode,
                    "SELECT a.k, b.k FROM STREAM a LEFT JOIN STREAM b ON " + condition);
                    Scenario full = given(STREAMS).query(mode,
                            "SELECT a.k, b.k FROM STREAM a FULL JOIN STREAM b ON " + condition);
                    Scenario anti = given(STREAMS).query(mode,
                            "SELECT a.k FROM STREAM a LEFT ANTI JOIN STREAM b ON " + condition)) {
                left.into("a", "x, 12:00:05", "x, 12:00:05").into("b", "x, 12:00:05").run()
                        .emits("x, NULL", "x, NULL").holds(0)
                        .into("a", "NULL, 12:00:01").into("b", "y, 12:00:09").run().emits("NULL, NULL").drops(0)
                        .holds(0);
                full.into("a", "x, 12:00:05").into("b", "x, 12:00:05").run().emits("x, NULL", "NULL, x").holds(0);
                anti.into("a", "x, 12:00:05").into("b", "x, 12:00:05").run().emits("x").holds(0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT a.k, b.k FROM STREAM a JOIN STREAM b ON a.k = b.k AND FALSE",
            "SELECT a.k FROM STREAM a LEFT SEMI JOIN STREAM b ON a.k = b.k AND FALSE",
            "SELECT a.k FROM STREAM a, STREAM b WHERE a.k = b.k AND a.ts = b.ts AND FALSE",
            "SELECT a.k, c.n FROM STREAM a RIGHT JOIN (VALUES ('x', 1)) AS c (k, n) ON FALSE WHERE n > 1"})
    @DisplayName("gives nothing where it asks for a match, and keeps nothing")
    void nothing(String query) {
        for (OutputMode mode : MODES) {
            try (Scenario scenario = given(STREAMS).query(mode, query)) {
                scenario.into("a", "x, 12:00:05").into("b", "x, 12:00:05").run().emitsNothing().holds(0)
                        .into("a", "x, 12:00:01").run().emitsNothing().drops(0).holds(0);
            }
        }
    }

    @Test
    @DisplayName("keeps the event time of the side it preserves, and waits for the other side's")
    void time() {
        try (Scenario windows = given(STREAMS).query(OutputMode.Append(), """
                SELECT window.start, count(*) FROM (SELECT a.ts FROM STREAM a LEFT JOIN STREAM b ON a.k = b.k AND FALSE)
                GROUP BY window(ts, '10 seconds')""")) {
            windows.into("a", "x, 12:00:05", "x, 12:00:25").into("b", "x, 12:00:02").run().emitsNothing()
                    .into("b", "x, 12:00:10").run().emits("12:00, 1")
                    .into("a", "x, 12:00:01").run().emitsNothing().drops(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT c.ts FROM STREAM c LEFT JOIN STREAM d ON FALSE",
            "SELECT ts FROM STREAM c UNION ALL SELECT ts FROM STREAM d WHERE FALSE"})
    @DisplayName("waits for the other side's time, so that it must have one where windows are to close")
    void needsBothTimes(String rows) {
        String streams = """
                CREATE STREAM c (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory;
                CREATE STREAM d (k STRING, ts TIMESTAMP) USING memory""";
        Scenario.Given given = given(streams);
        String windows = "SELECT window.end, count(*) FROM (" + rows + ") GROUP BY window(ts, '1 minute')";

        assertThatThrownBy(() -> given.query(OutputMode.Append(), windows)).hasMessageContaining("THW-3101");
    }

    @Test
    @DisplayName("has the time of both sides where it gives nothing")
    void timeOfNothing() {
        for (String side : List.of("a", "b")) {
            try (Scenario windows = given(STREAMS).query(OutputMode.Append(),
                    "SELECT window.end, count(*) FROM (SELECT "
                            + side + ".ts FROM STREAM a JOIN STREAM b ON FALSE) GROUP BY window(ts, '1 minute')")) {
                windows.into("a", "x, 12:00:05").into("b", "x, 12:00:05").run().emitsNothing().holds(0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'\uFF61' < '\uD83D\uDE00'", "1.50 = 1.5", "1.5 < 2", "'a' < 'b'"})
    @DisplayName("is one only where constants are unequal in the engine's order")
    void constants(String condition) {
        try (Scenario join = given(STREAMS).query(OutputMode.Update(),
                "SELECT a.k FROM STREAM a JOIN STREAM b ON a.k = b.k AND " + condition)) {
            join.into("a", "x, 12:00:05").into("b", "x, 12:00:05").run().emits("x");
        }
    }

    @Test
    @DisplayName("beside a table gives the table's rows once")
    void table() {
        try (Scenario full = given(STREAMS).query(OutputMode.Complete(),
                """
                        SELECT count(*), count(n) FROM STREAM a FULL JOIN (VALUES ('x', 1)) AS c (k, n) ON a.k = c.k AND FALSE""")) {
            full.into("a", "x, 12:00:05").run().emits("2, 1")
                    .into("a", "y, 12:00:06").run().emits("3, 1");
        }
    }

    @Test
    @DisplayName("beside a table knows no time, as a FULL join whose condition may be true does not: no row is late above it")
    void tableHasNoTime() {
        for (String condition : List.of("a.k = c.k", "a.k = c.k AND FALSE")) {
            try (Scenario full = given(STREAMS).query(OutputMode.Update(),
                    "SELECT window.start, count(*) FROM STREAM a FULL JOIN (VALUES ('x', 1)) AS c (k, n) ON "
                            + condition
                            + " GROUP BY window(a.ts, INTERVAL '10' SECOND)")) {
                full.into("a", "z, 12:10:00").run().emits("12:10, 1")
                        .into("a", "y, 12:00:00").run().emits("12:00, 1").drops(0);
            }
        }
    }
}
