package dev.thalweg;

import dev.thalweg.execution.trigger.BatchResult;
import dev.thalweg.execution.trigger.EngineSettings;
import dev.thalweg.execution.trigger.QuerySpec.Target.ToSink;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.data.Batch;
import java.util.List;

/// INSERT INTO of rows that are all there: into a memory table, or through a sink as one committed trigger.
final class BatchInsert {
    private final ThalwegSession session;

    BatchInsert(ThalwegSession session) {
        this.session = session;
    }

    void insert(LogicalPlan plan, CatalogEntry.Table target) {
        LogicalPlan fitted = target.schema().size() == 0
                ? plan
                : session.planner().coerceTo(plan, target.schema(), target.name());
        if (target.format().equalsIgnoreCase("memory")) {
            List<Row> rows = session.collect(Dataset.of(session, fitted));
            String id = target.options().text("memoryId", target.name());
            session.addRows(id, rows, target.schema());
            return;
        }
        EngineSettings settings = session.conf().engineSettings();
        TargetOptions options = TargetOptions.of(target.options());
        try (BatchResult result = session.run(fitted)) {
            session.engine().write(result.schema(), result.batches().stream().map(Batch::retain).toList(),
                    new ToSink(target.format(), options.connector(), options.partitionBy()), settings);
        }
    }
}
