package dev.thalweg.streaming;

import dev.thalweg.execution.progress.QueryProgress;
import java.util.Map;

/// What one stateful operator keeps after a trigger, and what the trigger did to it.
///
/// @param operatorName such as `aggregate`
/// @param numRowsTotal entries of its state
/// @param numRowsDroppedByWatermark late rows of the trigger
/// @param numShufflePartitions the tasks that share the state
public record StateOperatorProgress(String operatorName, long numRowsTotal, long numRowsUpdated, long numRowsRemoved,
        long memoryUsedBytes, long numRowsDroppedByWatermark, long numShufflePartitions,
        Map<String, Long> customMetrics) {
    public StateOperatorProgress {
        customMetrics = Map.copyOf(customMetrics);
    }

    static StateOperatorProgress of(QueryProgress.StateOperatorProgress operator) {
        return new StateOperatorProgress(operator.operatorName(), operator.numRowsTotal(), operator.numRowsUpdated(),
                operator.numRowsRemoved(), operator.memoryUsedBytes(), operator.numRowsDroppedByWatermark(),
                operator.numShufflePartitions(), operator.customMetrics());
    }

    private QueryProgress.StateOperatorProgress engine() {
        return new QueryProgress.StateOperatorProgress(operatorName, 0, numRowsTotal, numRowsUpdated, numRowsRemoved,
                numRowsDroppedByWatermark, memoryUsedBytes, Math.toIntExact(numShufflePartitions), customMetrics);
    }

    public String json() {
        return engine().json();
    }

    public String prettyJson() {
        return engine().prettyJson();
    }
}
