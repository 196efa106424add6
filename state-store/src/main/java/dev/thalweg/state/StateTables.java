package dev.thalweg.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tables that a checkpoint has state of, as they were declared: the file `tables`.
///
/// A table that is declared otherwise than it was is refused; its bytes would be taken for something else.
final class StateTables {
    static final String FILE = "tables";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Map<String, StateTable> tables = new LinkedHashMap<>();
    private boolean recorded = true;

    StateTables(Path directory) {
        file = directory.resolve(FILE);
        if (Files.exists(file)) {
            read();
        }
    }

    synchronized List<StateTable> all() {
        return List.copyOf(tables.values());
    }

    synchronized void declare(StateTable table) {
        StateTable known = tables.putIfAbsent(table.name(), table);
        if (known == null) {
            recorded = false;
        } else if (!known.equals(table)) {
            throw new InvalidQuery("THW-5036", "State table '" + table.name() + "' of this query does not fit the one"
                    + " that the checkpoint " + file.getParent() + " holds.\n    stored:   " + describe(known)
                    + "\n    declared: " + describe(table)
                    + "\nUndo the change to the query, or start it with a new checkpointLocation.");
        }
    }

    /// Makes what was declared durable; before the first changes of a new table are.
    synchronized void record() {
        if (recorded) {
            return;
        }
        ObjectNode json = JSON.createObjectNode();
        for (StateTable table : tables.values()) {
            json.putObject(table.name()).put("valueBytes", table.valueBytes()).put("hasTail", table.hasTail())
                    .put("timeFirst", table.timeFirst()).put("keyType", table.keyType())
                    .put("valueType", table.valueType());
        }
        try {
            AtomicFile.writeChecksummed(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        recorded = true;
    }

    static String describe(StateTable table) {
        return "key " + table.keyType() + (table.timeFirst() ? " (freed by its time)" : "") + ", value "
                + table.valueType() + " (" + table.valueBytes() + " bytes" + (table.hasTail() ? " and more" : "")
                + ")";
    }

    private void read() {
        try {
            for (Map.Entry<String, JsonNode> table : JSON.readTree(AtomicFile.readChecksummed(file)).properties()) {
                JsonNode json = table.getValue();
                tables.put(table.getKey(), new StateTable(table.getKey(), json.path("valueBytes").asInt(),
                        json.path("hasTail").asBoolean(), json.path("timeFirst").asBoolean(),
                        json.path("keyType").asText(), json.path("valueType").asText()));
            }
        } catch (IOException e) {
            throw new Corrupted("THW-5035",
                    "Checkpoint file " + file + " cannot be understood: " + e + ". Restore it from a copy.", e);
        }
    }
}
