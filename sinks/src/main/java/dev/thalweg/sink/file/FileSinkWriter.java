package dev.thalweg.sink.file;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkWriter;
import dev.thalweg.spi.sink.StepListener;
import dev.thalweg.spi.sink.StepListener.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the rows of one trigger into its stage: one file, or one for each partition directory.
final class FileSinkWriter implements SinkWriter {
    private final FileTarget target;
    private final RowType schema;
    private final PartitionPaths partitions;
    private final List<Integer> written;
    private final StagingArea staging;
    private final long trigger;
    private final StepListener steps;
    private final Map<String, StagedFile> files = new LinkedHashMap<>();
    private boolean staged;

    FileSinkWriter(FileTarget target, RowType schema, SinkContext context, StagingArea staging, long trigger) {
        this.target = target;
        this.schema = schema;
        this.partitions = new PartitionPaths(schema, context.partitionBy(), context.zone());
        this.written = partitions.otherColumns();
        this.staging = staging;
        this.trigger = trigger;
        this.steps = context.steps();
    }

    @Override
    public void write(Batch batch) {
        try (batch) {
            int from = 0;
            while (from < batch.rowCount()) {
                int to = partitions.runEnd(batch, from);
                StagedFile file = files.computeIfAbsent(partitions.path(batch, from), this::file);
                file.encoder().encode(batch, from, to, file.text());
                file.flushIfLong();
                from = to;
            }
        }
    }

    private StagedFile file(String directory) {
        String visible = directory + target.fileName(trigger, files.size());
        return new StagedFile(staging.add(trigger, visible), visible, target.encoders().encoder(schema, written),
                target.gzip());
    }

    @Override
    public void stage() {
        staged = true;
        if (files.isEmpty()) {
            return;
        }
        List<ManifestEntry.WrittenFile> done = new ArrayList<>();
        files.values().forEach(file -> done.add(file.finish()));
        staging.seal(new ManifestEntry(trigger, done));
        steps.reached(Step.STAGED, trigger);
    }

    @Override
    public void close() {
        if (!staged) {
            staging.drop(trigger);
        }
    }
}
