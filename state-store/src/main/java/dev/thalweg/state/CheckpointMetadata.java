package dev.thalweg.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/// What a checkpoint is of: the file `metadata`, written once, when the checkpoint is born.
///
/// @param queryId stays the same over restarts
/// @param formatVersion of everything in the checkpoint
/// @param keyGroups fixed at birth
/// @param plan the fingerprint of the plan, as JSON
public record CheckpointMetadata(String queryId, int formatVersion, int keyGroups, String plan) {
    /// 2: tables are named by the place of their node among those that keep state.
    public static final int FORMAT_VERSION = 2;
    static final String FILE = "metadata";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /// For a new checkpoint.
    ///
    /// @param plan any JSON value
    public static CheckpointMetadata of(String queryId, String plan) {
        return new CheckpointMetadata(queryId, FORMAT_VERSION, KeyGroups.COUNT, plan);
    }

    void write(Path directory) {
        try {
            byte[] json = JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsBytes(JSON.createObjectNode().put("formatVersion", formatVersion)
                            .put("queryId", queryId).put("keyGroups", keyGroups).set("plan", JSON.readTree(plan)));
            AtomicFile.writeChecksummed(directory.resolve(FILE), json);
        } catch (IOException e) {
            throw new IllegalArgumentException("The plan's fingerprint is not JSON: " + plan, e);
        }
    }

    static CheckpointMetadata read(Path directory) {
        Path file = directory.resolve(FILE);
        byte[] bytes = AtomicFile.readChecksummed(file);
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (IOException e) {
            throw new Corrupted("THW-5035", "Checkpoint file " + file + " cannot be understood: " + e
                    + ". Restore it from a copy; it is never written again after the checkpoint's birth.", e);
        }
        int version = json.path("formatVersion").asInt();
        if (version > FORMAT_VERSION) {
            throw new Unavailable("THW-5033", "Checkpoint " + directory + " has format version " + version
                    + ", but this Thalweg reads up to " + FORMAT_VERSION
                    + ". Run the query with the version of Thalweg that wrote it, or a newer one.");
        }
        if (version < FORMAT_VERSION) {
            throw new Unavailable("THW-5046", "Checkpoint " + directory + " has format version " + version
                    + ", but this Thalweg reads version " + FORMAT_VERSION + " only: its tables of state were named"
                    + " otherwise, and their rows would silently be lost. Finish the query with the version of Thalweg"
                    + " that wrote it, or start it with a new checkpointLocation.");
        }
        if (json.path("keyGroups").asInt() != KeyGroups.COUNT) {
            throw new Unavailable("THW-5033", "Checkpoint " + directory + " has " + json.path("keyGroups").asInt()
                    + " key groups, but this Thalweg cuts state into " + KeyGroups.COUNT
                    + ". Run the query with the version of Thalweg that wrote it.");
        }
        return new CheckpointMetadata(json.path("queryId").asText(), version, KeyGroups.COUNT,
                json.path("plan").toString());
    }
}
