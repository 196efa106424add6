package dev.thalweg.state;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.state.log.RecoveryReport;
import dev.thalweg.state.log.TriggerLog;
import dev.thalweg.state.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The directory from which a query goes on after a stop or a crash, held by one process at a time.
///
/// ```
/// metadata    what it is of, written once          lock, lock.owner   who may write
/// log/        the trigger log                      snapshots/         full copies of state
/// tables      the tables of state, as declared     live/              RocksDB at work; thrown away at every start
/// sources/    sinks/    what connectors remember
/// ```
///
/// **Thread** the trigger thread opens and closes it. **Errors** who must do what, before anything is changed.
public final class Checkpoint implements AutoCloseable {
    private final Path directory;
    private final CheckpointLock lock;
    private final CheckpointMetadata metadata;
    private final boolean isNew;
    private final TriggerLog log;
    private final TriggerLog.Settings logSettings;
    private final Snapshots snapshots;
    private final StateTables tables;

    /// What is found is what this process builds on, so it is synced first: the one before may have died between making a
    /// file and making it durable.
    private Checkpoint(Path directory, CheckpointLock lock, CheckpointMetadata birth, TriggerLog.Settings logSettings) {
        this.directory = directory;
        this.lock = lock;
        this.logSettings = logSettings;
        isNew = !Files.exists(directory.resolve(CheckpointMetadata.FILE));
        if (isNew) {
            refuseOrphans(directory);
            birth.write(directory);
        } else {
            refuse(LostLog.withoutDirectory(directory));
        }
        Directories.sync(directory);
        metadata = CheckpointMetadata.read(directory);
        tables = new StateTables(directory);
        snapshots = new Snapshots(directory.resolve("snapshots"), logSettings.steps());
        log = TriggerLog.open(directory.resolve("log"), lock.epoch(), logSettings);
        refuse(LostLog.withoutTriggers(directory, log.recovered()));
    }

    private static void refuse(Optional<String> problem) {
        problem.ifPresent(text -> {
            throw LostLog.refusal(text);
        });
    }

    /// Opens the checkpoint in a directory, or begins one there.
    ///
    /// @param birth taken only for a new one; an old one keeps its own query id and plan
    public static Checkpoint open(Path directory, CheckpointMetadata birth, TriggerLog.Settings logSettings) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new Unavailable("THW-5032", "Checkpoint " + directory
                    + " is a file. Give a directory as checkpointLocation; it is made when it is not there.");
        }
        Directories.create(directory);
        if (!Files.isWritable(directory)) {
            throw new Unavailable("THW-5032", "Checkpoint " + directory
                    + " may not be written. Grant write permission to the user of this process, or give another directory.");
        }
        CheckpointLock lock = CheckpointLock.take(directory);
        try {
            return new Checkpoint(directory, lock, birth, logSettings);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    public static Checkpoint open(Path directory, CheckpointMetadata birth) {
        return open(directory, birth, TriggerLog.Settings.DEFAULT);
    }

    private static void refuseOrphans(Path directory) {
        for (String part : List.of("log", "snapshots")) {
            Path orphan = directory.resolve(part);
            try (Stream<Path> files = Files.isDirectory(orphan) ? Files.list(orphan) : Stream.empty()) {
                if (files.findAny().isPresent()) {
                    throw new Corrupted("THW-5037", "Checkpoint " + directory + " has a " + part
                            + " but no file 'metadata', so nobody can say which query it is of. Restore 'metadata' from"
                            + " a copy, or give an empty directory to start anew.");
                }
            } catch (IOException e) {
                throw new Unavailable("THW-5032", "Checkpoint " + directory + " cannot be read: " + e
                        + ". Check its permissions.", e);
            }
        }
    }

    public Path directory() {
        return directory;
    }

    public CheckpointMetadata metadata() {
        return metadata;
    }

    /// Whether it began with this opening.
    public boolean isNew() {
        return isNew;
    }

    /// Counts the processes that have held it.
    public long epoch() {
        return lock.epoch();
    }

    /// Refuses to go on where another process has taken the checkpoint over in spite of its lock.
    public void checkHeld() {
        lock.check();
    }

    public TriggerLog log() {
        return log;
    }

    /// What the log held when the checkpoint was opened.
    public RecoveryReport recovered() {
        return log.recovered();
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    /// The declared tables of state.
    public List<StateTable> tables() {
        return tables.all();
    }

    StateTables declaredTables() {
        return tables;
    }

    TriggerLog.Settings logSettings() {
        return logSettings;
    }

    Path live() {
        return directory.resolve("live");
    }

    /// Where source number `n` of the plan keeps what it must remember; made when it is not there.
    public Path source(int n) {
        return found(directory.resolve("sources").resolve(Integer.toString(n)));
    }

    /// Where sink number `n` keeps what it must remember; made when it is not there.
    public Path sink(int n) {
        return found(directory.resolve("sinks").resolve(Integer.toString(n)));
    }

    private static Path found(Path part) {
        Directories.sync(Directories.create(part));
        return part;
    }

    /// Syncs the log and lets the next process in.
    @Override
    public void close() {
        try {
            log.close();
        } finally {
            lock.close();
        }
    }
}
