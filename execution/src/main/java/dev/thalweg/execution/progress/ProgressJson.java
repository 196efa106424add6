package dev.thalweg.execution.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.execution.progress.QueryProgress.EventTimeProgress;
import dev.thalweg.execution.progress.QueryProgress.Observed;
import dev.thalweg.execution.progress.QueryProgress.SinkProgress;
import dev.thalweg.execution.progress.QueryProgress.SourceProgress;
import dev.thalweg.execution.progress.QueryProgress.StateOperatorProgress;
import dev.thalweg.spi.error.Defect;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes progress as Spark writes it, so that what reads Spark's reads ours.
final class ProgressJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    private ProgressJson() {}

    static String compact(QueryProgress progress) {
        return tree(progress).toString();
    }

    static String pretty(QueryProgress progress) {
        return tree(progress).toPrettyString();
    }

    static JsonNode of(StateOperatorProgress operator) {
        ObjectNode tree = JSON.createObjectNode();
        put(tree, operator);
        return tree;
    }

    static JsonNode of(SourceProgress source) {
        ObjectNode tree = JSON.createObjectNode();
        put(tree, source);
        return tree;
    }

    static JsonNode of(SinkProgress sink) {
        return JSON.createObjectNode().put("description", sink.description()).put("numOutputRows",
                sink.numOutputRows());
    }

    static JsonNode of(QueryStatus status) {
        return JSON.createObjectNode().put("message", status.message()).put("isDataAvailable", status.isDataAvailable())
                .put("isTriggerActive", status.isTriggerActive());
    }

    private static ObjectNode tree(QueryProgress progress) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("id", progress.id().toString());
        tree.put("runId", progress.runId().toString());
        tree.put("name", progress.name().orElse(null));
        tree.put("timestamp", TIME.format(progress.timestamp()));
        tree.put("batchId", progress.batchId());
        tree.put("batchDuration", progress.batchDuration());
        tree.put("numInputRows", progress.numInputRows());
        tree.put("inputRowsPerSecond", progress.inputRowsPerSecond());
        tree.put("processedRowsPerSecond", progress.processedRowsPerSecond());
        ObjectNode durations = tree.putObject("durationMs");
        progress.durationMs().forEach(durations::put);
        ObjectNode eventTime = tree.putObject("eventTime");
        eventTimes(progress).forEach(eventTime::put);
        progress.stateOperators().forEach(operator -> put(tree.withArray("stateOperators").addObject(), operator));
        tree.withArray("stateOperators");
        progress.sources().forEach(source -> put(tree.withArray("sources").addObject(), source));
        tree.withArray("sources");
        tree.set("sink", of(progress.sink()));
        return tree;
    }

    static SortedMap<String, String> eventTimes(QueryProgress progress) {
        SortedMap<String, String> times = new TreeMap<>();
        if (progress.eventTime().isPresent()) {
            EventTimeProgress time = progress.eventTime().get();
            if (time.observed().isPresent()) {
                Observed observed = time.observed().get();
                times.put("avg", text(observed.meanMicros()));
                times.put("max", text(observed.maxMicros()));
                times.put("min", text(observed.minMicros()));
            }
            times.put("watermark", text(time.watermarkMicros()));
        }
        return times;
    }

    /// Spark shows a watermark that does not exist yet as the beginning of 1970.
    private static String text(long micros) {
        long shown = micros == Long.MIN_VALUE ? 0 : micros;
        long seconds = Math.min(Math.floorDiv(shown, 1_000_000L),
                Instant.parse("9999-12-31T23:59:59Z").getEpochSecond());
        return TIME.format(Instant.ofEpochSecond(seconds, Math.floorMod(shown, 1_000_000L) * 1_000L));
    }

    private static void put(ObjectNode node, StateOperatorProgress operator) {
        node.put("operatorName", operator.operatorName());
        node.put("numRowsTotal", operator.numRowsTotal());
        node.put("numRowsUpdated", operator.numRowsUpdated());
        node.put("numRowsRemoved", operator.numRowsRemoved());
        node.put("memoryUsedBytes", operator.memoryUsedBytes());
        node.put("numRowsDroppedByWatermark", operator.numRowsDroppedByWatermark());
        node.put("numShufflePartitions", operator.numShufflePartitions());
        ObjectNode custom = node.putObject("customMetrics");
        new TreeMap<>(operator.customMetrics()).forEach(custom::put);
    }

    private static void put(ObjectNode node, SourceProgress source) {
        node.put("description", source.description());
        node.set("startOffset", offset(source.startOffset()));
        node.set("endOffset", offset(Optional.of(source.endOffset())));
        node.set("latestOffset", offset(Optional.of(source.latestOffset())));
        node.put("numInputRows", source.numInputRows());
        node.put("inputRowsPerSecond", source.inputRowsPerSecond());
        node.put("processedRowsPerSecond", source.processedRowsPerSecond());
        if (!source.metrics().isEmpty()) {
            ObjectNode metrics = node.putObject("metrics");
            for (Map.Entry<String, String> metric : new TreeMap<>(source.metrics()).entrySet()) {
                metrics.put(metric.getKey(), metric.getValue());
            }
        }
    }

    private static JsonNode offset(Optional<String> json) {
        try {
            return json.isPresent() ? JSON.readTree(json.get()) : JSON.nullNode();
        } catch (JsonProcessingException e) {
            throw new Defect("THW-9004", "A source wrote an offset that is not JSON: " + json.get(), e);
        }
    }
}
