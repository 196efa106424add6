package dev.thalweg.tests.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.window;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/// The queries of `ThalwegBench` on Spark, two threads and two shuffle partitions, with its faster checkpoint files.
/// The system property `bench.store` is `rocksdb` or `heap`.
public final class SparkBench implements EngineRun.Engine {
    private static final String STATE = "org.apache.spark.sql.execution.streaming.state.";
    private static final String FILES = "org.apache.spark.sql.execution.streaming.checkpointing.";

    private final SparkSession session;

    private SparkBench(SparkSession session) {
        this.session = session;
    }

    public static void main(String[] arguments) throws Exception {
        SparkSession.Builder builder = SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2").config("spark.sql.codegen.fallback", "false").config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.streaming.checkpointFileManagerClass",
                        FILES + "FileSystemBasedCheckpointFileManager");
        if (System.getProperty("bench.store", "heap").equals("rocksdb")) {
            builder.config("spark.sql.streaming.stateStore.providerClass", STATE + "RocksDBStateStoreProvider");
        }
        SparkSession session = builder.getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
        new EngineRun(new SparkBench(session)).main(arguments);
        session.stop();
    }

    private Dataset<Row> dataset(BenchQuery query, Path input) {
        return switch (query) {
            case WORD_COUNT -> session.readStream().format("text").load(input.toString())
                    .select(explode(split(col("value"), " ")).alias("word")).groupBy("word").count();
            case WINDOWED_COUNT -> session.readStream().format("json").schema(BenchQuery.EVENT_COLUMNS)
                    .load(input.toString()).withWatermark("ts", "10 seconds")
                    .groupBy(window(col("ts"), "1 minute"), col("key")).count();
        };
    }

    @Override
    public void run(BenchQuery query, Path input, Path checkpoint) throws Exception {
        dataset(query, input).writeStream().format("noop").outputMode("update")
                .option("checkpointLocation", checkpoint.toString()).trigger(Trigger.AvailableNow()).start()
                .awaitTermination();
    }

    @Override
    public List<String> answer(BenchQuery query, Path input, Path checkpoint) throws Exception {
        dataset(query, input).writeStream().format("memory").queryName("answer").outputMode("complete")
                .option("checkpointLocation", checkpoint.toString()).trigger(Trigger.AvailableNow()).start()
                .awaitTermination();
        return session.sql("SELECT concat_ws('|', " + (query == BenchQuery.WORD_COUNT ? "word"
                : "CAST(unix_micros(window.start) AS STRING), key") + ", CAST(count AS STRING)) FROM answer")
                .as(Encoders.STRING()).collectAsList();
    }
}
