package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.functions;
import dev.thalweg.streaming.OutputMode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("dropDuplicatesWithinWatermark")
final class DropWithinWatermarkSpec {
    private static final String STREAM = """
            CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory""";

    private static Dataset<Row> clicks(ThalwegSession session) {
        return session.sql("SELECT * FROM STREAM clicks");
    }

    private static Scenario byUrl(OutputMode mode) {
        return given(STREAM).query(mode, session -> clicks(session).dropDuplicatesWithinWatermark("url"));
    }

    @Test
    @DisplayName("keeps the first row of each key by arrival, until the watermark reaches its time and the delay")
    void keepsTheFirstRow() {
        try (Scenario scenario = byUrl(OutputMode.Append())) {
            scenario.trigger("a, 12:00:07", "a, 12:00:05", "NULL, 12:00:01").emits("a, 12:00:07", "NULL, 12:00:01")
                    .trigger("a, 12:00:26", "NULL, 12:00:02", "b, 12:00:20").emits("b, 12:00:20").holds(2)
                    .trigger("a, 12:00:26.999").emitsNothing().holds(2) // the watermark is now 12:00:16.999
                    .trigger("a, 12:00:27").emitsNothing().holds(1) // 12:00:17: a, seen at 12:00:07, is let go
                    .trigger("a, 12:00:18", "a, 12:00:19", "NULL, 12:00:17").emits("a, 12:00:18").drops(1);
        }
    }

    @Test
    @DisplayName("refuses late rows, and remembers a row without a time to the first watermark only, as Spark does")
    void lateRowsAndNulls() {
        try (Scenario scenario = byUrl(OutputMode.Append())) {
            scenario.trigger("a, NULL", "a, NULL").emits("a, NULL").holds(1)
                    .trigger("a, 12:00:00").emitsNothing().holds(0)
                    .trigger("a, NULL", "a, 12:00:30").emits("a, NULL").holds(0)
                    .trigger("a, 12:00:20", "a, 12:00:21", "b, 12:00:19").emits("a, 12:00:21").drops(2);
        }
    }

    @Test
    @DisplayName("gives in every output mode the same rows, which are never taken back")
    void everyMode() {
        try (Scenario update = byUrl(OutputMode.Update());
                Scenario changes = byUrl(OutputMode.Changelog());
                Scenario complete = byUrl(OutputMode.Complete())) {
            update.trigger("a, 12:00:05", "a, 12:00:06").emits("a, 12:00:05")
                    .trigger("b, 12:01:00").emits("b, 12:01").trigger("a, 12:01:05").emits("a, 12:01:05");
            changes.trigger("a, 12:00:05", "a, 12:00:06").emits("a, 12:00:05, +I")
                    .trigger("b, 12:01:00").emits("b, 12:01, +I").trigger("a, 12:01:05").emits("a, 12:01:05, +I");
            complete.trigger("a, 12:00:05", "a, 12:00:06").emits("a, 12:00:05")
                    .trigger("b, 12:01:00").emits("a, 12:00:05", "b, 12:01")
                    .trigger("a, 12:01:05").emits("a, 12:00:05", "b, 12:01", "a, 12:01:05");
        }
    }

    @Test
    @DisplayName("compares whole rows without arguments, and keys that hold the time, in any state of the key")
    void wholeRowsAndTimes() {
        try (Scenario whole = given(STREAM).query(OutputMode.Append(),
                session -> clicks(session).dropDuplicatesWithinWatermark());
                Scenario timed = given(STREAM).query(OutputMode.Append(),
                        session -> clicks(session).dropDuplicatesWithinWatermark(List.of("ts", "url")))) {
            for (Scenario scenario : List.of(whole, timed)) {
                scenario.trigger("a, 12:00:05", "a, 12:00:05", "a, 12:00:06").emits("a, 12:00:05", "a, 12:00:06")
                        .trigger("a, 12:00:24", "a, 12:00:06").emits("a, 12:00:24").holds(3)
                        .trigger("b, 12:00:25", "a, 12:00:24").emits("b, 12:00:25").holds(3);
            }
        }
    }

