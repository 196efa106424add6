package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sixteen minutes are kept in steps of one: a row goes when the clock reaches the first whole minute that is seventeen minutes
/// after it came, or later.
@DisplayName("A time to live of the rows of a join")
final class TimeToLiveJoinSpec {
    private static final String STREAMS = """
            CREATE STREAM o (id INT, k STRING) USING memory; CREATE STREAM p (k STRING, v INT) USING memory""";

    private static Scenario join(OutputMode mode, String sql) {
        return join(STREAMS, mode, sql);
    }

    /// Of streams that have watermarks.
    private static Scenario timed(String sql) {
        return join("""
                CREATE STREAM o (id INT, k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts) USING memory;
                CREATE STREAM p (v INT, k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts) USING memory""",
                OutputMode.Changelog(), sql);
    }

    private static Scenario join(String streams, OutputMode mode, String sql) {
        return given(streams).query(mode, session -> {
            session.conf().set("thalweg.sql.stateTtl", "16 minutes");
            return session.sql(sql);
        });
    }

    @Test
    @DisplayName("takes back the pairs of a row that goes, and keeps a row no longer because others met it")
    void inner() {
        try (Scenario pairs = join(OutputMode.Changelog(), "SELECT id, v FROM STREAM o JOIN STREAM p ON o.k = p.k")) {
            pairs.clock("12:00").into("o", "1, a", "2, b", "3, NULL").run().emitsNothing().holds(2)
                    .clock("12:10").into("p", "a, 10", "b, 20").run().emits("1, 10, +I", "2, 20, +I").holds(4)
                    .clock("12:16:59").trigger().emitsNothing()
                    .into("o", "2, b").run().emits("2, 20, +I") // the same row again: both live on
                    .clock("12:17").trigger().emits("1, 10, -D").holds(3)
                    .clock("12:18").into("o", "4, a").run().emits("4, 10, +I")
                    .clock("12:27").trigger().emits("2, 20, -D", "2, 20, -D", "4, 10, -D").holds(2)
                    .clock("13:00").into("p", "b, 30").run().emitsNothing() // met and taken back
                    .holds(1).clock("14:00").trigger().emitsNothing().holds(0);
        }
    }

    @Test
    @DisplayName("forgets in silence in append mode, where pairs are final")
    void append() {
        try (Scenario pairs = join(OutputMode.Append(), "SELECT id, v FROM STREAM o JOIN STREAM p ON o.k = p.k");
                Scenario semi = join(OutputMode.Append(),
                        "SELECT id FROM STREAM o LEFT SEMI JOIN STREAM p ON o.k = p.k")) {
            pairs.clock("12:00").into("o", "1, a", "2, b").run().clock("12:10").into("p", "a, 10").run().emits("1, 10")
                    .clock("12:17").trigger().emitsNothing().holds(1)
                    .into("p", "b, 20").run().emitsNothing().into("o", "5, a").run().emits("5, 10")
                    .clock("13:00").trigger().emitsNothing().holds(0);
            semi.clock("12:00").into("p", "a, 1").run().clock("12:10").into("o", "1, a", "2, b").run().emits("1")
                    .clock("12:17").trigger().emitsNothing().holds(2)
                    .clock("12:20").into("p", "a, 2", "b, 2").run().emits("2") // 1 has been given
                    .clock("12:30").trigger().emitsNothing().holds(2)
                    .into("o", "1, a").run().emits("1");
        }
    }

    @Test
    @DisplayName("lets a row of an outer join stand alone again when what it met goes")
    void outer() {
        try (Scenario left = join(OutputMode.Changelog(), "SELECT id, v FROM STREAM o LEFT JOIN STREAM p ON o.k = p.k");
                Scenario full = join(OutputMode.Changelog(),
                        "SELECT id, v FROM STREAM o FULL JOIN STREAM p ON o.k = p.k")) {
            left.clock("12:00").into("p", "a, 1").run().emitsNothing()
                    .clock("12:10").into("o", "1, a", "2, b", "3, NULL").run()
                    .emits("1, 1, +I", "2, NULL, +I", "3, NULL, +I").holds(4)
                    .clock("12:17").trigger().emits("1, 1, -D", "1, NULL, +I").holds(3)
                    .clock("12:27").trigger().emits("1, NULL, -D", "2, NULL, -D", "3, NULL, -D").holds(0);
            full.clock("12:00").into("p", "a, 1").run().emits("NULL, 1, +I")
                    .clock("12:10").into("o", "1, a").run().emits("NULL, 1, -D", "1, 1, +I")
                    .clock("12:17").trigger().emits("1, 1, -D", "1, NULL, +I")
                    .clock("12:27").trigger().emits("1, NULL, -D").holds(0);
        }
    }

    @Test
    @DisplayName("shows a row of an anti join when what it met goes, and hides one of a semi join")
    void semiAndAnti() {
        try (Scenario anti = join(OutputMode.Update(),
                "SELECT id FROM STREAM o LEFT ANTI JOIN STREAM p ON o.k = p.k AND v > 0");
                Scenario semi = join(OutputMode.Changelog(),
                        "SELECT id FROM STREAM o WHERE k IN (SELECT k FROM STREAM p)")) {
            anti.clock("12:00").into("p", "a, 1", "b, 0").run().clock("12:10").into("o", "1, a", "2, b").run()
                    .emits("2")
                    .clock("12:17").trigger().emits("1").holds(2);
            semi.clock("12:00").into("p", "a, 1").run().clock("12:10").into("o", "1, a", "2, b").run().emits("1, +I")
                    .clock("12:17").trigger().emits("1, -D").into("p", "b, 1").run().emits("2, +I");
        }
    }

