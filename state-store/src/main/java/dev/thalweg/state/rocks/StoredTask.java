package dev.thalweg.state.rocks;

import dev.thalweg.spi.file.Directories;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.overlay.ResidentTable;
import dev.thalweg.state.overlay.StoredTable;
import dev.thalweg.state.rocks.ChangeSection.TableChanges;
import dev.thalweg.state.snapshot.SnapshotPart;
import dev.thalweg.state.snapshot.Snapshots;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What a task has in RocksDB: restored from snapshots, brought forward by changes, copied into snapshots, read when a
/// table is opened.
///
/// The database is made when it is first needed, in a directory of its own that is deleted with it: never is a live
/// database of an earlier run used.
public final class StoredTask implements AutoCloseable {
    private final KeyGroups groups;
    private final Path directory;
    private final RocksMemory memory;
    private final Map<String, Integer> knownChecksums = new HashMap<>();
    private volatile @Nullable TaskDatabase database;

    public StoredTask(KeyGroups groups, Path directory, RocksMemory memory) {
        this.groups = groups;
        this.directory = directory;
        this.memory = memory;
    }

    public KeyGroups groups() {
        return groups;
    }

    /// A table as this task has it on disk.
    ///
    /// @param awaitApplied returns when everything committed is there
    public StoredTable table(String name, Runnable awaitApplied) {
        return new StoredVersion(this, name, awaitApplied);
    }

    Optional<TaskDatabase> database() {
        return Optional.ofNullable(database);
    }

    /// About how many bytes a table has on disk.
    public long bytes(String table) {
        TaskDatabase existing = database;
        return existing == null ? 0 : existing.bytes(table);
    }

    /// Opens a table that does not fit: all its entries stay here, as any that were loaded would be those with the first keys,
    /// and seldom those that are wanted. Nothing newer is to be applied.
    public void leave(ResidentTable table) {
        TaskDatabase existing = database;
        if (existing != null) {
            try (StoredEntries stored = existing.entries(table.declaration().name(), groups)) {
                while (stored.next()) {
                    table.leave(stored.keyAddress());
                }
            }
        }
    }

    /// Takes over from a snapshot, which another parallelism may have written.
    public void restore(List<SnapshotPart> parts) {
        Directories.delete(directory);
        for (SnapshotPart part : parts) {
            if (part.groups().equals(groups) && !part.isEmpty()) {
                part.linkInto(Directories.create(directory), knownChecksums);
                database = new TaskDatabase(directory, groups, memory);
                return;
            }
        }
        for (SnapshotPart part : parts) {
            if (part.groups().overlaps(groups) && !part.isEmpty()) {
                takeOver(part);
            }
        }
    }

    /// Copies the entries of this task's key groups out of a part that holds others too.
    private void takeOver(SnapshotPart part) {
        Path copy = directory.resolveSibling(directory.getFileName() + "-from-" + part.groups());
        part.linkInto(Directories.create(copy), new HashMap<>());
        try (TaskDatabase other = new TaskDatabase(copy, part.groups(), memory)) {
            opened().takeOver(other);
        }
        Directories.delete(copy);
    }

    /// Applies whole triggers, oldest first.
    ///
    /// @param isGivenUp whether to leave off halfway, as nobody will look at what is here any more
    public void apply(List<ChangeSection> sections, BooleanSupplier isGivenUp) {
        if (sections.stream().anyMatch(section -> section.groups().overlaps(groups))) {
            opened().apply(sections, isGivenUp);
        }
    }

    /// Writes this task's part of a snapshot.
    public void snapshot(Snapshots snapshots, long version) {
        TaskDatabase existing = database;
        if (existing == null) {
            snapshots.writeEmpty(version, groups);
        } else {
            snapshots.write(version, groups, existing::copyTo, knownChecksums);
        }
    }

    /// Fills a table with what RocksDB has, brought forward by changes that it does not have yet.
    ///
    /// @param isFull whether no more are to be loaded
    /// @return whether all is loaded
    public boolean load(ResidentTable table, List<ChangeSection> newer, BooleanSupplier isFull) {
        String name = table.declaration().name();
        List<TableChanges> changes = newer.stream().filter(section -> section.groups().overlaps(groups))
                .flatMap(section -> section.table(name).stream()).toList();
        MergedChanges merged = new MergedChanges(changes, groups);
        TaskDatabase existing = database;
        if (existing == null) {
            while (merged.next()) {
                if (isFull.getAsBoolean()) {
                    return false;
                }
                loadPut(table, merged.operation());
            }
            return true;
        }
        try (StoredEntries stored = existing.entries(name, groups)) {
            return load(table, stored, merged, isFull);
        }
    }

    /// Both are sorted; where both have a key, the change is the newer.
    private static boolean load(ResidentTable table, StoredEntries stored, MergedChanges changes,
            BooleanSupplier isFull) {
        boolean moreChanges = changes.next();
        Operation change = changes.operation();
        boolean moreStored = stored.next();
        while (moreStored || moreChanges) {
            if (isFull.getAsBoolean()) {
                return false;
            }
            int order = !moreStored
                    ? 1
                    : moreChanges
                            ? -Operation.compareKeys(change, stored.group(), stored.keyAddress(), stored.keyLength())
                            : -1;
            if (order < 0 && !changes.expiry().frees(stored.group(), stored.keyAddress())) {
                table.load(stored.group(), stored.keyAddress(), stored.keyLength(), stored.valueAddress(),
                        stored.valueLength());
            }
            if (order >= 0) {
                loadPut(table, change);
                moreChanges = changes.next();
            }
            if (order <= 0) {
                moreStored = stored.next();
            }
        }
        return true;
    }

    private static void loadPut(ResidentTable table, Operation change) {
        if (change.isPut) {
            table.load(change.group, change.key, change.keyLength, change.value, change.valueLength);
        }
    }

    private TaskDatabase opened() {
        TaskDatabase open = database;
        if (open == null) {
            Directories.delete(directory);
            open = new TaskDatabase(Directories.create(directory), groups, memory);
            database = open;
        }
        return open;
    }

    /// Closes the database and deletes its directory.
    @Override
    public void close() {
        if (database != null) {
            database.close();
            database = null;
        }
        Directories.delete(directory);
    }
}
