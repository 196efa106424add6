package dev.thalweg.sink.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The files that one trigger made.
record ManifestEntry(long trigger, List<WrittenFile> files) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// @param path below the output directory, with `/` between its parts
    /// @param checksum CRC32C of its bytes
    record WrittenFile(String path, long size, int checksum) {}

    ManifestEntry {
        files = List.copyOf(files);
    }

    String json() {
        ObjectNode node = MAPPER.createObjectNode().put("trigger", trigger);
        ArrayNode array = node.putArray("files");
        files.forEach(f -> array.addObject().put("path", f.path()).put("size", f.size()).put("crc32c",
                Integer.toUnsignedLong(f.checksum())));
        return node.toString();
    }

    static ManifestEntry parse(String json) throws JsonProcessingException {
        JsonNode node = MAPPER.readTree(json);
        List<WrittenFile> files = new ArrayList<>();
        for (JsonNode file : node.path("files")) {
            files.add(new WrittenFile(file.path("path").asText(), file.path("size").asLong(),
                    (int) file.path("crc32c").asLong()));
        }
        return new ManifestEntry(node.path("trigger").asLong(), files);
    }
}
