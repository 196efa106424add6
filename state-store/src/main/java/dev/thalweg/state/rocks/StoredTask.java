package dev.thalweg.state.rocks;

import dev.thalweg.spi.file.Directories;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.overlay.ResidentTable;
import dev.thalweg.state.rocks.ChangeSection.TableChanges;
import dev.thalweg.state.snapshot.SnapshotPart;
import dev.thalweg.state.snapshot.Snapshots;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private @Nullable TaskDatabase database;

    public StoredTask(KeyGroups groups, Path directory, RocksMemory memory) {
        this.groups = groups;
        this.directory = directory;
        this.memory = memory;
    }

    public KeyGroups groups() {
        return groups;
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
    public void apply(List<ChangeSection> sections) {
        if (sections.stream().anyMatch(section -> section.groups().overlaps(groups))) {
            opened().apply(sections);
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
    public void load(ResidentTable table, List<ChangeSection> newer) {
        String name = table.declaration().name();
        List<TableChanges> changes = newer.stream().filter(section -> section.groups().overlaps(groups))
                .flatMap(section -> section.table(name).stream()).toList();
        MergedChanges merged = new MergedChanges(changes, groups);
        TaskDatabase existing = database;
        if (existing == null) {
            while (merged.next()) {
                loadPut(table, merged.operation());
            }
            return;
        }
        try (StoredEntries stored = existing.entries(name, groups)) {
            load(table, stored, merged);
        }
    }

    /// Both are sorted; where both have a key, the change is the newer.
    private static void load(ResidentTable table, StoredEntries stored, MergedChanges changes) {
        boolean moreChanges = changes.next();
        Operation change = changes.operation();
        boolean moreStored = stored.next();
        while (moreStored) {
            int order = moreChanges
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
        while (moreChanges) {
            loadPut(table, change);
            moreChanges = changes.next();
        }
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
