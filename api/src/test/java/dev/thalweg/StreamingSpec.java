package dev.thalweg;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.streaming.MemoryStream;
import dev.thalweg.streaming.SinkProgress;
import dev.thalweg.streaming.SourceProgress;
import dev.thalweg.streaming.StateOperatorProgress;
import dev.thalweg.streaming.StreamingQueryProgress;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.StreamingQueryListener;
import dev.thalweg.streaming.Trigger;
import dev.thalweg.types.StructType;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A streaming query")
@Timeout(60)
final class StreamingSpec {
    @TempDir
    Path temp;

    private final StringBuilder shown = new StringBuilder();
    private final ThalwegSession session = ThalwegSession.builder().config("spark.sql.session.timeZone", "UTC")
            .output(shown::append).create();
    private final MemoryStream clicks = session.memoryStream("clicks",
            StructType.fromDDL("user STRING, url STRING, ts TIMESTAMP"));

    @AfterEach
    void close() {
        session.close();
    }

    private static Row click(String user, String url, String time) {
        return RowFactory.create(user, url, Timestamp.from(Instant.parse("2024-01-01T" + time + "Z")));
    }

    private List<String> rows(String sql) {
        return session.sql(sql).collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    @DisplayName("explains itself: the plan, and with true also what the query means and what it keeps")
    void explains() {
        StreamingQuery query = clicks.toDF().groupBy(col("url")).count().writeStream().queryName("counts")
                .outputMode("update").format("memory").start();
        query.explain();
        assertThat(shown.toString()).startsWith("output mode: update").doesNotContain("== Logical plan ==");
        shown.setLength(0);
        query.explain(true);
        assertThat(shown.toString()).containsSubsequence("== Logical plan ==", "LogicalAggregate",
                "== Incremental plan ==", "Aggregate by [url]", "== State ==", "a group for each [url]");
        shown.setLength(0);
        clicks.toDF().explain("extended");
        assertThat(shown.toString()).contains("== Logical plan ==", "This query keeps no state.");
        assertThatThrownBy(() -> clicks.toDF().explain("loud")).hasMessageContaining("THW-3118");
    }

    @Test
    @DisplayName("keeps a memory table up to date, which SQL reads while it runs")
    void memoryTable() {
        StreamingQuery query = clicks.toDF().withWatermark("ts", "10 seconds")
                .groupBy(window(col("ts"), "1 minute"), col("url")).count().writeStream().queryName("counts")
                .outputMode("update").format("memory").start();
        clicks.addData(click("ann", "/a", "12:00:05"), click("bob", "/a", "12:00:40"), click("ann", "/b", "12:00:50"));
        query.processAllAvailable();
        assertThat(rows("SELECT window.end > window.start, url, count FROM counts ORDER BY url"))
                .containsExactly("[true,/a,2]", "[true,/b,1]");
        clicks.addData(click("cid", "/a", "12:01:30"));
        query.processAllAvailable();
        clicks.addData(click("cid", "/b", "12:00:59"));
        query.processAllAvailable();
        assertThat(rows("SELECT url, count FROM counts ORDER BY url, count")).containsExactly("[/a,1]", "[/a,2]",
                "[/b,1]");
        assertThat(rows("SELECT operator, row FROM late(counts)")).hasSize(1).first().asString().contains("12:00:59");
        StreamingQueryProgress progress = Objects.requireNonNull(query.lastProgress());
        assertThat(progress.json()).contains("\"numRowsDroppedByWatermark\":1", "\"batchId\":2");
        assertThat(progress.durationMs()).containsKeys("walCommit", "addBatch", "triggerExecution");
        assertThat(progress.eventTime()).containsEntry("max", "2024-01-01T12:00:59.000Z").containsKey("watermark");
        assertThat(progress.stateOperators()).extracting(StateOperatorProgress::numRowsDroppedByWatermark).contains(1L);
        assertThat(progress.sources()).singleElement().extracting(SourceProgress::numInputRows).isEqualTo(1L);
        assertThat(progress.sink()).isEqualTo(new SinkProgress("memory", 0));
        assertThat(progress.json()).contains(progress.sink().json(), progress.sources()[0].json(),
                progress.stateOperators()[0].json());
        assertThat(progress.stateOperators()).extracting(StateOperatorProgress::operatorName)
                .endsWith("resultTable").doesNotHaveDuplicates();
        assertThat(query.status().json()).contains("\"isTriggerActive\":");
        assertThat(session.streams().active()).hasSize(1);
        query.stop();
        assertThat(query.isActive()).isFalse();
        assertThat(query.exception()).isEmpty();
    }

    @Test
    @DisplayName("goes on exactly where its checkpoint says")
    void restarts() throws Exception {
        for (int i = 1; i <= 3; i++) {
            clicks.addData(click("u" + i, "/a", "12:00:0" + i));
            StreamingQuery query = clicks.toDF().writeStream().format("json")
                    .option("path", temp.resolve("out").toString())
                    .option("checkpointLocation", temp.resolve("ckpt").toString()).trigger(Trigger.AvailableNow())
                    .start();
            assertThat(query.awaitTermination(30_000)).isTrue();
        }
        assertThat(session.read().schema("user STRING").json(temp.resolve("out").toString()).orderBy("user")
                .collectAsList()).extracting(Row::toString).containsExactly("[u1]", "[u2]", "[u3]");
    }

    @Test
    @DisplayName("hands each trigger to foreachBatch with its number")
    void foreachBatch() {
        List<String> seen = new ArrayList<>();
        StreamingQuery query = clicks.toDF().select("user").writeStream()
                .foreachBatch((rows, trigger) -> seen.add(trigger + " " + rows.collectAsList())).start();
        clicks.addData(click("ann", "/a", "12:00:05"));
        query.processAllAvailable();
        clicks.addData(click("bob", "/a", "12:00:05"));
        query.processAllAvailable();
        assertThat(seen).containsExactly("0 [[ann]]", "1 [[bob]]");
    }

    @Test
    @DisplayName("shows itself on the console, and tells listeners what happens")
    void consoleAndListeners() throws Exception {
        List<String> events = new ArrayList<>();
        session.streams().addListener(new StreamingQueryListener() {
            @Override
            public void onQueryStarted(QueryStartedEvent event) {
                events.add("started " + event.name());
            }

            @Override
            public void onQueryProgress(QueryProgressEvent event) {
                events.add("progress " + event.progress().numInputRows());
            }

            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {
                events.add("terminated");
            }
        });
        clicks.addData(click("ann", "/a", "12:00:05"));
        StreamingQuery query = clicks.toDF().select("user").writeStream().format("console").queryName("shown")
                .trigger(Trigger.Once()).start();
        query.awaitTermination();
        assertThat(shown.toString()).contains("-- trigger 0").contains("| ann|");
        assertThat(events).containsExactly("started shown", "progress 1", "terminated");
    }

    @Test
    @DisplayName("drops duplicates, keeping the first of each key")
    void dropDuplicates() {
        StreamingQuery query = clicks.toDF().dropDuplicates("user").writeStream().queryName("firsts").format("memory")
                .start();
        clicks.addData(click("ann", "/a", "12:00:05"), click("ann", "/b", "12:00:06"));
        clicks.addData(click("ann", "/c", "12:00:07"), click("bob", "/d", "12:00:08"));
        query.processAllAvailable();
        assertThat(rows("SELECT user, url FROM firsts ORDER BY user")).containsExactly("[ann,/a]", "[bob,/d]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "update", "complete", "changelog"})
    @DisplayName("over tables alone writes their rows once, ends, and has nothing to do when it is started again")
    void tablesAlone(String mode) throws Exception {
        session.sql("CREATE TABLE t (k STRING, n INT) USING memory");
        session.sql("INSERT INTO t VALUES ('a', 1), ('b', 2), ('a', 3)");
        List<Long> triggers = new ArrayList<>();
        List<String> written = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            StreamingQuery query = session.sql("SELECT a.k, sum(b.n) AS n, count(*) OVER () AS groups"
                    + " FROM t a JOIN t b ON a.k = b.k GROUP BY a.k").writeStream().outputMode(mode)
                    .option("checkpointLocation", temp.resolve("once").toString())
                    .foreachBatch((rows, trigger) -> {
                        triggers.add(trigger);
                        rows.orderBy("k").collectAsList().forEach(row -> written.add(row.toString()));
                    }).start();
            assertThat(query.awaitTermination(30_000)).isTrue();
            assertThat(query.exception()).isEmpty();
        }
        assertThat(triggers).containsExactly(0L);
        assertThat(written).hasSize(2).first().asString().startsWith("[a,8,2");
    }

    @Test
    @DisplayName("over tables alone takes any query, and ends at once, whatever its trigger")
    void tablesAloneEnd() throws Exception {
        List<String> written = new ArrayList<>();
        for (String query : List.of("SELECT 1 AS k", "SELECT k FROM VALUES (2), (3) t(k) ORDER BY k DESC",
                "SELECT count(*) FROM VALUES (1) t(k) WHERE k > 1")) {
            StreamingQuery run = session.sql(query).writeStream().trigger(Trigger.ProcessingTime("1000 days"))
                    .foreachBatch((rows, trigger) -> rows.collectAsList().forEach(row -> written.add(row.toString())))
                    .start();
            assertThat(run.awaitTermination(30_000)).isTrue();
        }
        assertThat(written).containsExactlyInAnyOrder("[1]", "[3]", "[2]", "[0]");
    }

    @Test
    @DisplayName("that is not started answers for what its stream holds now")
    void asOfNow() {
        Dataset<Row> counts = clicks.toDF().withWatermark("ts", "1 minute").groupBy("url").count();
        clicks.addData(click("ann", "/a", "12:00:05"), click("bob", "/a", "11:00:00"));
        assertThat(counts.collectAsList()).extracting(Row::toString).containsExactly("[/a,2]");
        clicks.addData(click("ann", "/b", "10:00:05"));
        assertThat(counts.count()).isEqualTo(2);
        Dataset<Row> mates = counts.as("l").join(counts.as("r"), functions.expr("l.count > r.count"));
        mates.show();
        assertThat(shown).contains("| /a|    2| /b|    1|");
    }

    @Test
    @DisplayName("is refused before it starts when it cannot run as asked")
    void refusals() {
        Dataset<Row> counts = clicks.toDF().groupBy("url").count();
        assertThatThrownBy(() -> counts.writeStream().format("console").start()).hasMessageContaining("THW-3101");
        assertThatThrownBy(() -> counts.writeStream().outputMode("updaet")).hasMessageContaining("append, update");
        assertThatThrownBy(() -> clicks.toDF().writeStream().format("json").option("path", temp.toString()).start())
                .hasMessageContaining("checkpointLocation");
        assertThatThrownBy(() -> session.readStream().format("rate").load().show())
                .hasMessageContainingAll("only flows", "writeStream()", "THW-3031");
        assertThatThrownBy(() -> rows("WITH RECURSIVE r(u) AS (SELECT user FROM STREAM clicks UNION"
                + " SELECT c.url FROM r JOIN STREAM clicks c ON c.user = r.u) SELECT u FROM r"))
                .hasMessageContaining("THW-3106");
        StreamingQuery first = clicks.toDF().writeStream().format("noop").queryName("twice").start();
        assertThatThrownBy(() -> clicks.toDF().writeStream().format("noop").queryName("twice").start())
                .hasMessageContaining("twice");
        first.stop();
    }
}
