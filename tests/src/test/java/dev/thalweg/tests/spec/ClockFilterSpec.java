package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A condition on clock()")
final class ClockFilterSpec {
    private static final String STREAM = "CREATE STREAM t (k STRING, v INT, ts TIMESTAMP) USING memory";

    @Test
    @DisplayName("takes a row back when the clock has passed it, though no other row comes")
    void rowsLeave() {
        try (Scenario recent = given(STREAM).query(OutputMode.Changelog(),
                "SELECT k, v FROM STREAM t WHERE ts > clock() - INTERVAL '1' HOUR")) {
            recent.clock("12:00").trigger("a, 1, 11:30", "b, 2, 11:00", "c, 3, 14:00", "d, 4, NULL")
                    .emits("a, 1, +I", "c, 3, +I").holds(2)
                    .clock("12:29:59.999").trigger().emitsNothing()
                    .clock("12:30").trigger().emits("a, 1, -D").holds(1)
                    .trigger("a, 5, 11:30:01", "a, 5, 11:30:01").emits("a, 5, +I", "a, 5, +I")
                    .clock("16:00").trigger("e, 6, 15:00").emits("a, 5, -D", "a, 5, -D", "c, 3, -D").holds(0);
        }
    }

    @Test
    @DisplayName("lets a row in when the clock reaches it, also in append mode: a delay")
    void rowsWait() {
        try (Scenario due = given(STREAM).query(OutputMode.Append(),
                "SELECT k, v FROM STREAM t WHERE ts <= clock() - INTERVAL '10' MINUTES")) {
            due.clock("12:00").trigger("a, 1, 11:50", "b, 2, 11:50:01", "c, 3, 12:30").emits("a, 1").holds(2)
                    .clock("12:00:01").trigger().emits("b, 2").restart()
                    .clock("13:00").trigger("d, 4, 12:00").emits("c, 3", "d, 4").holds(0);
        }
    }

    @Test
    @DisplayName("holds a row while the clock is between two bounds, and skips it when the clock jumps over both")
    void band() {
        try (Scenario open = given(STREAM).query(OutputMode.Changelog(), """
                SELECT k, v FROM STREAM t
                WHERE ts BETWEEN clock() - INTERVAL '5' MINUTES AND clock() + INTERVAL '5' MINUTES""")) {
            open.clock("12:00").trigger("a, 1, 12:05", "b, 2, 12:06", "c, 3, 12:30").emits("a, 1, +I")
                    .clock("12:01").trigger().emits("b, 2, +I")
                    .clock("12:10").trigger().emitsNothing()
                    .clock("12:10:00.001").trigger().emits("a, 1, -D")
                    .clock("13:00").trigger().emits("b, 2, -D").holds(0);
        }
    }

    @Test
    @DisplayName("below an aggregate makes it one of the last hour")
    void aggregateOfTheLastHour() {
        try (Scenario rolling = given(STREAM).query(OutputMode.Update(), """
                SELECT k, count(*) AS n, sum(v) AS total FROM STREAM t
                WHERE ts > clock() - INTERVAL '1' HOUR AND v > 0 GROUP BY k""")) {
            rolling.clock("12:00").trigger("a, 1, 11:10", "a, 2, 11:40", "b, 3, 11:20", "b, -1, 11:59")
                    .emits("a, 2, 3", "b, 1, 3")
                    .clock("12:15").trigger().emits("a, 1, 2")
                    .clock("12:30").trigger("a, 7, 12:30").emits("a, 2, 9");
        }
        try (Scenario rolling = given(STREAM).query(OutputMode.Complete(),
                "SELECT count(*) AS n FROM STREAM t WHERE ts > clock() - INTERVAL '1' HOUR")) {
            rolling.clock("12:00").trigger("a, 1, 11:10", "a, 2, 11:40").emits("2")
                    .clock("12:15").trigger().emits("1").clock("12:59").trigger().emits("0");
        }
    }

    @Test
    @DisplayName("above an aggregate says for whom nothing came lately, and takes it back when something does")
    void aboveAnAggregate() {
        try (Scenario silent = given(STREAM).query(OutputMode.Changelog(), """
                SELECT k, max(v) AS last FROM STREAM t GROUP BY k
                HAVING max(ts) < clock() - INTERVAL '5' MINUTES""")) {
            silent.clock("12:00").trigger("a, 1, 11:58", "b, 2, 11:59").emitsNothing()
                    .clock("12:03").trigger().emitsNothing()
                    .clock("12:03:00.001").trigger().emits("a, 1, +I")
                    .trigger("a, 3, 12:03", "b, 3, 11:59:30").emits("a, 1, -D")
                    .clock("12:04:30.001").trigger().emits("b, 3, +I")
                    .clock("13:00").trigger("b, 4, 13:00").emits("a, 3, +I", "b, 3, -D");
        }
    }

