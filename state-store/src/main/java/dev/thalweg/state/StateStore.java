package dev.thalweg.state;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.state.log.ChangesPayload;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogRecord;
import dev.thalweg.state.log.LoggedChanges;
import dev.thalweg.state.log.RecordType;
import dev.thalweg.state.log.RecoveryReport;
import dev.thalweg.state.log.TriggerLog;
import dev.thalweg.state.overlay.ByteSink;
import dev.thalweg.state.overlay.ResidentTable;
import dev.thalweg.state.rocks.ChangeApplier;
import dev.thalweg.state.rocks.ChangeApplier.Sealed;
import dev.thalweg.state.rocks.ChangeSection;
import dev.thalweg.state.rocks.RocksMemory;
import dev.thalweg.state.rocks.StoredTask;
import dev.thalweg.state.snapshot.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// The versioned state of a query: trigger N turns version N into N+1, whole or not at all.
///
/// ```
/// operators change tables -> collectChanges() -> the trigger appends them to the log and syncs -> commit(N+1)
///                                                                          behind: RocksDB, snapshots, shorter log
/// ```
///
/// **State** the newest version resident as far as it fits, one version in RocksDB (behind it, or the same where tables do
/// not fit), snapshots and the log on disk. **Thread** the
/// trigger thread, while tasks rest; tables belong to their tasks; one background thread writes RocksDB.
public final class StateStore implements AutoCloseable {
    private static final int SHARED_CHANGES_MIN = 8 << 10;
    /// So many triggers' changes make a snapshot due, however few bytes: each takes some memory until it is applied.
    private static final int SNAPSHOT_TRIGGERS = 50_000;
    /// What may wait for RocksDB where entries will soon be dropped from memory.
    private static final long NEAR_LOG_BYTES = 64L << 20;

    private final Optional<Checkpoint> checkpoint;
    private final StateSettings settings;
    private final ResidentBudget budget;
    private final RocksMemory memory;
    private final Path live;
    private final List<StoredTask> stored = new ArrayList<>();
    private final List<TaskState> tasks = new ArrayList<>();
    private final ChangeApplier applier;
    /// Changes that are committed and not on their way to RocksDB: those that a restart has read, and where the others are.
    private List<ChangeSection> replayed = List.of();
    private final List<LoggedChanges.Place> unapplied = new ArrayList<>();
    private final long openedAt;
    private long version;
    private boolean closed;
    private long snapshotAtLogBytes;
    private long sealedAtLogBytes;
    private boolean snapshotIsDue;
    private boolean applyIsDue;
    private volatile long newestSnapshot = -1;
    private Rounds rounds = Rounds.IN_TURN;

    /// Runs one piece of work for each task, perhaps at once, and returns when all are done.
    public interface Rounds {
        Rounds IN_TURN = (count, work) -> IntStream.range(0, count).forEach(work);

        void round(int count, IntConsumer work);
    }

    private StateStore(Optional<Checkpoint> checkpoint, Snapshots snapshots, Path live, int taskCount,
            StateSettings settings, MemoryCharge charge, long version) {
        this.checkpoint = checkpoint;
        this.settings = settings;
        this.version = version;
        this.openedAt = version;
        this.live = live;
        memory = new RocksMemory(settings.residentBytesMax());
        budget = new ResidentBudget(settings, charge);
        for (int i = 0; i < taskCount; i++) {
            KeyGroups groups = KeyGroups.ofTask(i, taskCount);
            stored.add(new StoredTask(groups, live.resolve(groups.toString()), memory));
            tasks.add(new TaskState(groups, this, new ByteSink(charge)));
        }
        applier = new ChangeApplier(checkpoint.map(one -> one.metadata().queryId()).orElse("reader"), stored,
                snapshots, checkpoint.map(one -> one.logSettings().steps()).orElse(DurableStep.Listener.NONE),
                this::snapshotWritten);
    }

    /// Opens the state of a query that goes on from `version`; 0 is empty. The log must have been cut to it.
    ///
    /// @param taskCount any number up to [KeyGroups#COUNT], not only the one that wrote the checkpoint
    /// @param charge the query's budget; called from the trigger thread and from tasks
    public static StateStore open(Checkpoint checkpoint, int taskCount, StateSettings settings, MemoryCharge charge,
            long version) {
        RecoveryReport report = checkpoint.recovered();
        report.last(RecordType.CHANGES).filter(newer -> newer.trigger() >= version).ifPresent(newer -> {
            throw new Defect("THW-9523", "State is to go on from version " + version + ", but the log holds CHANGES "
                    + newer.trigger() + ", which would be lost. Please send this message and the output of"
                    + " 'thalweg checkpoint show'.");
        });
        Directories.delete(checkpoint.live());
        StateStore store = new StateStore(Optional.of(checkpoint), checkpoint.snapshots(), checkpoint.live(), taskCount,
                settings, charge, version);
        if (!checkpoint.logSettings().faults().restoresNothing()) {
            store.restoreOrClose(checkpoint.snapshots(), report);
        }
        checkpoint.snapshots().deleteNewerThan(version); // not before: a restore that fails must leave everything as it was
        return store;
    }

