package dev.thalweg.tests.bench;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/// Spark, two threads and two shuffle partitions, with its faster checkpoint files.
public final class SparkBench implements EngineRun.Engine {
    private static final String STATE = "org.apache.spark.sql.execution.streaming.state.";
    private static final String FILES = "org.apache.spark.sql.execution.streaming.checkpointing.";

    private static final String MICROS = "yyyy-MM-dd HH:mm:ss.SSSSSS";

    private final SparkSession session;
    private final InputFiles files;

    private SparkBench(SparkSession session, InputFiles files) {
        this.session = session;
        this.files = files;
    }

    public static void main(String[] arguments) throws Exception {
        Assignment assignment = Assignment.of(arguments);
        SparkSession session = session(assignment.store());
        new EngineRun(new SparkBench(session, assignment.files())).fulfil(assignment);
        session.stop();
    }

    static SparkSession session(String store) {
        SparkSession.Builder builder = SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2").config("spark.sql.codegen.fallback", "false").config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.streaming.checkpointFileManagerClass",
                        FILES + "FileSystemBasedCheckpointFileManager");
        if (store.equals("rocksdb")) {
            builder.config("spark.sql.streaming.stateStore.providerClass", STATE + "RocksDBStateStoreProvider");
        }
        SparkSession session = builder.getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
        return session;
    }

    private DataStreamWriter<Row> writer(Workload workload, String mode, Path checkpoint) {
        Input input = workload.input();
        input.side().ifPresent(side -> session.read().schema(side.columns()).csv(files.side(side).toString())
                .createOrReplaceTempView(side.table()));
        input.streams().forEach((table, columns) -> {
            Dataset<Row> rows = session.readStream().format(files.encoding().label()).schema(columns)
                    .option("maxFilesPerTrigger", files.filesATrigger()).load(files.rows(table).toString());
            if (workload.has(Workload.Trait.EVENT_TIME)) {
                rows = rows.withWatermark(input.time(), "10 seconds");
            }
            rows.createOrReplaceTempView(table);
        });
        return session.sql(workload.sql(Dialect.SPARK).orElseThrow()).writeStream().outputMode(mode)
                .option("checkpointLocation", checkpoint.toString()).trigger(Trigger.AvailableNow());
    }

    @Override
    public long run(Workload workload, Path checkpoint) throws Exception {
        StreamingQuery query = writer(workload, workload.changes() ? "update" : "append", checkpoint)
                .format("noop").start();
        query.awaitTermination();
        return query.lastProgress().batchId() + 1;
    }

    @Override
    public void answer(Workload workload, Path checkpoint, Path target) throws Exception {
        if (workload.changes()) {
            writer(workload, "complete", checkpoint).format("memory").queryName("answer").start().awaitTermination();
            session.table("answer").write().option("header", "true").option("timestampFormat", MICROS).csv(target.toString());
        } else {
            writer(workload, "append", checkpoint).format("csv").option("header", "true")
                    .option("timestampFormat", MICROS).start(target.toString())
                    .awaitTermination();
        }
    }
}
