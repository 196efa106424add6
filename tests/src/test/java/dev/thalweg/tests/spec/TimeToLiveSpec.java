package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sixteen minutes are kept in steps of one: a key goes when the clock reaches the first whole minute that is seventeen minutes
/// after a row reached it, or later.
@DisplayName("A time to live of state")
final class TimeToLiveSpec {
    private static final String STREAM = "CREATE STREAM t (k STRING, v INT) USING memory";

    private static Scenario scenario(OutputMode mode, String sql) {
        return scenario(mode, session -> session.sql(sql));
    }

    private static Scenario scenario(OutputMode mode, Function<ThalwegSession, Dataset<Row>> query) {
        return given(STREAM).query(mode, session -> {
            session.conf().set("thalweg.sql.stateTtl", "16 minutes");
            return query.apply(session);
        });
    }

    @Test
    @DisplayName("forgets a group that no row has reached, takes its row back, and begins it afresh")
    void groups() {
        try (Scenario counts = scenario(OutputMode.Changelog(),
                "SELECT k, count(*) AS n, sum(v) AS s, max(k) AS m FROM STREAM t GROUP BY k")) {
            counts.clock("12:00").trigger("a, 1", "b, 2", "NULL, 3")
                    .emits("a, 1, 1, a, +I", "b, 1, 2, b, +I", "NULL, 1, 3, NULL, +I").holds(3)
                    .clock("12:10").trigger("a, 5").emits("a, 1, 1, a, -U", "a, 2, 6, a, +U")
                    .clock("12:16:59").trigger().emitsNothing()
                    .clock("12:17").trigger().emits("b, 1, 2, b, -D", "NULL, 1, 3, NULL, -D").holds(1)
                    .trigger("b, 7").emits("b, 1, 7, b, +I")
                    .clock("12:27").trigger("b, 1").emits("a, 2, 6, a, -D", "b, 1, 7, b, -U", "b, 2, 8, b, +U")
                    .restart().clock("14:00").trigger("c, 1").emits("b, 2, 8, b, -D", "c, 1, 1, c, +I").holds(1);
        }
    }

    @Test
    @DisplayName("takes the rows of a session back once, however often rows have reached it without moving its end")
    void sessionReachedAgain() {
        try (Scenario sessions = given("CREATE STREAM o (id INT, k STRING, ts TIMESTAMP) USING memory")
                .query(OutputMode.Changelog(), session -> {
                    session.conf().set("thalweg.sql.stateTtl", "16 minutes");
                    return session
                            .sql("SELECT id, k FROM SESSION(TABLE STREAM o, DESCRIPTOR(ts), INTERVAL '10' MINUTES)");
                })) {
            sessions.clock("12:00").into("o", "1, a, 12:05:00").run().emits("1, a, +I")
                    .clock("12:02").into("o", "2, a, 12:05:00").run().emits("2, a, +I").restart()
                    .clock("12:20").trigger().emits("1, a, -D", "2, a, -D").holds(0);
        }
    }

    @Test
    @DisplayName("does not forget a group that a row reaches in the very trigger in which its time has come")
    void reachedInTime() {
        try (Scenario counts = scenario(OutputMode.Update(), "SELECT k, count(*) AS n FROM STREAM t GROUP BY k")) {
            counts.clock("12:00").trigger("a, 1").emits("a, 1")
                    .clock("12:30").trigger("a, 2").emits("a, 2")
                    .clock("12:46").trigger().emitsNothing()
                    .clock("12:47").trigger().emitsNothing().holds(0) // a delete, which this sink cannot take
                    .trigger("a, 3").emits("a, 1");
        }
    }

    @Test
    @DisplayName("bounds the result of complete mode too")
    void complete() {
        try (Scenario counts = scenario(OutputMode.Complete(),
                "SELECT k, collect_list(v) AS l FROM STREAM t GROUP BY k")) {
            counts.clock("12:00").trigger("a, 1", "b, 2").emits("a, [1]", "b, [2]")
                    .clock("12:10").trigger("a, 3").emits("a, [1, 3]", "b, [2]")
                    .clock("12:20").trigger("c, 4").emits("a, [1, 3]", "c, [4]")
                    .clock("12:50").trigger("b, 5").emits("b, [5]");
        }
    }

