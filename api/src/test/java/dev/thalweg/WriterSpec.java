package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.streaming.DataStreamWriter;
import dev.thalweg.streaming.MemoryStream;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.types.StructType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a writer is told")
@Timeout(60)
final class WriterSpec {
    @TempDir
    Path temp;

    private final ThalwegSession session = ThalwegSession.builder().create();
    private final MemoryStream words = session.memoryStream("words", StructType.fromDDL("word STRING, n INT"));

    @AfterEach
    void close() {
        session.close();
    }

    private DataStreamWriter<Row> writer() {
        return words.toDF().writeStream();
    }

    private DataStreamWriter<Row> toFiles() {
        return writer().format("json").option("path", temp.resolve("out").toString()).option("checkpointLocation",
                temp.resolve("checkpoint").toString());
    }

    private List<String> rows(String sql) {
        return session.sql(sql).collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    @DisplayName("of a place means that place, plain or as file:///…, and no directory named like an address is made")
    void places() {
        words.addData(RowFactory.create("a", 1));
        StreamingQuery query = writer().format("json").option("path", "file://" + temp.resolve("out"))
                .option("checkpointLocation", "file://" + temp.resolve("checkpoint")).start();
        query.processAllAvailable();
        query.stop();
        assertThat(temp.resolve("checkpoint/metadata")).exists();
        assertThat(temp.resolve("out/_thalweg")).exists();
        assertThat(session.read().json("file:" + temp.resolve("out")).count()).isEqualTo(1);
        for (String elsewhere : List.of("s3://bucket/x", "hdfs:/x", "file://server/x")) {
            assertThatThrownBy(() -> toFiles().option("path", elsewhere).start())
                    .hasMessageContainingAll("THW-2050", "'path'", elsewhere, "file:///");
            assertThatThrownBy(() -> toFiles().option("checkpointLocation", elsewhere).start())
                    .hasMessageContainingAll("THW-2050", "'checkpointLocation'");
            assertThatThrownBy(() -> session.read().json(elsewhere)).hasMessageContaining("THW-2050");
            assertThatThrownBy(() -> session.conf().set("spark.sql.streaming.checkpointLocation", elsewhere))
                    .hasMessageContaining("THW-2050");
        }
        assertThatThrownBy(() -> session.read().load(temp.resolve("out").toString())).as("Parquet, as in Spark")
                .hasMessageContaining("THW-2");
        assertThatThrownBy(() -> toFiles().option("checkpointLocation", "").start())
                .hasMessageContainingAll("THW-2001", "checkpointLocation");
        assertThat(Path.of("s3:")).doesNotExist();
        assertThat(Path.of("file:")).doesNotExist();
    }

    @Test
    @DisplayName("of partitions is refused by what makes no directories, and by a table that is cut otherwise")
    void partitions() {
        assertThatThrownBy(() -> writer().format("memory").queryName("m").partitionBy("wrod").start())
                .hasMessageContainingAll("THW-2051", "wrod");
        assertThatThrownBy(() -> writer().format("console").partitionBy("word").start())
                .hasMessageContaining("THW-2051");
        assertThatThrownBy(() -> writer().foreachBatch((rows, trigger) -> {}).partitionBy("word").start())
                .hasMessageContaining("THW-2051");
        assertThatThrownBy(() -> session.sql("CREATE TABLE m (a INT) USING memory PARTITIONED BY (a)"))
                .hasMessageContaining("THW-2051");
        session.sql("CREATE TABLE plain (word STRING, n INT) USING json OPTIONS (path '" + temp.resolve("plain")
                + "', checkpointLocation '" + temp.resolve("c") + "')");
        assertThatThrownBy(() -> writer().partitionBy("word").toTable("plain"))
                .hasMessageContainingAll("THW-2051", "'plain' is not partitioned");
        assertThatThrownBy(() -> session.sql("CREATE TABLE typo (a INT, b INT) USING json OPTIONS (path '"
                + temp.resolve("typo") + "') PARTITIONED BY (c)")).hasMessageContainingAll("THW-1104", "'c'");
        assertThatThrownBy(() -> session.sql("SELECT array(word) AS l, n FROM STREAM words").writeStream()
                .format("json").option("path", temp.resolve("l").toString())
                .option("checkpointLocation", temp.resolve("lc").toString()).partitionBy("l").start())
                .hasMessageContainingAll("THW-2042", "ARRAY<STRING>");
    }

    @Test
    @DisplayName("makes the table that toTable names where there is none, partitions and all, and it can be read at once")
    void newTable() {
        StreamingQuery query = toFiles().partitionBy("word").toTable("made");
        assertThat(rows("SELECT word, n FROM made WHERE n > 0")).isEmpty();
        words.addData(RowFactory.create("a", 1), RowFactory.create("b", 2));
        query.processAllAvailable();
        assertThat(rows("SELECT word, n FROM made ORDER BY n")).containsExactly("[a,1]", "[b,2]");
        assertThat(Files.isDirectory(temp.resolve("out/word=a"))).isTrue();
        assertThatThrownBy(() -> writer().toTable("nowhere")).hasMessageContaining("THW-1101");
        assertThatThrownBy(() -> writer().format("json").toTable("pathless")).hasMessageContaining("THW-");
        assertThat(session.catalog().tableExists("pathless")).isFalse();
    }

    @Test
    @DisplayName("of the output mode goes before what the table says")
    void outputMode() {
        session.sql("CREATE TABLE shown (word STRING, n BIGINT) USING console OPTIONS (outputMode 'update')");
        Dataset<Row> counts = words.toDF().groupBy("word").count();
        assertThatThrownBy(() -> counts.writeStream().outputMode("append").toTable("shown"))
                .hasMessageContaining("THW-3101");
        counts.writeStream().toTable("shown").stop();
    }

    @Test
    @DisplayName("of no name leaves its late rows readable all the same, also when the query has ended")
    void lateRowsOfNobody() {
        MemoryStream times = session.memoryStream("times", StructType.fromDDL("ts TIMESTAMP"));
        StreamingQuery query = times.toDF().withWatermark("ts", "0 seconds")
                .groupBy(functions.window(functions.col("ts"), "1 minute")).count().writeStream().format("noop")
                .outputMode("update").start();
        times.addData(RowFactory.create(java.sql.Timestamp.valueOf("2024-01-01 12:10:00")));
        query.processAllAvailable();
        times.addData(RowFactory.create(java.sql.Timestamp.valueOf("2024-01-01 12:00:00")));
        query.processAllAvailable();
        assertThat(query.late().count()).isEqualTo(1);
        query.stop();
        assertThat(query.late().collectAsList()).hasSize(1);
        assertThat(Objects.requireNonNull(query.lastProgress()).name()).isNull();
        assertThat(query.sparkSession()).isSameAs(session);
    }

    @Test
    @DisplayName("of a static table that cannot be read is the query's own error, with its code, at the start")
    void staticSide() {
        session.sql("CREATE TABLE dim (k STRING) USING memory");
        session.sql("INSERT INTO dim VALUES ('x')");
        Dataset<Row> joined = session
                .sql("SELECT w.word FROM STREAM words w JOIN (SELECT CAST(k AS INT) AS k FROM dim) d"
                        + " ON w.n = d.k");
        assertThatThrownBy(() -> joined.writeStream().format("noop").queryName("joined").start())
                .isInstanceOf(dev.thalweg.spi.error.InvalidQuery.class)
                .hasMessageContainingAll("THW-4003", "query 'joined', at its start");
    }

    @Test
    @DisplayName("of a name is how a query that fails is called, whoever waits for it")
    void namesTheFailure() {
        words.addData(RowFactory.create("x", 0));
        session.sql("SELECT 1 / n AS q FROM STREAM words").writeStream().format("noop").queryName("divides").start();
        assertThatThrownBy(() -> session.streams().awaitAnyTermination(30_000)).hasMessageContaining("Query 'divides'");
    }
}