    @Test
    @DisplayName("holds for joins without equal columns, and for complete mode")
    void general() {
        try (Scenario complete = join(OutputMode.Complete(), "SELECT id, v FROM STREAM o JOIN STREAM p ON id < v")) {
            complete.clock("12:00").into("o", "1, a", "5, a").run()
                    .clock("12:10").into("p", "x, 3", "x, 9").run().emits("1, 3", "1, 9", "5, 9")
                    .clock("12:11").into("o", "2, b").run().emits("1, 3", "1, 9", "5, 9", "2, 3", "2, 9")
                    .clock("12:17").trigger().emits("2, 3", "2, 9");
        }
    }

    @Test
    @DisplayName("takes back what operators above have made of pairs, so that those need none")
    void above() {
        try (Scenario counts = join(OutputMode.Changelog(), """
                SELECT p.k, count(*) AS n, count(DISTINCT id) AS ids FROM STREAM o JOIN STREAM p ON o.k = p.k
                GROUP BY p.k""")) {
            counts.clock("12:00").into("o", "1, a", "1, a").run()
                    .clock("12:10").into("o", "2, a").into("p", "a, 10").run().emits("a, 3, 2, +I")
                    .clock("12:17").trigger().emits("a, 3, 2, -U", "a, 1, 1, +U")
                    .clock("12:27").trigger().emits("a, 1, 1, -D").holds(0);
        }
        try (Scenario below = join(OutputMode.Changelog(), """
                SELECT c.k, n, id FROM (SELECT k, count(*) AS n FROM STREAM p GROUP BY k) c
                JOIN STREAM o ON o.k = c.k""")) {
            below.clock("12:00").into("p", "a, 1").into("o", "1, a").run().emits("a, 1, 1, +I")
                    .clock("12:10").into("p", "a, 1").run().emits("a, 1, 1, -D", "a, 2, 1, +I")
                    .clock("12:17").trigger().emits("a, 2, 1, -D").into("o", "2, a").run().emits("a, 2, 2, +I")
                    .clock("12:27").trigger().emits("a, 2, 2, -D").clock("13:00").trigger().emitsNothing().holds(0);
        }
    }

    @Test
    @DisplayName("leaves alone the rows of a table, and a side that a watermark frees")
    void tables() {
        try (Scenario table = given("""
                CREATE TABLE names (k STRING, name STRING) USING memory; INSERT INTO names VALUES ('a', 'Ann');
                CREATE STREAM o (id INT, k STRING) USING memory""").query(OutputMode.Changelog(), session -> {
            session.conf().set("thalweg.sql.stateTtl", "16 minutes");
            return session.sql("SELECT name, id FROM names LEFT JOIN STREAM o ON o.k = names.k");
        })) {
            table.clock("2026-03-01T12:00").into("o", "1, a").run().emits("Ann, NULL, -D", "Ann, 1, +I")
                    .clock("2026-03-01T12:17").trigger().emits("Ann, 1, -D", "Ann, NULL, +I").holds(1)
                    .clock("2026-03-01T15:00").into("o", "2, a").run().emits("Ann, NULL, -D", "Ann, 2, +I");
        }
    }

    @Test
    @DisplayName("is not prolonged by a late row, and leaves alone the pairs of rows that the watermark has let go")
    void lateRows() {
        try (Scenario pairs = timed("""
                SELECT id, v FROM STREAM o JOIN STREAM p
                ON o.k = p.k AND o.ts >= p.ts - INTERVAL '10' SECOND""")) {
            pairs.clock("12:00").into("p", "10, a, 09:00").into("o", "1, a, 09:00").run().emits("1, 10, +I").holds(2)
                    .clock("12:10").into("p", "20, b, 09:01").into("o", "2, b, 09:01").run().emits("2, 20, +I").holds(3)
                    .into("p", "10, a, 09:00", "30, c, 09:00").run().emitsNothing().drops(2).holds(3)
                    .clock("12:17").trigger().emitsNothing().holds(2) // 1 is final, and so is what it met
                    .into("o", "3, a, 09:02", "4, c, 09:02").run().emitsNothing()
                    .clock("12:27").trigger().emits("2, 20, -D");
        }
    }

    @Test
    @DisplayName("lets a row of a semi join go when its own time is over, though what it met was final")
    void semi() {
        try (Scenario semi = timed("""
                SELECT id FROM STREAM o LEFT SEMI JOIN STREAM p
                ON o.k = p.k AND p.ts >= o.ts - INTERVAL '10' SECOND""")) {
            semi.clock("12:00").into("p", "10, a, 09:00").into("o", "1, a, 09:00").run().emits("1, +I").holds(2)
                    .clock("12:10").into("p", "20, b, 09:01").into("o", "2, b, 09:01").run().emits("2, +I").holds(3)
                    .clock("12:17").trigger().emits("1, -D").holds(2)
                    .clock("12:27").trigger().emits("2, -D").holds(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"INNER | forgotten by the clock 1 day after they came, and taken back",
            "FULL | forgotten by the clock 1 day after they came, and taken back"})
    @DisplayName("shows in what EXPLAIN STATE says")
    void explain(String kind, String says) {
        try (ThalwegSession session = Way.session(2)) {
            session.sql("CREATE STREAM o (id INT, k STRING) USING memory");
            session.sql("CREATE TABLE t USING noop OPTIONS (outputMode 'update')");
            String sql = "INSERT INTO t SELECT a.id FROM STREAM o a " + kind + " JOIN STREAM o b ON a.k = b.k";
            assertThat(Texts.of(session, "EXPLAIN STATE " + sql)).contains("UNBOUNDED", "stateTtl '1 day'");
            session.conf().set("thalweg.sql.stateTtl", "1 day");
            assertThat(Texts.of(session, "EXPLAIN STATE " + sql)).contains(says).doesNotContain("UNBOUNDED");
        }
    }
}
