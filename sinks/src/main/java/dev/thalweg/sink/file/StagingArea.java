package dev.thalweg.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.AtomicFile;
import dev.thalweg.spi.file.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Where a trigger's files wait, invisible, until they are committed: `_staging/<trigger>/` of the output directory, with the
/// paths they will have below it. The file `.entry` is there once all of them are durable.
final class StagingArea {
    static final String DIRECTORY = "_staging";
    private static final String ENTRY = ".entry";

    private final Path output;
    private final Path root;
    private boolean rootIsDurable;

    StagingArea(Path output) {
        this.output = output;
        this.root = output.resolve(DIRECTORY);
    }

    /// Where a file of a trigger is written.
    Path path(long trigger, String name) {
        return directory(trigger).resolve(name);
    }

    private Path directory(long trigger) {
        return root.resolve(Long.toString(trigger));
    }

    /// Makes a trigger's files, which have been synced, durable as a set.
    void seal(ManifestEntry entry) {
        Path directory = directory(entry.trigger());
        Set<Path> made = new TreeSet<>();
        for (ManifestEntry.WrittenFile file : entry.files()) {
            for (Path at = directory.resolve(file.path()).getParent(); at != null
                    && !at.equals(directory); at = at.getParent()) {
                made.add(at);
            }
        }
        made.forEach(Directories::sync);
        AtomicFile.writeChecksummed(directory.resolve(ENTRY), entry.json().getBytes(UTF_8));
        Directories.sync(root);
        if (!rootIsDurable) {
            Directories.sync(output);
            rootIsDurable = true;
        }
    }

    /// What [#seal] was given for a trigger, if it got that far.
    Optional<ManifestEntry> sealed(long trigger) {
        Path file = directory(trigger).resolve(ENTRY);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ManifestEntry.parse(new String(AtomicFile.readChecksummed(file), UTF_8)));
        } catch (JsonProcessingException e) {
            throw new Corrupted("THW-5073", "File " + file + " is damaged. Restore the output directory from a copy.",
                    e);
        }
    }

    /// Gives a file its visible name; nothing happens if it has it already.
    ///
    /// @return whether it was renamed now
    boolean publish(long trigger, ManifestEntry.WrittenFile file) {
        Path from = path(trigger, file.path());
        Path to = output.resolve(file.path());
        try {
            Path parent = to.getParent();
            if (parent != null) {
                Directories.create(parent);
            }
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

    /// Makes the visible names of a trigger's files durable, and removes what is left of its stage.
    void finish(ManifestEntry entry) {
        Set<Path> parents = new TreeSet<>();
        entry.files().forEach(
                file -> parents.add(Optional.ofNullable(output.resolve(file.path()).getParent()).orElse(output)));
        parents.forEach(Directories::sync);
        delete(entry.trigger());
    }

    void delete(long trigger) {
        Directories.delete(directory(trigger));
    }

    /// Whether anything is left of a trigger's stage. It goes last, after its files' names are durable.
    boolean holds(long trigger) {
        return Files.exists(directory(trigger));
    }

    /// The triggers that have something staged.
    List<Long> triggers() {
        List<Long> triggers = new ArrayList<>();
        try (Stream<Path> entries = Files.list(root)) {
            entries.map(p -> String.valueOf(p.getFileName())).filter(n -> n.matches("\\d{1,18}")).map(Long::parseLong)
                    .forEach(triggers::add);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new Unavailable("THW-5076", "Cannot list " + root + ": " + e
                    + ". Check that the output directory may be read.", e);
        }
        return triggers;
    }
}
