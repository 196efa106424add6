package dev.thalweg.sink.file;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.Directories;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a trigger's files wait, invisible, until they are committed: `_staging/` of the output directory, side by side
/// whatever directories they will have, for their names are the trigger's own. [SealedEntry] is there once all are durable.
///
/// One directory and one entry serve all triggers: to make and delete a file takes longer than to sync it, and a file system
/// that must not give a deleted file's place away at once takes ever longer.
///
/// What [#publish] renames is durable with the next [#seal], or when the area is closed. Until then the manifest's last entry
/// is what the next start finishes the renames by.
final class StagingArea implements AutoCloseable {
    static final String DIRECTORY = "_staging";
    private static final Pattern STAGED = Pattern.compile("part-(\\d{8,18})-.*");

    private final Path output;
    private final Path root;
    private final SealedEntry entry;
    /// The triggers that may have files here.
    private final Set<Long> present = new TreeSet<>();
    /// The directories in which files got names that are not durable yet.
    private final Set<Path> renamedIn = new TreeSet<>();
    private boolean rootIsDurable;

    StagingArea(Path output) {
        this.output = output;
        this.root = output.resolve(DIRECTORY);
        this.entry = new SealedEntry(root);
    }

    /// Looks for what an earlier run has left.
    void findLeft() {
        for (Path file : files()) {
            Matcher name = STAGED.matcher(String.valueOf(file.getFileName()));
            if (name.matches()) {
                present.add(Long.parseLong(name.group(1)));
            }
        }
    }

    private Iterable<Path> files() {
        Set<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            entries.forEach(files::add);
        } catch (NoSuchFileException _) {
            // nothing was ever staged
        } catch (IOException | DirectoryIteratorException e) {
            throw new Unavailable("THW-5076", "Cannot list " + root + ": " + e
                    + ". Check that the output directory may be read.", e);
        }
        return files;
    }

    /// Where a file waits that will be visible under `path` below the output directory.
    Path waiting(String path) {
        return root.resolve(path.substring(path.lastIndexOf('/') + 1));
    }

    /// Gets ready for a file of a trigger.
    ///
    /// @return where it is to be written
    Path add(long trigger, String path) {
        if (!rootIsDurable) {
            Directories.create(root);
            Directories.sync(output); // an earlier run may have made it and died
            rootIsDurable = true;
        }
        present.add(trigger);
        return waiting(path);
    }

    /// Makes a trigger's files, which have been synced, durable as a set; and what was published before it.
    void seal(ManifestEntry files) {
        syncRenamed(); // before the directory that the names have left, so that they are always in one of them
        entry.write(files);
        Directories.sync(root);
    }

    private void syncRenamed() {
        for (Path directory : renamedIn) {
            try {
                Directories.sync(directory);
            } catch (Unavailable e) {
                if (Files.exists(directory)) { // else its reader has taken it away, with the names in it
                    throw e;
                }
            }
        }
        renamedIn.clear();
    }

    /// What [#seal] was given for a trigger, if it got that far. Without a file of the trigger what is there is another's.
    Optional<ManifestEntry> sealed(long trigger) {
        return present.contains(trigger)
                ? entry.read().filter(files -> files.trigger() == trigger)
                : Optional.empty();
    }

    /// Gives a file its visible name; nothing happens if it has it already.
    ///
    /// @return whether it was renamed now
    boolean publish(long trigger, ManifestEntry.WrittenFile file) {
        Path from = waiting(file.path());
        Path to = output.resolve(file.path());
        Path parent = Optional.<@Nullable Path>ofNullable(to.getParent()).orElse(output);
        try {
            Directories.create(parent);
            willSync(parent);
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            checkPublished(to, file, trigger);
            return false;
        } catch (IOException e) {
            throw new Unavailable("THW-5074", "Cannot rename " + from + " to " + to + ": " + e
                    + ". Check that the output directory may be written, then start the query again.", e);
        }
    }

    /// With the directories above it, which a run that died may have made and not synced.
    private void willSync(Path directory) {
        Path at = directory;
        while (at != null && !at.equals(output)) {
            renamedIn.add(at);
            at = at.getParent();
        }
        renamedIn.add(output);
    }

    private static void checkPublished(Path to, ManifestEntry.WrittenFile file, long trigger) {
        try {
            if (Files.size(to) == file.size()) {
                return;
            }
        } catch (IOException _) {
            // said below
        }
        throw new Corrupted("THW-5075", "File " + to + " of trigger " + trigger + " is committed, but is neither staged"
                + " nor there with its " + file.size() + " bytes. Restore the output directory from a copy.");
    }

    /// All files of a trigger have been published.
    void finish(long trigger) {
        present.remove(trigger);
    }

    /// The files of a committed trigger that still wait for their names.
    List<ManifestEntry.WrittenFile> waiting(ManifestEntry files) {
        return files.files().stream().filter(file -> Files.exists(waiting(file.path()))).toList();
    }

    /// Sees to it that the names of a committed trigger's files become durable: who gave them may have died before that.
    void willSyncNames(ManifestEntry files) {
        for (ManifestEntry.WrittenFile file : files.files()) {
            Path parent = output.resolve(file.path()).getParent();
            if (parent != null && Files.exists(parent)) {
                willSync(parent);
            }
        }
    }

    /// Whether files of a trigger were found or staged.
    boolean hasFilesOf(long trigger) {
        return present.contains(trigger);
    }

    /// Deletes what is left of triggers that have been committed.
    void deleteThrough(long trigger) {
        for (long old : Set.copyOf(present)) {
            if (old <= trigger) {
                delete(old);
            }
        }
    }

    /// Drops a trigger that did not commit, sealed or not.
    void drop(long trigger) {
        if (present.contains(trigger)) {
            entry.clear(); // first, so that it never names files that are gone
            delete(trigger);
        }
    }

    private void delete(long trigger) {
        for (Path file : files()) {
            Matcher name = STAGED.matcher(String.valueOf(file.getFileName()));
            if (name.matches() && Long.parseLong(name.group(1)) == trigger) {
                Directories.delete(file);
            }
        }
        present.remove(trigger);
    }

    @Override
    public void close() {
        try (entry) {
            syncRenamed();
        }
    }
}
