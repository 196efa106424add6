package dev.thalweg.tests.bench;

import static dev.thalweg.functions.col;
import static dev.thalweg.functions.explode;
import static dev.thalweg.functions.split;
import static dev.thalweg.functions.window;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.Trigger;
import java.nio.file.Path;
import java.util.List;

/// The queries on our engine, at default settings.
public final class ThalwegBench implements EngineRun.Engine {
    private final ThalwegSession session;

    private ThalwegBench(ThalwegSession session) {
        this.session = session;
    }

    public static void main(String[] arguments) throws Exception {
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            new EngineRun(new ThalwegBench(session)).main(arguments);
        }
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
        return session.sql("SELECT concat_ws('|', " + (query == BenchQuery.WORD_COUNT
                ? "word"
                : "CAST(unix_micros(window.start) AS STRING), key") + ", CAST(count AS STRING)) FROM answer")
                .collectAsList().stream().map(row -> row.getString(0)).toList();
    }
}