    @Test
    @DisplayName("takes back what an operator above has made of it, so that nothing is counted twice")
    void operatorsAbove() {
        try (Scenario users = scenario(OutputMode.Changelog(), """
                SELECT n, count(*) AS keys FROM (SELECT k, count(*) AS n FROM STREAM t GROUP BY k) GROUP BY n""")) {
            users.clock("12:00").trigger("a, 1", "b, 1", "b, 2").emits("1, 1, +I", "2, 1, +I").holds(4)
                    .clock("12:10").trigger("a, 1").emits("1, 1, -D", "2, 1, -U", "2, 2, +U").holds(3)
                    .clock("12:17").trigger().emits("2, 2, -U", "2, 1, +U").holds(2)
                    .trigger("b, 1").emits("1, 1, +I").holds(4)
                    .clock("13:00").trigger().emits("1, 1, -D", "2, 1, -D").holds(0);
        }
        try (Scenario distinct = scenario(OutputMode.Update(), """
                SELECT k, count(*) AS n FROM (SELECT DISTINCT k, v FROM STREAM t) GROUP BY k""")) {
            distinct.clock("12:00").trigger("a, 1", "a, 1", "a, 2").emits("a, 2").holds(3)
                    .clock("12:10").trigger("a, 2", "a, 3").emits("a, 3")
                    .clock("12:17").trigger().emits("a, 2").holds(3)
                    .trigger("a, 1").emits("a, 3");
        }
    }

    @Test
    @DisplayName("lets a row of DISTINCT come again: in append mode beside the first, which is final")
    void distinct() {
        try (Scenario append = scenario(OutputMode.Append(), "SELECT DISTINCT k FROM STREAM t");
                Scenario changes = scenario(OutputMode.Changelog(), "SELECT DISTINCT k FROM STREAM t")) {
            append.clock("12:00").trigger("a, 1", "a, 2", "b, 1").emits("a", "b").holds(2)
                    .clock("12:10").trigger("a, 3").emitsNothing()
                    .clock("12:17").trigger("a, 4").emitsNothing().holds(1)
                    .trigger("b, 1").emits("b")
                    .clock("13:00").trigger("a, 5").emitsNothing().holds(1)
                    .clock("14:00").trigger().emitsNothing().holds(0).trigger("a, 6").emits("a");
            changes.clock("12:00").trigger("a, 1", "a, 2", "b, 1").emits("a, +I", "b, +I").holds(2)
                    .clock("12:17").trigger("a, 4").emits("b, -D").holds(1)
                    .trigger("b, 1").emits("b, +I");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "update", "complete"})
    @DisplayName("lets a key of dropDuplicates come again, and never takes its row back")
    void dropDuplicates(String mode) {
        try (Scenario first = scenario(OutputMode.of(mode),
                session -> session.sql("SELECT * FROM STREAM t").dropDuplicates("k"))) {
            boolean all = mode.equals("complete");
            first.clock("12:00").trigger("a, 1", "a, 2").emits("a, 1")
                    .clock("12:17").trigger("b, 1").emits(all ? new String[] {"a, 1", "b, 1"} : new String[] {"b, 1"})
                    .trigger("a, 3")
                    .emits(all ? new String[] {"a, 1", "b, 1", "a, 3"} : new String[] {"a, 3"});
        }
    }

    @Test
    @DisplayName("forgets of INTERSECT and EXCEPT what either side has of a row")
    void setOperations() {
        String both = STREAM + "; CREATE STREAM u (k STRING) USING memory";
        try (Scenario except = given(both).query(OutputMode.Changelog(), session -> {
            session.conf().set("thalweg.sql.stateTtl", "16 minutes");
            return session.sql("SELECT k FROM STREAM t EXCEPT SELECT k FROM STREAM u");
        });
                Scenario intersect = given(both).query(OutputMode.Changelog(), session -> {
                    session.conf().set("thalweg.sql.stateTtl", "16 minutes");
                    return session.sql("SELECT k FROM STREAM t INTERSECT SELECT k FROM STREAM u");
                })) {
            except.clock("12:00").into("u", "b").trigger("a, 1", "b, 1").emits("a, +I").holds(2)
                    .clock("12:17").trigger("b, 2").emits("a, -D").holds(1)
                    .clock("13:00").trigger().emitsNothing().holds(0).trigger("b, 3").emits("b, +I");
            intersect.clock("12:00").into("u", "b", "c").trigger("a, 1", "b, 1").emits("b, +I").holds(3)
                    .clock("12:17").trigger("c, 2").emits("b, -D", "c, +I").holds(1)
                    .clock("13:00").trigger("b, 3").emits("c, -D").holds(1);
        }
    }

