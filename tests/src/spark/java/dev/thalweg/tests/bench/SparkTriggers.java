package dev.thalweg.tests.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/// What [TriggerOverhead] does from files, done by Spark: fewer triggers, for each takes a hundred times as long.
public final class SparkTriggers {
    private static final int TRIGGERS = 500;

    private SparkTriggers() {}

    /// @param arguments where data and checkpoints may lie, and the state store
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]).resolve("spark-" + arguments[1]);
        Path input = Files.createDirectories(directory.resolve("input"));
        SparkSession session = SparkBench.session(arguments[1]);
        StreamingQuery query = session.readStream().schema("k INT, v BIGINT, ts TIMESTAMP").json(input.toString())
                .withWatermark("ts", "10 seconds").groupBy(window(col("ts"), "10 seconds"), col("k"))
                .agg(count(lit(1)).alias("n"), sum(col("v")).alias("total")).writeStream().format("memory")
                .queryName("files").outputMode("update")
                .option("checkpointLocation", directory.resolve("checkpoint").toString()).start();
        long[] busy = new long[TRIGGERS];
        for (int trigger = 0; trigger < TRIGGERS; trigger++) {
            TriggerOverhead.addFile(directory.resolve("next.json"), input, trigger);
            long start = System.nanoTime();
            query.processAllAvailable();
            busy[trigger] = System.nanoTime() - start;
        }
        query.stop();
        TriggerOverhead.print(TriggerOverhead.ROWS + " rows of a file", busy);
        session.stop();
    }
}