    /// Opens any retained version for reading, while the query runs or not; it cannot be committed to. Tables are opened as
    /// [CheckpointReader#tables] declares them.
    public static StateStore read(CheckpointReader reader, StateSettings settings, MemoryCharge charge, long version) {
        Path copy;
        try {
            copy = Files.createTempDirectory("thalweg-state-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StateStore store = new StateStore(Optional.empty(), reader.snapshots(), copy, 1, settings, charge, version);
        store.restoreOrClose(reader.snapshots(), reader.recovered());
        return store;
    }

    private void restoreOrClose(Snapshots snapshots, RecoveryReport report) {
        try {
            restore(snapshots, report);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /// Newest good snapshot, then the log.
    private void restore(Snapshots snapshots, RecoveryReport report) {
        List<String> damaged = new ArrayList<>();
        long base = 0;
        for (long candidate : snapshots.versions().reversed()) {
            if (candidate <= version) {
                List<String> problems = snapshots.problems(candidate);
                if (problems.isEmpty()) {
                    base = candidate;
                    break;
                }
                damaged.addAll(problems);
            }
        }
        List<LogRecord> newer = changesSince(base, report, damaged);
        if (base > 0) {
            newestSnapshot = base;
            for (StoredTask task : stored) {
                task.restore(snapshots.parts(base));
            }
        }
        replay(newer);
    }

    private List<LogRecord> changesSince(long base, RecoveryReport report, List<String> damaged) {
        List<LogRecord> newer = report.records().stream().filter(record -> record.type() == RecordType.CHANGES
                && record.trigger() >= base && record.trigger() < version).toList();
        long next = base;
        for (LogRecord record : newer) {
            if (record.trigger() != next) {
                break;
            }
            next++;
        }
        if (next != version) {
            throw new Corrupted("THW-5038", "Version " + version + " of the state cannot be restored: "
                    + (base == 0 ? "there is no good snapshot at or below it" : "the newest good snapshot is " + base)
                    + ", and the log does not hold CHANGES " + next + ". " + String.join(" ", damaged)
                    + " Restore the checkpoint from a copy, or ask for a version that 'thalweg checkpoint show' lists.");
        }
        return newer;
    }

    private void replay(List<LogRecord> records) {
        replayed = records.stream().flatMap(record -> ChangeSection.of(record).stream()).toList();
        records.forEach(record -> snapshotAtLogBytes -= record.payload().remaining());
    }

    /// Lets tasks write their changes at once where those are many: to wake a thread costs more than some thousand of them.
    public StateStore sharedAmong(Rounds taskRounds) {
        rounds = taskRounds;
        return this;
    }

    public int taskCount() {
        return tasks.size();
    }

    public TaskState task(int number) {
        return tasks.get(number);
    }

    /// The committed version.
    public long version() {
        return version;
    }

    ResidentTable load(TaskState task, StateTable declaration) {
        checkpoint.ifPresent(one -> one.declaredTables().declare(declaration, openedAt));
        StoredTask onDisk = stored.get(tasks.indexOf(task));
        ResidentTable table = new ResidentTable(declaration, budget.forTable(declaration.name()),
                onDisk.table(declaration.name(), applier::awaitApplied));
        try {
            if (!onDisk.load(table, replayed, budget::isOver)) {
                table.unload();
                applyReplayed();
                onDisk.leave(table);
            }
            budget.begin(); // what was loaded is no growth
            return table;
        } catch (RuntimeException | Error e) {
            table.close();
            throw e;
        }
    }

    /// Brings RocksDB to the version that the store was opened at, because a table will be read from there.
    private void applyReplayed() {
        if (!replayed.isEmpty()) {
            stored.forEach(task -> task.apply(replayed, () -> false));
            replayed = List.of();
        }
    }

    long storedBytes(TaskState task, String table) {
        return stored.get(tasks.indexOf(task)).bytes(table);
    }

    /// A trigger begins: every table has been opened. Waits where a snapshot is due and two are not done: RocksDB is no further
    /// behind than that.
    ///
    /// **Errors** `THW-5047` when the checkpoint has a table that was not opened.
    public void begin() {
        checkpoint.ifPresent(one -> one.declaredTables().checkOpened(openedAt));
        applier.check();
        if (snapshotIsDue) {
            applier.awaitRoom();
            seal(true);
        }
    }

    /// The trigger's changes, one section a task that has any, for [ChangesPayload#of]. Good until the commit or abort.
    public List<ByteBuffer> collectChanges() {
        checkpoint.ifPresent(one -> one.declaredTables().record());
        List<Optional<ByteBuffer>> sections = new ArrayList<>(Collections.nCopies(tasks.size(), Optional.empty()));
        inRounds(i -> sections.set(i, tasks.get(i).collect()));
        return sections.stream().flatMap(Optional::stream).toList();
    }

    /// Does something with the changes of every task, at once where they are many.
    private void inRounds(IntConsumer work) {
        long changes = tasks.stream().mapToLong(TaskState::changes).sum();
        (changes < SHARED_CHANGES_MIN ? Rounds.IN_TURN : rounds).round(tasks.size(), work);
    }

    /// Makes the trigger's changes version `newVersion`, and brings to disk what is due; its CHANGES record is in the log and
    /// synced.
    public void commit(long newVersion) {
        accept(newVersion);
        settle();
    }

    /// The first half of [#commit], in memory: the CHANGES record need not be synced yet.
    public void accept(long newVersion) {
        if (newVersion != version + 1 || checkpoint.isEmpty()) {
            throw new Defect("THW-9524", "State of version " + version + " cannot be committed as version "
                    + newVersion + ". Please send this message.");
        }
        for (TaskState task : tasks) {
            if (task.isUncollected()) {
                throw new Defect("THW-9525", "State of version " + newVersion
                        + " is committed without having been written to the log. Please send this message.");
            }
        }
        TriggerLog log = checkpoint.get().log();
        if (tasks.stream().anyMatch(TaskState::isCollected)) {
            unapplied.add(log.lastChanges().orElseThrow());
        }
        inRounds(i -> tasks.get(i).commit());
        version = newVersion;
        budget.noteGrowth();
        snapshotIsDue = unapplied.size() >= SNAPSHOT_TRIGGERS
                || log.appendedBytes() - snapshotAtLogBytes >= settings.snapshotDueBytes(budget.bytes());
        applyIsDue = isAnythingUnapplied() && (budget.isOver() || isPartial() || mayBeOverSoon(log));
        budget.begin();
    }

    /// Whether [#settle] has anything to do.
    public boolean isAnythingDue() {
        return snapshotIsDue || applyIsDue || budget.isOver();
    }

    /// The second half of [#commit]. What goes to disk must be committed for good: the CHANGES record is synced.
    public void settle() {
        if (snapshotIsDue && applier.hasRoom()) {
            seal(true);
        } else if (applyIsDue) {
            seal(false); // what is dropped is read from RocksDB
        }
        if (budget.isOver()) {
            shrink();
            budget.begin();
        }
    }

    /// Before the first entry is dropped, so that whoever then waits for RocksDB does not wait for all that has gathered.
    private boolean mayBeOverSoon(TriggerLog log) {
        return budget.isNearlyOver() && log.appendedBytes() - sealedAtLogBytes >= NEAR_LOG_BYTES;
    }

    /// Whether tables are read from RocksDB, which must then have all that is committed.
    private boolean isPartial() {
        return tasks.stream().anyMatch(TaskState::isPartial);
    }

    /// Half of what may be held stays, so that this is seldom, and costs little beside what came in since the last time.
    private void shrink() {
        double share = budget.bytesKeptMax() / 2.0 / budget.bytes();
        tasks.forEach(task -> task.shrink(share));
    }

    private boolean isAnythingUnapplied() {
        return !unapplied.isEmpty() || !replayed.isEmpty();
    }

    private void seal(boolean snapshot) {
        sealedAtLogBytes = checkpoint.orElseThrow().log().appendedBytes();
        if (snapshot) { // once it is written, the version before may be gone: the trigger in between must be done for good
            TriggerLog log = checkpoint.orElseThrow().log();
            log.sync(version - 1);
            snapshotAtLogBytes = log.appendedBytes();
            snapshotIsDue = false;
        }
        applier.submit(new Sealed(version, replayed, List.copyOf(unapplied), snapshot));
        replayed = List.of();
        unapplied.clear();
        applyIsDue = false;
    }

    /// Forgets what the trigger changed.
    public void abort() {
        tasks.forEach(TaskState::abort);
    }

    /// Writes a snapshot of the committed version and waits for it.
    public void snapshotNow() {
        if (newestSnapshot != version) {
            seal(true);
        }
        applier.awaitIdle();
    }

    /// Runs after each snapshot, on the applier's thread: what no retained version needs is deleted.
    private void snapshotWritten(long snapshot) {
        newestSnapshot = snapshot;
        Checkpoint held = checkpoint.orElseThrow();
        held.snapshots().retain(settings.snapshotsRetained()).ifPresent(held.log()::deleteCovered);
    }

    /// The newest complete snapshot; -1 before the first.
    public long newestSnapshot() {
        return newestSnapshot;
    }

    public long entries() {
        return tasks.stream().mapToLong(TaskState::entries).sum();
    }

    /// Off-heap bytes of all tables.
    public long residentBytes() {
        return budget.bytes();
    }

    /// Gives everything back. What was committed is in the log; what RocksDB has not seen yet is replayed at the next start.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        applier.close();
        tasks.forEach(TaskState::close);
        stored.forEach(StoredTask::close);
        memory.close();
        Directories.delete(live);
    }
}