    @Test
    @DisplayName("keeps what a table has of a row for ever, as none would come again")
    void tables() {
        String sql = "SELECT k FROM STREAM t %s SELECT * FROM VALUES ('a'), ('x') AS y(k)";
        try (Scenario except = scenario(OutputMode.Changelog(), sql.formatted("EXCEPT"));
                Scenario append = scenario(OutputMode.Append(), sql.formatted("EXCEPT"));
                Scenario intersect = scenario(OutputMode.Changelog(), sql.formatted("INTERSECT"))) {
            except.clock("2026-03-01T12:00").trigger("a, 1", "b, 1").emits("b, +I").holds(3)
                    .clock("2026-03-01T12:17").trigger().emits("b, -D").holds(2)
                    .trigger("a, 2", "b, 2").emits("b, +I");
            append.clock("2026-03-01T12:00").trigger("a, 1", "b, 1").emits("b")
                    .clock("2026-03-01T12:17").trigger("a, 2").emitsNothing().trigger("b, 2").emits("b");
            intersect.clock("2026-03-01T12:00").trigger("a, 1", "b, 1").emits("a, +I")
                    .clock("2026-03-01T12:17").trigger().emitsNothing().holds(2).trigger("x, 2").emits("x, +I");
        }
    }

    @Test
    @DisplayName("takes rows of a table behind a UNION like others, which EXPLAIN STATE tells, and a hint forbids")
    void tablesBehindUnion() {
        String sql = "SELECT %s k, count(*) AS n FROM (SELECT k FROM STREAM t UNION ALL"
                + " SELECT k FROM VALUES ('a'), ('x') AS y(k)) AS q GROUP BY k";
        try (Scenario going = scenario(OutputMode.Changelog(), sql.formatted(""));
                Scenario staying = scenario(OutputMode.Changelog(), sql.formatted("/*+ STATE_TTL('q' = 'none') */"));
                ThalwegSession session = Way.session(1)) {
            going.clock("2026-03-01T12:00").trigger("a, 1").emits("a, 1, -U", "a, 2, +U", "x, 1, -D")
                    .clock("2026-03-01T12:17").trigger().emits("a, 2, -D").holds(0);
            staying.clock("2026-03-01T12:00").trigger("a, 1").emits("a, 1, -U", "a, 2, +U")
                    .clock("2026-03-01T12:17").trigger("x, 1").emits("x, 1, -U", "x, 2, +U").holds(2);
            session.sql(STREAM);
            session.conf().set("thalweg.sql.stateTtl", "16 minutes");
            assertThat(Texts.of(session, "EXPLAIN STATE " + sql.formatted("")))
                    .contains("Time to live: rows of VALUES come once, by UNION, and Aggregate by [k]");
            assertThat(session.sql("EXPLAIN STATE SELECT k, n FROM STREAM t JOIN (SELECT k AS kk, 1 AS n FROM VALUES"
                    + " ('a') AS y(k)) ON k = kk").first().getString(0)).doesNotContain("Time to live:");
        }
    }

    @Test
    @DisplayName("leaves to the watermark what the watermark frees")
    void watermark() {
        try (Scenario windows = given(
                "CREATE STREAM t (k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts) USING memory")
                .query(OutputMode.Append(), session -> {
                    session.conf().set("thalweg.sql.stateTtl", "16 minutes");
                    return session.sql("""
                            SELECT window.end AS till, count(*) AS n FROM STREAM t
                            GROUP BY window(ts, INTERVAL '1' HOUR)""");
                })) {
            windows.clock("12:00").trigger("a, 12:05").clock("20:00").trigger("a, 12:30").emitsNothing()
                    .trigger("a, 13:00").emits("13:00, 2");
        }
    }

