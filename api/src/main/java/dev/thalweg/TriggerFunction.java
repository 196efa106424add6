package dev.thalweg;

import dev.thalweg.api.java.function.VoidFunction2;
import dev.thalweg.execution.trigger.QuerySpec.TriggerConsumer;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.spi.sink.TriggerInfo;
import dev.thalweg.spi.source.MemoryTables;
import java.util.List;

/// Hands the output of each trigger to a program's function, as a dataset that lasts as long as the call.
final class TriggerFunction<T> implements TriggerConsumer {
    private final ThalwegSession session;
    private final VoidFunction2<Dataset<T>, Long> function;

    TriggerFunction(ThalwegSession session, VoidFunction2<Dataset<T>, Long> function) {
        this.session = session;
        this.function = function;
    }

    @Override
    public void accept(dev.thalweg.spi.data.RowType schema, List<Batch> batches, TriggerInfo trigger) {
        String id = "trigger-" + session.nextDatasetId();
        try {
            MemoryTables.Rows rows = session.memoryTables().table(id);
            batches.forEach(batch -> rows.append(batch.retain()));
            function.call(Dataset.of(session, Tables.passing(session, id, schema)), trigger.number());
        } catch (ThalwegException e) {
            throw e;
        } catch (Exception e) {
            throw new InvalidQuery("THW-4024", "The foreachBatch function failed in trigger " + trigger.number() + ": "
                    + e
                    + ". The trigger is not committed and comes again under its number when the query is restarted.",
                    e);
        } finally {
            session.memoryTables().drop(id);
        }
    }
}
