package dev.thalweg.tests.bench;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.DataStreamWriter;
import dev.thalweg.streaming.Trigger;
import java.nio.file.Path;

/// Our engine, at default settings.
public final class ThalwegBench implements EngineRun.Engine {
    private final ThalwegSession session;

    private ThalwegBench(ThalwegSession session) {
        this.session = session;
    }

    /// Runs what is asked for.
    ///
    /// @param arguments as [EngineRun] says
    public static void main(String[] arguments) throws Exception {
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            Input input = Workload.valueOf(arguments[0]).input();
            session.sql(BenchFiles.createStream(input, Workload.valueOf(arguments[0])));
            new EngineRun(new ThalwegBench(session)).main(arguments);
        }
    }

    private DataStreamWriter<Row> writer(Workload workload, Path checkpoint) {
        Dataset<Row> rows = session.sql(workload.sql(Dialect.THALWEG).orElseThrow());
        return rows.writeStream().outputMode(workload.isStateful() ? "update" : "append")
                .option("checkpointLocation", checkpoint.toString()).trigger(Trigger.AvailableNow());
    }

    @Override
    public void run(Workload workload, Path checkpoint) throws Exception {
        writer(workload, checkpoint).format("noop").start().awaitTermination();
    }

    @Override
    public void answer(Workload workload, Path checkpoint, Path target) throws Exception {
        if (workload.isStateful()) {
            writer(workload, checkpoint).format("memory").queryName("answer").start().awaitTermination();
            session.sql("CREATE TABLE target USING csv OPTIONS (header 'true', path '" + target + "')");
            session.sql("INSERT INTO target SELECT * FROM answer");
        } else {
            writer(workload, checkpoint).format("csv").option("header", "true").start(target.toString())
                    .awaitTermination();
        }
    }
}
