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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tables that a checkpoint has state of, as they were declared: the file `tables`.
///
/// A table that is declared otherwise than it was is refused; its bytes would be taken for something else. So is a query
/// that goes on with other tables than it had.
final class StateTables {
    static final String FILE = "tables";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Map<String, StateTable> tables = new LinkedHashMap<>();
    private final Set<String> opened = new HashSet<>();
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

    /// @param version that the query goes on from
    synchronized void declare(StateTable declared, long version) {
        StateTable known = tables.get(declared.name());
        StateTable table = declared.withKeysOf(0); // as it is recorded
        opened.add(table.name());
        if (known == null) {
            if (version > 0) {
                throw new InvalidQuery("THW-5047", "The checkpoint " + file.getParent() + " is at version " + version
                        + " and has no state table '" + table.name() + "', of which this query wants to go on: it would"
                        + " begin empty, and miss all that was read before. The checkpoint has: " + tables.keySet()
                        + ". Undo the change to the query, or start it with a new checkpointLocation.");
            }
            tables.put(table.name(), table);
            recorded = false;
        } else if (!known.equals(table)) {
            throw new InvalidQuery("THW-5036", "State table '" + table.name() + "' of this query does not fit the one"
                    + " that the checkpoint " + file.getParent() + " holds.\n    stored:   " + describe(known)
                    + "\n    declared: " + describe(table)
                    + "\nUndo the change to the query, or start it with a new checkpointLocation.");
        }
    }

    /// Refuses to go on while a table is left alone: its rows would no longer be those of the version they are taken for.
    ///
    /// @param version that the query goes on from; at 0 all tables are empty
    synchronized void checkOpened(long version) {
        List<String> left = tables.keySet().stream().filter(table -> !opened.contains(table)).toList();
        if (version > 0 && !left.isEmpty()) {
            throw new InvalidQuery("THW-5047",
                    "The checkpoint " + file.getParent() + " has state tables that this query"
                            + " does not keep: " + left
                            + ". Undo the change to the query, or start it with a new checkpointLocation.");
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