    @Test
    @DisplayName("below an aggregate counts what it lets through, in complete mode too")
    void belowAnAggregate() {
        for (OutputMode mode : List.of(OutputMode.Update(), OutputMode.Complete())) {
            try (Scenario counts = given(STREAM).query(mode, session -> clicks(session)
                    .dropDuplicatesWithinWatermark("url").groupBy("url").agg(functions.count("*").as("n")))) {
                counts.trigger("a, 12:00:05", "a, 12:00:06").emits("a, 1").trigger("a, 12:01:00")
                        .trigger("a, 12:01:01").emits("a, 2");
            }
        }
    }

    @Test
    @DisplayName("above a join goes by the delay of the time that is kept, and lets go later where rows may come later")
    void aboveAJoin() {
        try (Scenario joined = given(
                STREAM + """
                        ;
                        CREATE STREAM shown (page STRING, at TIMESTAMP, WATERMARK FOR at AS at - INTERVAL '10' SECOND) USING memory""")
                .query(OutputMode.Append(), session -> session.sql("""
                        SELECT url, ts FROM STREAM clicks JOIN STREAM shown
                        ON url = page AND at BETWEEN ts AND ts + INTERVAL '5' SECOND""")
                        .dropDuplicatesWithinWatermark("url"))) {
            joined.into("shown", "a, 12:00:02", "a, 12:00:03").trigger("a, 12:00:01").emits("a, 12:00:01")
                    .into("shown", "a, 12:00:24").trigger("a, 12:00:22").emitsNothing()
                    .into("shown", "a, 12:00:40").trigger("a, 12:00:40").emitsNothing()
                    .into("shown", "a, 12:00:41").trigger("a, 12:00:41").emits("a, 12:00:41");
        }
    }

    @Test
    @DisplayName("over a table drops every duplicate, as no watermark lets go of one")
    void batch() {
        try (ThalwegSession session = Way.session(2)) {
            session.sql("CREATE TEMPORARY VIEW t AS SELECT * FROM VALUES ('a', 1), ('b', 2), ('a', 3) AS v(k, n)");
            assertThat(session.table("t").dropDuplicatesWithinWatermark("k").count()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("says what frees its state, and what it cannot do without")
    void saysWhatItNeeds() {
        try (ThalwegSession session = Way.session(2)) {
            session.sql(STREAM);
            clicks(session).dropDuplicatesWithinWatermark("url").createOrReplaceTempView("once");
            assertThat(session.sql("EXPLAIN STATE SELECT * FROM once").collectAsList().toString()).contains(
                    "each different key [url], freed when the watermark passes ts + 10 seconds of its first row");
            assertThat(session.sql("EXPLAIN SELECT * FROM once").collectAsList().toString())
                    .contains("DropWithinWatermark by [url], ts + 10 SECONDS");
            refuses(clicks(session).select("url").dropDuplicatesWithinWatermark("url"), "THW-3350");
            refuses(clicks(session).withColumn("at", functions.expr("window(ts, '1 minute').end"))
                    .groupBy("url", "ts").count().dropDuplicatesWithinWatermark("url"), "THW-3113");
            session.sql("""
                    CREATE STREAM shown (page STRING, at TIMESTAMP, WATERMARK FOR at AS at - INTERVAL '10' SECOND)
                    USING memory""");
            refuses(session.sql("SELECT url, ts, at FROM STREAM clicks JOIN STREAM shown ON url = page AND at = ts")
                    .dropDuplicatesWithinWatermark("url"), "THW-3351");
        }
    }

    private static void refuses(Dataset<Row> rows, String code) {
        assertThatThrownBy(() -> rows.writeStream().outputMode("update").format("noop").start())
                .hasMessageContaining(code);
    }
}
