package dev.thalweg.state.snapshot;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.Checksum;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.snapshot.SnapshotPart.StoredFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The snapshots of a checkpoint: `<version>/<key groups>/`, each with a manifest that is written last.
///
/// A part counts once its manifest is there; a snapshot counts once its parts cover every key group. So a crash at any
/// point leaves the older snapshots good and this one unseen.
public final class Snapshots {
    private final Path directory;
    private final DurableStep.Listener steps;
    private final Set<Long> damaged = ConcurrentHashMap.newKeySet();

    public Snapshots(Path directory, DurableStep.Listener steps) {
        this.directory = directory;
        this.steps = steps;
    }

    /// The versions with a complete snapshot, oldest first. Damage is not looked for.
    public List<Long> versions() {
        return allVersions().stream().filter(version -> isComplete(parts(version))).toList();
    }

    /// The parts of a snapshot whose manifests can be read.
    public List<SnapshotPart> parts(long version) {
        List<SnapshotPart> parts = new ArrayList<>();
        for (Path part : list(path(version))) {
            if (Files.exists(part.resolve(SnapshotPart.MANIFEST))) {
                try {
                    parts.add(SnapshotPart.read(part));
                } catch (Corrupted e) {
                    // a snapshot with a bad manifest is no snapshot; `problems` tells
                }
            }
        }
        return parts;
    }

    /// What is wrong with a snapshot, in whole sentences; reads all its bytes. One that is damaged no longer counts among
    /// those that are retained.
    public List<String> problems(long version) {
        List<String> problems = new ArrayList<>();
        List<SnapshotPart> parts = new ArrayList<>();
        for (Path part : list(path(version))) {
            try {
                SnapshotPart read = SnapshotPart.read(part);
                parts.add(read);
                read.problem().ifPresent(problem -> problems.add("Snapshot " + version + ": " + problem + "."));
            } catch (Corrupted | Unavailable e) {
                problems.add("Snapshot " + version + ": " + e.getMessage());
            }
        }
        if (!isComplete(parts)) {
            problems.add(
                    "Snapshot " + version + " does not cover all key groups: it was not finished, and is not used.");
        }
        if (!problems.isEmpty()) {
            damaged.add(version);
        }
        return problems;
    }

    /// Writes one part.
    ///
    /// @param copier makes the directory it is given, with files of which all are durable but for their last bytes
    /// @param knownChecksums of files that never change, by name; completed
    public void write(long version, KeyGroups groups, Consumer<Path> copier, Map<String, Integer> knownChecksums) {
        Path part = path(version).resolve(groups.toString());
        Directories.create(path(version));
        Directories.delete(part); // of an attempt that did not finish
        copier.accept(part);
        List<StoredFile> files = new ArrayList<>();
        for (Path file : list(part)) {
            files.add(stored(file, knownChecksums));
        }
        finish(new SnapshotPart(part, version, groups, files));
    }

    /// Writes the part of a task that has no state.
    public void writeEmpty(long version, KeyGroups groups) {
        Path part = path(version).resolve(groups.toString());
        Directories.delete(part);
        Directories.create(part);
        finish(new SnapshotPart(part, version, groups, List.of()));
    }

    private void finish(SnapshotPart part) {
        Directories.sync(part.directory());
        Directories.sync(path(part.version()));
        steps.reached(DurableStep.SNAPSHOT_WRITTEN, part.version());
        part.writeManifest();
        steps.reached(DurableStep.MANIFEST_WRITTEN, part.version());
    }

    private static StoredFile stored(Path file, Map<String, Integer> knownChecksums) {
        String name = file.getFileName().toString();
        long bytes = file.toFile().length();
        StoredFile stored = new StoredFile(name, bytes, 0);
        if (!stored.isImmutable()) {
            sync(file);
            return new StoredFile(name, bytes, Checksum.of(file, bytes));
        }
        return new StoredFile(name, bytes, knownChecksums.computeIfAbsent(name, unknown -> Checksum.of(file, bytes)));
    }

    private static void sync(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw new Unavailable("THW-5044", "Cannot sync " + file + ": " + e + ". Check the disk.", e);
        }
    }

    /// Deletes all but the newest complete snapshots, what never became complete, and what was found damaged before them.
    ///
    /// @return the oldest version kept, if as many as `retained` are there
    public Optional<Long> retain(int retained) {
        List<Long> complete = versions().stream().filter(version -> !damaged.contains(version)).toList();
        if (complete.isEmpty()) {
            return Optional.empty();
        }
        long oldest = complete.get(Math.max(0, complete.size() - retained));
        long newest = complete.getLast();
        for (long version : allVersions()) {
            if (version < oldest || (version < newest && !complete.contains(version))) {
                delete(version);
            }
        }
        return complete.size() >= retained ? Optional.of(oldest) : Optional.empty();
    }

    /// Deletes what a query that goes on from `version` will write anew, and what an earlier run did not finish.
    public void deleteNewerThan(long version) {
        List<Long> complete = versions();
        allVersions().stream().filter(other -> other > version || !complete.contains(other)).forEach(this::delete);
    }

    private void delete(long version) {
        for (Path part : list(path(version))) {
            Directories.delete(part.resolve(SnapshotPart.MANIFEST)); // first, so that half a part never counts
            Directories.delete(part);
        }
        Directories.delete(path(version));
        steps.reached(DurableStep.SNAPSHOT_DELETED, version);
    }

    /// Every version with a directory, complete or not, oldest first.
    public List<Long> allVersions() {
        return list(directory).stream().map(path -> path.getFileName().toString())
                .filter(name -> name.matches("[0-9]{1,19}")).map(Long::parseLong).sorted().toList();
    }

    private static boolean isComplete(List<SnapshotPart> parts) {
        boolean[] covered = new boolean[KeyGroups.COUNT];
        int missing = KeyGroups.COUNT;
        for (SnapshotPart part : parts) {
            for (int group = part.groups().first(); group <= part.groups().last(); group++) {
                missing -= covered[group] ? 0 : 1;
                covered[group] = true;
            }
        }
        return missing == 0;
    }

    private Path path(long version) {
        return directory.resolve("%019d".formatted(version));
    }

    private static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new Unavailable("THW-5045", "Cannot list " + directory + ": " + e + ". Check that it may be read.",
                    e);
        }
    }
}
