package dev.thalweg.sink.file;

import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Compares an output directory with its manifest: committed files that are gone or changed, and files of ours that the
/// manifest does not know.
///
/// **Cost** One look at each file; with their bytes, all of them are read.
final class OutputInspection {
    private static final Pattern OURS = Pattern.compile("part-\\d{8,}-\\d{5,}\\.(json|csv|txt)(\\.gz)?");

    private final Path output;
    private final boolean readsBytes;

    OutputInspection(Path output, boolean readsBytes) {
        this.output = output;
        this.readsBytes = readsBytes;
    }

    /// What is wrong, in whole sentences.
    List<String> problems(List<ManifestEntry> committed) {
        List<String> problems = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (ManifestEntry entry : committed) {
            for (ManifestEntry.WrittenFile file : entry.files()) {
                known.add(file.path());
                problem(entry, file).ifPresent(problems::add);
            }
        }
        for (String visible : visible()) {
            if (!known.contains(visible)) {
                problems.add("File " + output.resolve(visible)
                        + " is not in the manifest, so nobody can say whether it is committed. Restore "
                        + output.resolve(Manifest.DIRECTORY) + " from a copy, or move the file away.");
            }
        }
        return problems;
    }

    private Optional<String> problem(ManifestEntry entry, ManifestEntry.WrittenFile file) {
        Path path = output.resolve(file.path());
        long bytes = path.toFile().length();
        if (!Files.exists(path)) {
            boolean waits = Files.exists(new StagingArea(output).waiting(file.path()));
            return waits
                    ? Optional.empty() // for the rename that the next start finishes
                    : Optional.of(describe(entry, path)
                            + " is not there any more. Restore it from a copy; it is not written again.");
        }
        if (bytes != file.size()) {
            return Optional.of(describe(entry, path) + " has " + bytes + " bytes, but was written with " + file.size()
                    + ". Restore it from a copy.");
        }
        return readsBytes && Checksum.of(path, bytes) != file.checksum()
                ? Optional.of(describe(entry, path) + " is not what was written: its checksum differs."
                        + " Restore it from a copy.")
                : Optional.empty();
    }

    private static String describe(ManifestEntry entry, Path path) {
        return "File " + path + ", committed by trigger " + entry.trigger() + ",";
    }

    /// The files that look like ours and are no longer staged.
    private List<String> visible() {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(file -> OURS.matcher(String.valueOf(file.getFileName())).matches())
                    .map(file -> output.relativize(file)).filter(file -> !file.startsWith(StagingArea.DIRECTORY))
                    .map(file -> file.toString().replace('\\', '/')).sorted().toList();
        } catch (IOException e) {
            throw new Unavailable("THW-5076", "Cannot list " + output + ": " + e
                    + ". Check that the output directory may be read.", e);
        }
    }
}
