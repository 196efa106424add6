package dev.thalweg.state.snapshot;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.AtomicFile;
import dev.thalweg.spi.file.Checksum;
import dev.thalweg.state.KeyGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One task's part of a snapshot: the files that its manifest names.
///
/// @param directory `snapshots/<version>/<key groups>`
/// @param files empty when the task had no state
public record SnapshotPart(Path directory, long version, KeyGroups groups, List<StoredFile> files) {
    static final String MANIFEST = "manifest";
    private static final int FORMAT_VERSION = 1;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    public SnapshotPart {
        files = List.copyOf(files);
    }

    /// A file of a snapshot.
    ///
    /// @param checksum CRC32C of all its bytes
    public record StoredFile(String name, long bytes, int checksum) {
        /// Whether its bytes never change, so that a link is as good as a copy and a checksum need not be taken again.
        boolean isImmutable() {
            return name.endsWith(".sst");
        }
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }

    public long bytes() {
        return files.stream().mapToLong(StoredFile::bytes).sum();
    }

    void writeManifest() {
        ObjectNode json = JSON.createObjectNode().put("formatVersion", FORMAT_VERSION).put("version", version)
                .put("keyGroups", groups.toString());
        ArrayNode list = json.putArray("files");
        for (StoredFile file : files) {
            list.addObject().put("name", file.name).put("bytes", file.bytes).put("crc32c", Checksum.hex(file.checksum));
        }
        try {
            AtomicFile.writeChecksummed(directory.resolve(MANIFEST),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        } catch (JacksonException e) {
            throw new IllegalStateException(e);
        }
    }

    static SnapshotPart read(Path directory) {
        Path manifest = directory.resolve(MANIFEST);
        byte[] bytes = AtomicFile.readChecksummed(manifest);
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json.path("formatVersion").asInt() > FORMAT_VERSION) {
                throw new Unavailable("THW-5041", "Snapshot manifest " + manifest + " has format version "
                        + json.path("formatVersion").asInt() + ", but this Thalweg reads up to " + FORMAT_VERSION
                        + ". Run the query with the version of Thalweg that wrote it, or a newer one.");
            }
            List<StoredFile> files = new ArrayList<>();
            for (JsonNode file : json.path("files")) {
                files.add(new StoredFile(file.path("name").asText(), file.path("bytes").asLong(),
                        Integer.parseUnsignedInt(file.path("crc32c").asText(), 16)));
            }
            return new SnapshotPart(directory, json.path("version").asLong(),
                    KeyGroups.parse(json.path("keyGroups").asText()), files);
        } catch (IOException | RuntimeException e) {
            if (e instanceof Unavailable known) {
                throw known;
            }
            throw new Corrupted("THW-5042", "Snapshot manifest " + manifest + " cannot be understood: " + e
                    + ". Delete the directory " + directory.getParent()
                    + ": older snapshots and the log are used instead.",
                    e);
        }
    }

    /// What is wrong with the files, if anything is.
    public Optional<String> problem() {
        for (StoredFile file : files) {
            Path path = directory.resolve(file.name);
            if (!Files.isRegularFile(path)) {
                return Optional.of(path + " is missing");
            }
            if (path.toFile().length() != file.bytes) {
                return Optional.of(path + " has " + path.toFile().length() + " bytes instead of " + file.bytes);
            }
            if (Checksum.of(path, file.bytes) != file.checksum) {
                return Optional.of(path + " does not match its checksum " + Checksum.hex(file.checksum));
            }
        }
        return Optional.empty();
    }

    /// Makes a directory that a database may open and change: files that never change are linked, the others copied.
    ///
    /// @param checksums receives those of the linked files
    public void linkInto(Path target, Map<String, Integer> checksums) {
        for (StoredFile file : files) {
            Path from = directory.resolve(file.name);
            Path to = target.resolve(file.name);
            try {
                if (!file.isImmutable() || !link(from, to)) {
                    Files.copy(from, to);
                }
            } catch (IOException e) {
                throw new Unavailable("THW-5043", "Cannot copy " + from + " to " + to + ": " + e
                        + ". Check that the disk is not full and may be written.", e);
            }
            if (file.isImmutable()) {
                checksums.put(file.name, file.checksum);
            }
        }
    }

    private static boolean link(Path from, Path to) {
        try {
            Files.createLink(to, from);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // another file system, or one without hard links: a copy does as well
        }
    }
}
