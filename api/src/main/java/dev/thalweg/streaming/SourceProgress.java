package dev.thalweg.streaming;

import dev.thalweg.execution.progress.QueryProgress;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a trigger read from one source.
///
/// @param startOffset JSON, as the source writes it; null in a source's first trigger
/// @param endOffset up to where the trigger read
/// @param latestOffset up to where there was anything to read
public record SourceProgress(String description, @Nullable String startOffset, String endOffset, String latestOffset,
        long numInputRows, double inputRowsPerSecond, double processedRowsPerSecond, Map<String, String> metrics) {
    public SourceProgress {
        metrics = Map.copyOf(metrics);
    }

    static SourceProgress of(QueryProgress.SourceProgress source) {
        return new SourceProgress(source.description(), source.startOffset().orElse(null), source.endOffset(),
                source.latestOffset(), source.numInputRows(), source.inputRowsPerSecond(),
                source.processedRowsPerSecond(), source.metrics());
    }

    private QueryProgress.SourceProgress engine() {
        return new QueryProgress.SourceProgress(description, Optional.ofNullable(startOffset), endOffset, latestOffset,
                numInputRows, inputRowsPerSecond, processedRowsPerSecond, metrics);
    }

    public String json() {
        return engine().json();
    }

    public String prettyJson() {
        return engine().prettyJson();
    }
}
