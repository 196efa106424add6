package dev.thalweg.sink.file;

import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkWriter;
import dev.thalweg.spi.sink.StepListener;
import dev.thalweg.spi.sink.StepListener.Step;
import dev.thalweg.spi.sink.TriggerInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes each trigger's rows into files of their own, visible exactly once.
///
/// ```
/// write   _staging/part-00000007-00000.json        synced
/// stage   _staging/.entry                          names, sizes, checksums; synced, and the directory       STAGED
/// commit  _thalweg/columns                         once: what the files hold; synced
///         _thalweg/manifest.log  + trigger 7       appended                                                 MANIFEST_APPENDED
///                                                  synced: from here on 7 is committed                      MANIFEST_SYNCED
///         part-00000007-00000.json                 renamed, one by one                                      FILE_RENAMED
///                                                  all are; the names are synced with the next trigger's
///                                                  stage, or when the sink is closed                        RENAMED
/// ```
///
/// A crash before MANIFEST_SYNCED leaves nothing visible. After it, opening the sink finishes the renames of the manifest's
/// last entry, and of any other whose files are still staged: mostly none, for the names of a trigger's files are durable
/// before the next one's entry is written. So a visible file is always in the manifest, and a plain reader sees only committed
/// files. A trigger without rows leaves no trace.
///
/// **Cost** Five syncs a trigger with rows into one directory, of which two wait for the file system's journal; none without.
final class FileSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

    private final FileTarget target;
    private final RowType schema;
    private final SinkContext context;
    private final StepListener steps;
    private final Manifest manifest;
    private final StagingArea staging;
    private boolean columnsRecorded;

    FileSink(FileTarget target, RowType schema, SinkContext context) {
        this.target = target;
        this.schema = schema;
        this.context = context;
        this.steps = context.steps();
        Path output = target.directory();
        this.manifest = Manifest.open(output, context.queryId());
        this.staging = new StagingArea(output);
        try {
            recover();
            warnOfLosses();
        } catch (RuntimeException e) {
            manifest.close();
            throw e;
        }
    }

    private void recover() {
        staging.findLeft();
        Optional<ManifestEntry> last = manifest.last();
        if (last.isPresent()) {
            manifest.sync(); // it may have been appended and not synced when the process died
            finishRenames();
            staging.willSyncNames(last.get());
        }
        // a later trigger's stage stays: another sink may have committed it, and then it is committed here too
        staging.deleteThrough(last.map(ManifestEntry::trigger).orElse(-1L));
    }

    /// What was published is its readers' affair, whatever became of it; only what still waits gets its name. Mostly that is of the
    /// last entry. Of an older one it can be if names were lost with the power after a start that found them there.
    private void finishRenames() {
        for (ManifestEntry entry : manifest.entries()) {
            if (staging.hasFilesOf(entry.trigger())) {
                publish(entry, staging.waiting(entry));
            }
        }
    }

    /// Output is its readers': they may take it away. But nobody should lose a file and not hear of it.
    private void warnOfLosses() {
        List<String> problems = new OutputInspection(target.directory(), false).problems(manifest.entries());
        if (!problems.isEmpty()) {
            LOG.warn("{} differs from its manifest in {} files, of which the first: {}", description(), problems.size(),
                    problems.getFirst());
        }
    }

    @Override
    public OptionalLong lastCommitted() {
        Optional<ManifestEntry> last = manifest.last();
        return last.isPresent() ? OptionalLong.of(last.get().trigger()) : OptionalLong.empty();
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    @Override
    public SinkWriter begin(TriggerInfo trigger) {
        staging.drop(trigger.number()); // of a run that did not commit
        return new FileSinkWriter(target, schema, context, staging, trigger.number());
    }

    @Override
    public void commit(long trigger) {
        if (isCommitted(trigger)) {
            return;
        }
        Optional<ManifestEntry> staged = staging.sealed(trigger);
        if (staged.isEmpty()) { // the trigger had no rows
            recordColumns(); // who reads the table finds it empty, and not without columns
            return;
        }
        ManifestEntry entry = staged.get();
        entry.files().forEach(this::refuseToReplace);
        recordColumns();
        manifest.append(entry);
        steps.reached(Step.MANIFEST_APPENDED, trigger);
        manifest.sync();
        steps.reached(Step.MANIFEST_SYNCED, trigger);
        publish(entry, entry.files());
        manifest.compactIfLong();
    }

    private void recordColumns() {
        if (!columnsRecorded) {
            new OutputColumns(target.directory()).record(schema);
            columnsRecorded = true;
        }
    }

    private boolean isCommitted(long trigger) {
        Optional<ManifestEntry> last = manifest.last();
        return last.isPresent() && last.get().trigger() >= trigger;
    }

    private void refuseToReplace(ManifestEntry.WrittenFile file) {
        Path path = target.directory().resolve(file.path());
        if (Files.exists(path)) {
            throw new Unavailable("THW-5077",
                    "File " + path + " is in the way: it is not in the manifest, so this query"
                            + " has not written it. Move it away, then start the query again.");
        }
    }

    private void publish(ManifestEntry entry, List<ManifestEntry.WrittenFile> files) {
        boolean renamed = false;
        for (ManifestEntry.WrittenFile file : files) {
            if (staging.publish(entry.trigger(), file)) {
                renamed = true;
                steps.reached(Step.FILE_RENAMED, entry.trigger());
            }
        }
        staging.finish(entry.trigger());
        if (renamed) {
            steps.reached(Step.RENAMED, entry.trigger());
        }
    }

    @Override
    public String description() {
        return target.format() + "[" + target.directory() + "]";
    }

    @Override
    public void close() {
        try (manifest) { // its lock goes last
            staging.close();
        }
    }
}
