package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;

/// A watermark's declaration in one task: measures the event times of the rows that pass.
final class GaugeStep implements Step, Port {
    private final PlanNode.Watermark node;
    private final EventTimeGauge gauge;
    private final Port out;

    GaugeStep(PlanNode.Watermark node, Port out) {
        this.node = node;
        this.gauge = new EventTimeGauge(node.column());
        this.out = out;
    }

    @Override
    public PlanNode.Watermark node() {
        return node;
    }

    EventTimeGauge gauge() {
        return gauge;
    }

    @Override
    public void take(Batch batch) {
        gauge.observe(batch);
        out.take(batch);
    }

    @Override
    public void begin(Watermark before) {
        gauge.reset();
    }

    @Override
    public void advance(Watermark after) {}

    @Override
    public void close() {}
}
