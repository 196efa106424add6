package dev.thalweg.execution.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.execution.trigger.EngineSettings.WatermarkPolicy;
import dev.thalweg.spi.error.Corrupted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What makes a trigger run again just as it ran: the TRIGGER record of the log, as JSON.
///
/// @param offsets up to where each source is read, in the order of the plan's streaming scans; a source's range begins
///        where the trigger before ended
/// @param clockMillis the clock that the trigger's rows see
/// @param seed of the trigger's random numbers
/// @param watermarks W of each watermark declaration by its place among them: every edge's W follows from these
/// @param isEnd the last trigger of an input that has ended: time runs to its end
/// @param zone the pinned session time zone
/// @param watermarkPolicy the pinned `multipleWatermarkPolicy`
/// @param tasks how many tasks ran it
/// @param staticVersions of the tables that are read once, by name
/// @param idle the sources, by their place among the offsets, for whose watermark nobody waits in this trigger
record TriggerRecord(long number, List<String> offsets, long clockMillis, long seed, Map<Integer, Long> watermarks,
        boolean isEnd, String zone, WatermarkPolicy watermarkPolicy, int tasks, Map<String, String> staticVersions,
        List<Integer> idle) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    TriggerRecord {
        offsets = List.copyOf(offsets);
        watermarks = Map.copyOf(watermarks);
        staticVersions = Map.copyOf(staticVersions);
        idle = List.copyOf(idle);
    }

    String json() {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("trigger", number);
        offsets.forEach(offset -> tree.withArray("offsets").add(offset));
        tree.put("clockMillis", clockMillis);
        tree.put("seed", seed);
        ObjectNode times = tree.putObject("watermarks");
        new TreeMap<>(watermarks).forEach((node, micros) -> times.put(node.toString(), micros));
        tree.put("isEnd", isEnd);
        tree.put("zone", zone);
        tree.put("watermarkPolicy", watermarkPolicy.name());
        tree.put("tasks", tasks);
        ObjectNode versions = tree.putObject("staticVersions");
        new TreeMap<>(staticVersions).forEach(versions::put);
        idle.forEach(source -> tree.withArray("idle").add(source));
        return tree.toString();
    }

    static TriggerRecord parse(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            List<String> offsets = new ArrayList<>();
            tree.path("offsets").forEach(offset -> offsets.add(offset.asText()));
            List<Integer> idle = new ArrayList<>();
            tree.path("idle").forEach(source -> idle.add(source.asInt()));
            return new TriggerRecord(tree.required("trigger").asLong(), offsets, tree.required("clockMillis").asLong(),
                    tree.required("seed").asLong(), watermarks(tree.path("watermarks")),
                    tree.required("isEnd").asBoolean(), tree.required("zone").asText(),
                    WatermarkPolicy.valueOf(tree.required("watermarkPolicy").asText()), tree.required("tasks").asInt(),
                    texts(tree.path("staticVersions")), idle);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new Corrupted("THW-5060", "A TRIGGER record of the log is not readable: "
                    + json + ". Restore the checkpoint from a copy.", e);
        }
    }

    static String watermarksJson(Map<Integer, Long> watermarks) {
        ObjectNode times = JSON.createObjectNode();
        new TreeMap<>(watermarks).forEach((node, micros) -> times.put(node.toString(), micros));
        return times.toString();
    }

    static Map<Integer, Long> parseWatermarks(String json) {
        try {
            return watermarks(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new Corrupted("THW-5061", "The watermarks of a CHANGES record are not readable: "
                    + json + ". Restore the checkpoint from a copy.", e);
        }
    }

    private static Map<Integer, Long> watermarks(JsonNode tree) {
        Map<Integer, Long> times = new TreeMap<>();
        tree.properties().forEach(entry -> times.put(Integer.valueOf(entry.getKey()), entry.getValue().asLong()));
        return times;
    }

    private static Map<String, String> texts(JsonNode tree) {
        Map<String, String> texts = new TreeMap<>();
        tree.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
