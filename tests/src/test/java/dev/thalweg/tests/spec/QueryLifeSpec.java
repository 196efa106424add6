package dev.thalweg.tests.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.RowFactory;
import dev.thalweg.ThalwegSession;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.streaming.MemoryStream;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.StreamingQueryException;
import dev.thalweg.streaming.StreamingQueryListener;
import dev.thalweg.streaming.Trigger;
import dev.thalweg.types.StructType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("From its start to its end a query")
@Timeout(60)
final class QueryLifeSpec {
    @TempDir
    private Path temp;

    private final ThalwegSession session = ThalwegSession.builder().config("thalweg.sql.session.timeZone", "UTC")
            .create();
    private final MemoryStream words = session.memoryStream("words", StructType.fromDDL("word STRING, n INT"));

    /// Says so when anything has leaked.
    @AfterEach
    void close() {
        session.close();
    }

    private String checkpoint(String name) {
        return temp.resolve("checkpoints").resolve(name).toString();
    }

    private void add(String... all) {
        words.addData(Arrays.stream(all).map(word -> RowFactory.create(word, word.length())).toArray(Row[]::new));
    }

    @Test
    @DisplayName("leaves nothing behind although it has no name and keeps its whole result")
    void namelessCompleteQuery() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        StreamingQuery query = words.toDF().groupBy("word").count().writeStream().outputMode("complete")
                .option("checkpointLocation", checkpoint("nameless"))
                .foreachBatch((rows, _) -> rows.collectAsList().forEach(row -> seen.add(row.toString()))).start();
        add("a", "b", "a");
        query.processAllAvailable();
        query.stop();
        assertThat(seen).containsExactlyInAnyOrder("[a,2]", "[b,1]");
    }

    @Test
    @DisplayName("does not mind a listener that fails, even with an Error, and tells those who wait")
    void failingListener() throws Exception {
        session.streams().addListener(new StreamingQueryListener() {
            @Override
            public void onQueryStarted(QueryStartedEvent event) {
                throw new AssertionError("started");
            }

            @Override
            public void onQueryProgress(QueryProgressEvent event) {
                throw new AssertionError("progress");
            }

            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {
                throw new AssertionError("terminated");
            }
        });
        StreamingQuery query = words.toDF().writeStream().queryName("q").format("memory").start();
        add("a");
        query.processAllAvailable();
        query.stop();
        assertThat(session.table("q").count()).isEqualTo(1);
    }

    @Test
    @DisplayName("may be stopped by a listener that is told of its start")
    void stoppedAtItsStart() throws Exception {
        session.streams().addListener(new StreamingQueryListener() {
            @Override
            public void onQueryStarted(QueryStartedEvent event) {
                for (StreamingQuery query : session.streams().active()) {
                    try {
                        query.stop();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            }

            @Override
            public void onQueryProgress(QueryProgressEvent event) {}

            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {}
        });
        StreamingQuery query = words.toDF().writeStream().queryName("q").format("memory").start();
        assertThat(query.awaitTermination(20_000)).isTrue();
        assertThat(query.exception()).isEmpty();
    }

    @Test
    @DisplayName("with a function that fails says so, holds nothing, and goes on from its checkpoint")
    void failingFunction() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        List<Boolean> fails = new CopyOnWriteArrayList<>(List.of(true));
        for (int run = 0; run < 2; run++) {
            StreamingQuery query = words.toDF().groupBy("word").count().writeStream().outputMode("update")
                    .option("checkpointLocation", checkpoint("failing")).foreachBatch((rows, number) -> {
                        rows.collectAsList().forEach(row -> seen.add(number + " " + row));
                        if (fails.getFirst()) {
                            throw new IOException("disk full");
                        }
                    }).start();
            if (run == 0) {
                add("a", "a");
                assertThatThrownBy(query::processAllAvailable).hasMessageContaining("THW-4024")
                        .hasMessageContaining("disk full").hasMessageContaining("trigger 0");
                fails.set(0, false);
            } else {
                query.processAllAvailable();
                query.stop();
            }
        }
        assertThat(seen).containsExactly("0 [a,2]", "0 [a,2]");
    }

    @Test
    @DisplayName("lends its rows to a function for the length of the call, and says so to who reads them later")
    void keptDataset() throws Exception {
        List<Dataset<Row>> kept = new ArrayList<>();
        StreamingQuery query = words.toDF().writeStream().option("checkpointLocation", checkpoint("kept"))
                .foreachBatch((rows, _) -> kept.add(rows)).start();
        add("a");
        query.processAllAvailable();
        query.stop();
        assertThatThrownBy(() -> kept.getFirst().collectAsList()).isInstanceOf(ThalwegException.class)
                .hasMessageContaining("THW-2045");
    }

    @Test
    @DisplayName("lets its function use the session: write files, start a query, read a result")
    void functionUsesSession() throws Exception {
        Path out = temp.resolve("out");
        session.sql("CREATE TABLE out (word STRING, n INT) USING json OPTIONS (path '" + out + "')");
        List<StreamingQuery> started = new CopyOnWriteArrayList<>();
        StreamingQuery query = words.toDF().writeStream().option("checkpointLocation", checkpoint("session"))
                .foreachBatch((rows, number) -> {
                    rows.createOrReplaceTempView("trigger_rows");
                    session.sql("INSERT INTO out SELECT word, n FROM trigger_rows");
                    if (number == 0) {
                        started.add(words.toDF().writeStream().queryName("inner").format("memory").start());
                    }
                }).start();
        add("a", "bb");
        query.processAllAvailable();
        started.getFirst().processAllAvailable();
        add("ccc");
        query.processAllAvailable();
        query.stop();
        started.getFirst().stop();
        assertThat(session.sql("SELECT word FROM out ORDER BY n").collectAsList().toString())
                .isEqualTo("[[a], [bb], [ccc]]");
        assertThat(session.table("inner").count()).isGreaterThanOrEqualTo(2);
    }

    @Test
    @DisplayName("may stop itself from its function")
    void stopsItself() throws Exception {
        StreamingQuery query = words.toDF().writeStream().option("checkpointLocation", checkpoint("self"))
                .foreachBatch((_, _) -> session.streams().active()[0].stop()).start();
        add("a");
        assertThat(query.awaitTermination(20_000)).isTrue();
        assertThat(Arrays.stream(query.recentProgress()).mapToLong(progress -> progress.numInputRows()).sum())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("with the trigger availableNow ends although its own function keeps adding input")
    void availableNowTakesWhatThereIsNow() throws Exception {
        Path in = Files.createDirectories(temp.resolve("in"));
        Files.writeString(in.resolve("0.json"), "{\"word\":\"a\"}\n");
        Files.writeString(in.resolve("1.json"), "{\"word\":\"b\"}\n");
        session.sql("CREATE STREAM files (word STRING) USING json OPTIONS (path '" + in
                + "', fileOrder 'name', maxFilesPerTrigger '1')");
        List<String> seen = new CopyOnWriteArrayList<>();
        StreamingQuery query = session.sql("SELECT word FROM STREAM files").writeStream()
                .trigger(Trigger.AvailableNow()).option("checkpointLocation", checkpoint("now"))
                .foreachBatch((rows, number) -> {
                    rows.collectAsList().forEach(row -> seen.add(row.getString(0)));
                    Files.writeString(in.resolve("more-" + number + ".json"), "{\"word\":\"more\"}\n");
                }).start();
        assertThat(query.awaitTermination(20_000)).isTrue();
        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    @DisplayName("with an interval shorter than a millisecond runs once a millisecond")
    void shortInterval() throws Exception {
        StreamingQuery query = words.toDF().writeStream().queryName("q").format("memory")
                .trigger(Trigger.ProcessingTime("100 microseconds")).start();
        add("a");
        query.processAllAvailable();
        query.stop();
        assertThat(session.table("q").count()).isEqualTo(1);
    }

    @Test
    @DisplayName("that cannot start leaves nothing behind")
    void failedStart() throws Exception {
        StreamingQuery query = words.toDF().groupBy("word").count().writeStream().queryName("result")
                .outputMode("complete").format("memory").option("checkpointLocation", checkpoint("start")).start();
        add("a");
        query.processAllAvailable();
        query.stop();
        assertThatThrownBy(() -> words.toDF().groupBy("n").count().writeStream().queryName("result")
                .outputMode("complete").format("memory").option("checkpointLocation", checkpoint("start")).start())
                .hasMessageContaining("THW-5064");
        assertThatThrownBy(() -> words.toDF().selectExpr("word AS other", "n").writeStream().queryName("plain")
                .format("memory").option("checkpointLocation", checkpoint("start")).start())
                .hasMessageContaining("THW-");
    }

    @Test
    @DisplayName("and its error are one for all who wait")
    void awaitAny() throws Exception {
        StreamingQuery query = words.toDF().selectExpr("1 / (n - 1) AS x").writeStream().queryName("q")
                .format("memory").start();
        add("a");
        assertThatThrownBy(() -> session.streams().awaitAnyTermination(20_000))
                .isInstanceOf(StreamingQueryException.class).hasMessageContaining("THW-4001");
        assertThat(query.isActive()).isFalse();
    }
}
