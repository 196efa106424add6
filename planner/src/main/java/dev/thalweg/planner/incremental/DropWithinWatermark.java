package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Keyed;
import dev.thalweg.spi.data.RowType;
import java.util.List;

/// The first row of each key, by arrival, and the first one that comes after the key has been let go: when the watermark has
/// reached the time of the row that was kept and the delay besides.
///
/// @param time the event time of the rows
/// @param delayMicros by how much the watermark trails
public record DropWithinWatermark(PlanNode input, List<Integer> keys, int time, long delayMicros)
        implements
            Keyed {
    public DropWithinWatermark {
        keys = List.copyOf(keys);
    }

    @Override
    public RowType schema() {
        return input.schema();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Integer> meetBy(int ignored) {
        return keys;
    }

    @Override
    public DropWithinWatermark over(List<PlanNode> inputs) {
        return new DropWithinWatermark(inputs.getFirst(), keys, time, delayMicros);
    }
}