    @Test
    @DisplayName("knows days: of today, of the last seven")
    void days() {
        try (Scenario today = given(STREAM).query(OutputMode.Changelog(),
                "SELECT k, ts FROM STREAM t WHERE ts >= CAST(clock() AS DATE) AND ts <= clock()")) {
            today.clock("12:00").trigger("a, 1, 00:00", "b, 1, 12:00:01").emits("a, 00:00, +I")
                    .clock("12:00:01").trigger().emits("b, 12:00:01, +I");
        }
    }

    @Test
    @DisplayName("stands in a join's side, and frees what the join keeps")
    void inAJoin() {
        try (Scenario pairs = given(STREAM + "; CREATE STREAM u (k STRING, w INT, ts TIMESTAMP) USING memory")
                .query(OutputMode.Changelog(), """
                        SELECT t.k, v, w FROM STREAM t t JOIN STREAM u u ON t.k = u.k
                        WHERE t.ts > clock() - INTERVAL '10' MINUTES AND u.ts > clock() - INTERVAL '20' MINUTES""")) {
            pairs.clock("12:00").into("t", "a, 1, 11:55").into("u", "a, 7, 11:45", "a, 8, 11:30").run()
                    .emits("a, 1, 7, +I").holds(4)
                    .clock("12:05").run().emits("a, 1, 7, -D").holds(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT clock() FROM STREAM t", "SELECT k FROM STREAM t WHERE ts > clock() OR v = 1",
            "SELECT k FROM STREAM t WHERE ts <> clock()", "SELECT k FROM STREAM t WHERE hour(clock()) = v",
            "SELECT count(*) FILTER (WHERE ts > clock()) FROM STREAM t",
            "SELECT k FROM STREAM t WHERE ts > clock() - INTERVAL '1' MONTH",
            "SELECT k FROM STREAM t WHERE clock() > clock() - INTERVAL '1' HOUR",
            "SELECT t.k FROM STREAM t t LEFT JOIN s ON s.k = t.k AND s.ts > clock()"})
    @DisplayName("is refused where a trigger would have to look at earlier rows again, with what to write instead")
    void isRefusedElsewhere(String sql) {
        try (ThalwegSession session = Way.session(1)) {
            session.sql(STREAM);
            session.sql("CREATE TABLE s (k STRING, ts TIMESTAMP) USING memory");
            assertThatThrownBy(() -> session.sql("CREATE MATERIALIZED VIEW v AS " + sql)).as(sql)
                    .hasMessageContaining("THW-3340").hasMessageContaining("ts > clock() - INTERVAL '1' HOUR");
        }
    }

    @Test
    @DisplayName("is refused in append mode where rows leave, and below a watermark")
    void isRefusedWhereRowsMayNotLeave() {
        try (ThalwegSession session = Way.session(1)) {
            session.sql(STREAM);
            session.sql("CREATE TABLE target (k STRING) USING memory OPTIONS (outputMode 'append')");
            assertThatThrownBy(() -> session.sql(
                    "INSERT INTO target SELECT k FROM STREAM t WHERE ts > clock() - INTERVAL '1' HOUR"))
                    .hasMessageContaining("THW-3341").hasMessageContaining("ts <= clock()");
            assertThatThrownBy(() -> session
                    .sql("""
                            CREATE MATERIALIZED VIEW v AS SELECT k, count(*)
                            FROM (SELECT * FROM STREAM t WHERE ts > clock() - INTERVAL '1' HOUR) WATERMARK ts DELAY OF INTERVAL 1 SECOND
                            GROUP BY k"""))
                    .hasMessageContaining("THW-3342");
        }
    }

    @Test
    @DisplayName("is the time of the start in a batch query")
    void inABatchQuery() {
        try (ThalwegSession session = Way.session(1)) {
            assertThat(session.sql("SELECT clock() = now(), CAST(clock() AS DATE)").collectAsList().toString())
                    .contains("true").contains("2026-02-01");
        }
    }

    @Test
    @DisplayName("wakes the query when a row's time has come, and no row need come")
    void wakesTheQuery() throws Exception {
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            session.sql(STREAM);
            session.sql(
                    "INSERT INTO t VALUES ('a', 1, now() + INTERVAL '1' SECOND), ('b', 2, now() + INTERVAL '1' DAY)");
            session.sql("CREATE MATERIALIZED VIEW due AS SELECT k FROM STREAM t WHERE ts <= clock()");
            session.sql("AWAIT QUERY due UNTIL IDLE");
            assertThat(session.table("due").collectAsList()).isEmpty();
            long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (session.table("due").collectAsList().isEmpty() && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            assertThat(session.table("due").collectAsList()).hasSize(1);
        }
    }
}
