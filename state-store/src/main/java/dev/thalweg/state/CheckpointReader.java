package dev.thalweg.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.state.log.ChangesPayload;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogRecord;
import dev.thalweg.state.log.LogScan;
import dev.thalweg.state.log.RecordType;
import dev.thalweg.state.log.RecoveryReport;
import dev.thalweg.state.snapshot.SnapshotPart;
import dev.thalweg.state.snapshot.Snapshots;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Looks at a checkpoint without holding or changing it: what `thalweg checkpoint show` and `verify` print.
///
/// A query may be running on it; then the newest trigger may be half written, which is told and is no problem.
public final class CheckpointReader {
    private final Path directory;

    public CheckpointReader(Path directory) {
        this.directory = directory;
        if (!Files.exists(directory.resolve(CheckpointMetadata.FILE))) {
            throw new Unavailable("THW-5039", directory + " is not a checkpoint: it has no file 'metadata'."
                    + " Give the directory that the query's checkpointLocation names.");
        }
    }

    public CheckpointMetadata metadata() {
        return CheckpointMetadata.read(directory);
    }

    public List<StateTable> tables() {
        return new StateTables(directory).all();
    }

    public Snapshots snapshots() {
        return new Snapshots(directory.resolve("snapshots"), DurableStep.Listener.NONE);
    }

    /// What the log holds; its torn end, if there is one, is left alone.
    public RecoveryReport recovered() {
        Path log = directory.resolve("log");
        return Files.isDirectory(log) ? LogScan.scan(log) : new RecoveryReport(List.of(), Optional.empty());
    }

    /// The versions that [StateStore#read] can open, oldest first.
    public List<Long> versions() {
        TreeSet<Long> changes = new TreeSet<>();
        recovered().records().stream().filter(record -> record.type() == RecordType.CHANGES)
                .forEach(record -> changes.add(record.trigger()));
        TreeSet<Long> versions = new TreeSet<>();
        List<Long> begins = new ArrayList<>(snapshots().versions());
        begins.add(0L);
        for (long begin : begins) {
            for (long version = begin; versions.add(version) && changes.contains(version);) {
                version++;
            }
        }
        return List.copyOf(versions);
    }

    /// The whole story, a line a thing.
    public List<String> show() {
        List<String> lines = new ArrayList<>();
        CheckpointMetadata metadata = metadata();
        String holder = CheckpointLock.holder(directory.resolve(CheckpointLock.OWNER_FILE));
        lines.add("checkpoint   " + directory);
        lines.add("query id     " + metadata.queryId());
        lines.add("format       " + metadata.formatVersion() + ", " + metadata.keyGroups() + " key groups");
        lines.add("last holder  " + (holder.isEmpty() ? "stopped in order" : holder));
        lines.add("plan         " + metadata.plan());
        tables().forEach(table -> lines.add("table        " + table.name() + ": " + StateTables.describe(table)));
        for (long version : snapshots().versions()) {
            List<SnapshotPart> parts = snapshots().parts(version);
            lines.add("snapshot     version " + version + ", " + parts.stream().mapToLong(SnapshotPart::bytes).sum()
                    + " bytes in " + parts.size() + " parts");
        }
        List<Long> versions = versions();
        boolean one = versions.size() == 1;
        lines.add("versions     " + versions.getFirst() + (one ? "" : " to " + versions.getLast()) + " can be restored"
                + (one ? "" : ": " + versions.size()));
        RecoveryReport report = recovered();
        report.records().forEach(record -> lines.add(line(record)));
        report.cut().ifPresent(cut -> lines.add("torn end     " + cut.segment().getFileName() + " at offset "
                + cut.offset() + ", " + cut.bytes() + " bytes: the trace of a crash, cut at the next start"));
        return lines;
    }

    private static String line(LogRecord record) {
        String text = switch (record.type()) {
            case TRIGGER -> text(record.payload());
            case CHANGES -> ChangesPayload.json(record) + " and " + record.payload().remaining() + " bytes in all";
            case COMMIT -> "";
        };
        return "%-12s %d  epoch %d  %s:%d  %s".formatted(record.type(), record.trigger(), record.epoch(),
                record.segment().getFileName(), record.offset(), text).stripTrailing();
    }

    private static String text(ByteBuffer payload) {
        return UTF_8.decode(payload.duplicate()).toString();
    }

    /// What is wrong, in whole sentences; nothing when all is well. Reads every byte.
    public List<String> verify() {
        List<String> problems = new ArrayList<>();
        check(problems, this::metadata);
        check(problems, this::tables);
        check(problems, () -> LostLog.withoutDirectory(directory).ifPresent(problems::add));
        check(problems, () -> LostLog.withoutTriggers(directory, recovered()).ifPresent(problems::add));
        check(problems, () -> problems.addAll(versionProblems()));
        for (long version : snapshots().allVersions()) {
            problems.addAll(snapshots().problems(version));
        }
        return problems;
    }

    /// Whether the parts that are there go together: a segment or a file that is gone as a whole leaves no damaged byte.
    private List<String> versionProblems() {
        RecoveryReport log = recovered();
        Optional<LogRecord> last = log.last(RecordType.TRIGGER);
        if (last.isEmpty()) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        long trigger = last.get().trigger();
        long needed = log.last(RecordType.CHANGES, trigger).isPresent() ? trigger + 1 : trigger;
        List<Long> versions = versions();
        if (!versions.contains(needed)) {
            problems.add("Version " + needed
                    + " of the state cannot be restored: neither a snapshot nor an unbroken log"
                    + " leads to it. Restore the missing segments of " + directory.resolve("log") + " from a copy."
                    + "  [THW-5038]");
        }
        if (versions.getLast() > needed) {
            problems.add("There is a snapshot of version " + versions.getLast() + ", but the log ends with trigger "
                    + trigger + ". Restore the newest segments of " + directory.resolve("log") + " from a copy.");
        }
        boolean hasState = log.records().stream().filter(record -> record.type() == RecordType.CHANGES)
                .anyMatch(changes -> !ChangesPayload.sections(changes).isEmpty());
        if (hasState && tables().isEmpty()) {
            problems.add("Checkpoint file " + directory.resolve(StateTables.FILE)
                    + ", which says what the state is made of, is not there. Restore it from a copy.  [THW-5035]");
        }
        return problems;
    }

    private static void check(List<String> problems, Runnable part) {
        try {
            part.run();
        } catch (ThalwegException e) {
            problems.add(e.getMessage());
        }
    }
}
