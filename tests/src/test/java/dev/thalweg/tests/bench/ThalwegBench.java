package dev.thalweg.tests.bench;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.DataStreamWriter;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import java.nio.file.Path;
import java.util.Objects;

/// Our engine, at default settings.
public final class ThalwegBench implements EngineRun.Engine {
    private final ThalwegSession session;

    private ThalwegBench(ThalwegSession session) {
        this.session = session;
    }

    /// Runs what is asked for.
    ///
    /// @param arguments an [Assignment]
    public static void main(String[] arguments) throws Exception {
        Assignment assignment = Assignment.of(arguments);
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            assignment.files().thalwegTables(assignment.workload()).forEach(session::sql);
            new EngineRun(new ThalwegBench(session)).fulfil(assignment);
        }
    }

    private DataStreamWriter<Row> writer(Workload workload, Path checkpoint) {
        Dataset<Row> rows = session.sql(workload.sql(Dialect.THALWEG).orElseThrow());
        DataStreamWriter<Row> writer = rows.writeStream().outputMode(workload.changes() ? "update" : "append")
                .option("checkpointLocation", checkpoint.toString()).trigger(Trigger.AvailableNow());
        return workload.has(Workload.Trait.CLOSES) ? writer.option("endOfInput", "flush") : writer;
    }

    @Override
    public long run(Workload workload, Path checkpoint) throws Exception {
        StreamingQuery query = writer(workload, checkpoint).format("noop").start();
        query.awaitTermination();
        return Objects.requireNonNull(query.lastProgress()).batchId() + 1;
    }

    @Override
    public void answer(Workload workload, Path checkpoint, Path target) throws Exception {
        if (workload.changes()) {
            writer(workload, checkpoint).format("memory").queryName("answer").start().awaitTermination();
            session.sql("CREATE TABLE target USING csv OPTIONS (header 'true', path '" + target + "')");
            session.sql("INSERT INTO target SELECT * FROM answer");
        } else {
            writer(workload, checkpoint).format("csv").option("header", "true").start(target.toString())
                    .awaitTermination();
        }
    }
}
