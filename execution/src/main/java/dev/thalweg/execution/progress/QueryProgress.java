package dev.thalweg.execution.progress;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// The figures of one trigger. [#json] writes them with Spark's field names.
///
/// @param id of the query, the same over restarts
/// @param runId of this start of it
/// @param batchId the trigger's number, under the name that Spark's format fixes
/// @param durations how long each part took
/// @param eventTime of the rows of this trigger, where the plan has a watermark
public record QueryProgress(UUID id, UUID runId, Optional<String> name, Instant timestamp, long batchId,
        Durations durations, Optional<EventTimeProgress> eventTime, List<StateOperatorProgress> stateOperators,
        List<SourceProgress> sources, SinkProgress sink) {
    public QueryProgress {
        stateOperators = List.copyOf(stateOperators);
        sources = List.copyOf(sources);
    }

    public long numInputRows() {
        return sources.stream().mapToLong(SourceProgress::numInputRows).sum();
    }

    public double inputRowsPerSecond() {
        return sources.stream().mapToDouble(SourceProgress::inputRowsPerSecond).sum();
    }

    public double processedRowsPerSecond() {
        return sources.stream().mapToDouble(SourceProgress::processedRowsPerSecond).sum();
    }

    /// The whole trigger, in milliseconds.
    public long batchDuration() {
        return durations.millis("triggerExecution");
    }

    /// How long the parts took, in milliseconds, by Spark's names in their order.
    public SortedMap<String, Long> durationMs() {
        SortedMap<String, Long> millis = new TreeMap<>();
        durations.nanos().keySet().forEach(part -> millis.put(part, durations.millis(part)));
        return millis;
    }

    /// `avg`, `max` and `min` of the rows' event times, if there were any, and the `watermark`, in ISO 8601; empty for a plan
    /// without a watermark.
    public SortedMap<String, String> eventTimes() {
        return ProgressJson.eventTimes(this);
    }

    public String json() {
        return ProgressJson.compact(this);
    }

    public String prettyJson() {
        return ProgressJson.pretty(this);
    }

    @Override
    public String toString() {
        return prettyJson();
    }

    /// How long the parts of a trigger took, in nanoseconds, by Spark's names: `latestOffset`, `getBatch`,
    /// `queryPlanning`, `walCommit`, `addBatch`, `commitOffsets`, `triggerExecution`. Where a trigger has waited for the one
    /// before to be committed, that is our own part `commitWait`. Triggers overlap, so their times may add up to more than has
    /// passed.
    public record Durations(Map<String, Long> nanos) {
        public Durations {
            nanos = Map.copyOf(nanos);
        }

        public long nanos(String part) {
            return nanos.getOrDefault(part, 0L);
        }

        public long millis(String part) {
            return Math.round(nanos(part) / 1e6);
        }
    }

    /// Event times of the rows that reached a watermark in this trigger, in microseconds, and the plan's output watermark
    /// after it. Minimum, maximum and mean are absent when no such row came.
    public record EventTimeProgress(Optional<Observed> observed, long watermarkMicros) {}

    public record Observed(long minMicros, long maxMicros, long meanMicros) {}

    /// What one stateful operator keeps, and what the trigger did to it.
    ///
    /// @param operatorName such as `aggregate`
    /// @param node the operator's place in the plan, as EXPLAIN numbers it
    /// @param numRowsTotal entries that the state holds after the trigger
    /// @param numRowsDroppedByWatermark late rows of this trigger
    public record StateOperatorProgress(String operatorName, int node, long numRowsTotal, long numRowsUpdated,
            long numRowsRemoved, long numRowsDroppedByWatermark, long memoryUsedBytes, int numShufflePartitions,
            Map<String, Long> customMetrics) {
        public StateOperatorProgress {
            customMetrics = Map.copyOf(customMetrics);
        }

        public String json() {
            return ProgressJson.of(this).toString();
        }

        public String prettyJson() {
            return ProgressJson.of(this).toPrettyString();
        }
    }

    /// Offsets are JSON values as the source wrote them; the start of a first trigger is empty.
    public record SourceProgress(String description, Optional<String> startOffset, String endOffset,
            String latestOffset, long numInputRows, double inputRowsPerSecond, double processedRowsPerSecond,
            Map<String, String> metrics) {
        public SourceProgress {
            metrics = Map.copyOf(metrics);
        }

        public String json() {
            return ProgressJson.of(this).toString();
        }

        public String prettyJson() {
            return ProgressJson.of(this).toPrettyString();
        }
    }

    public record SinkProgress(String description, long numOutputRows) {
        public String json() {
            return ProgressJson.of(this).toString();
        }

        public String prettyJson() {
            return ProgressJson.of(this).toPrettyString();
        }
    }
}