    @Test
    @DisplayName("is an option of the target, and shows in what EXPLAIN STATE says")
    void optionAndExplain() {
        try (ThalwegSession session = Way.session(2)) {
            session.sql(STREAM);
            session.conf().set("thalweg.sql.stateTtl", "1 day");
            assertThat(Texts.of(session, "EXPLAIN STATE SELECT k, count(*) FROM STREAM t GROUP BY k")).contains(
                    "a group for each [k], forgotten by the clock 1 day after a row last reached it, and taken back",
                    "freed by the clock");
            assertThat(Texts.of(session,
                    "EXPLAIN STATE SELECT n, count(*) FROM (SELECT k, count(*) AS n FROM STREAM t GROUP BY k) GROUP BY n"))
                    .contains("a group for each [n], freed by the clock, as it takes their rows away");
            assertThat(Texts.of(session, "EXPLAIN STATE CREATE MATERIALIZED VIEW v OPTIONS (stateTtl '2 hours') AS"
                    + " SELECT DISTINCT k FROM STREAM t")).contains("forgotten by the clock 2 hours after");
            session.sql("CREATE TABLE out USING noop OPTIONS (stateTtl '90 seconds')");
            assertThat(Texts.of(session, "EXPLAIN STATE INSERT INTO out SELECT DISTINCT k FROM STREAM t"))
                    .contains("forgotten by the clock 1 minute 30 seconds after a row last reached it\n");
            session.sql("CREATE TABLE kept USING memory OPTIONS (stateTtl '2 days')");
            session.sql("INSERT INTO kept SELECT DISTINCT k FROM STREAM t");
            session.conf().set("thalweg.sql.stateTtl", "none");
            assertThat(Texts.of(session, "EXPLAIN STATE SELECT DISTINCT k FROM STREAM t")).contains("UNBOUNDED");
            assertThatThrownBy(() -> session.conf().set("thalweg.sql.stateTtl", "soon"))
                    .hasMessageContaining("a length of time");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT k, sum(v) OVER (ORDER BY v) FROM STREAM t",
            "SELECT count(DISTINCT v) FROM STREAM t",
            "SELECT k, v FROM STREAM t ORDER BY v OFFSET 3",
            "SELECT k, first(v) FROM (SELECT k, sum(v) OVER () AS v FROM STREAM t) GROUP BY k"})
    @DisplayName("is refused where there is no key to forget by, with what bounds them")
    void refused(String sql) {
        try (ThalwegSession session = Way.session(2)) {
            session.sql(STREAM);
            assertThatThrownBy(() -> session.sql(sql).writeStream().outputMode("update").format("noop")
                    .option("stateTtl", "1 day").start()).hasMessageContaining("THW-3352")
                    .hasMessageContaining("remedy");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "16 minutes | none | was '16 minutes' when the checkpoint was made and is 'none' now",
            "none | 1 day | was 'none' when the checkpoint was made and is '1 day' now"})
    @DisplayName("is not taken away or added by a restart, which may change its length")
    void restarts(String before, String after, String says, @TempDir Path directory) throws Exception {
        try (ThalwegSession session = Way.session(2)) {
            session.sql(STREAM);
            start(session, before, directory).stop();
            assertThatThrownBy(() -> start(session, after, directory)).hasMessageContaining("THW-5064")
                    .hasMessageContaining("thalweg.sql.stateTtl").hasMessageContaining(says);
            start(session, before.equals("none") ? "none" : "2 days", directory).stop();
        }
    }

    private static StreamingQuery start(ThalwegSession session, String lives, Path directory) throws Exception {
        session.conf().set("thalweg.sql.stateTtl", lives);
        return session.sql("SELECT k, count(*) FROM STREAM t GROUP BY k").writeStream().queryName("counts")
                .outputMode("update").format("noop").option("checkpointLocation", directory.toString()).start();
    }
}
