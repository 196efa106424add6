package dev.thalweg.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.file.Checksum;
import dev.thalweg.spi.file.FileEntry;
import java.nio.file.Path;
import java.util.List;

/// The lines of the list of seen files: `<CRC32C> <JSON>`, each a file, or the first of a compacted list: how many files had
/// been taken for good, and how many of those the next lines still know.
final class SeenFileLines {
    private static final int CHECKSUM_LENGTH = 8;

    private final JsonMapper mapper = JsonMapper.builder().build();

    /// What a line says.
    sealed interface Line {
        /// A file that was found.
        record OfFile(FileEntry entry) implements Line {}

        /// The first line of a list that was rewritten.
        ///
        /// @param taken files whose numbers nobody asks for again
        /// @param known how many of them follow, in no order that matters
        record Compacted(long taken, int known) implements Line {}
    }

    String file(FileEntry entry) {
        return line(mapper.createObjectNode().put("path", entry.path().toString()).put("size", entry.size())
                .put("modified", entry.modifiedMillis()));
    }

    /// A whole list: what is still known of the files taken for good, and the files after them.
    String compacted(long taken, List<FileEntry> known, List<FileEntry> after) {
        StringBuilder lines = new StringBuilder(
                line(mapper.createObjectNode().put("taken", taken).put("known", known.size())));
        known.forEach(entry -> lines.append(file(entry)));
        after.forEach(entry -> lines.append(file(entry)));
        return lines.toString();
    }

    private static String line(JsonNode node) {
        String json = node.toString();
        return Checksum.hex(Checksum.of(json.getBytes(UTF_8))) + " " + json + "\n";
    }

    /// @param number of the line in its file, for the message
    /// **Errors** [Corrupted] when it is not what was written
    Line parse(Path file, int number, String line) {
        String json = line.length() <= CHECKSUM_LENGTH ? "" : line.substring(CHECKSUM_LENGTH + 1);
        try {
            if (line.startsWith(Checksum.hex(Checksum.of(json.getBytes(UTF_8))))) {
                JsonNode node = mapper.readTree(json);
                return node.has("taken")
                        ? new Line.Compacted(node.path("taken").asLong(), node.path("known").asInt())
                        : new Line.OfFile(new FileEntry(Path.of(node.path("path").asText()), node.path("size").asLong(),
                                node.path("modified").asLong()));
            }
        } catch (JsonProcessingException _) {
            // said below
        }
        throw new Corrupted("THW-5022", "Line " + number + " of " + file
                + " is damaged. Restore the checkpoint from a copy, or begin with a new one.");
    }
}
