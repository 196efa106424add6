package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.expression.function.SketchBytes;
import dev.thalweg.spi.error.Defect;
import java.lang.foreign.MemorySegment;
import org.apache.datasketches.theta.CompactThetaSketch;
import org.apache.datasketches.theta.ThetaIntersection;
import org.apache.datasketches.theta.ThetaSetOperation;
import org.apache.datasketches.theta.ThetaUnion;
import org.apache.datasketches.theta.UpdatableThetaSketch;

/// `theta_union_agg` and `theta_intersection_agg` of sketches.
record ThetaSketches(ThetaSetOperation operation) implements Sketch {
    static ThetaSketches union(SketchKind kind) {
        return new ThetaSketches(ThetaSetOperation.builder().setLogNominalEntries((int) kind.option()).buildUnion());
    }

    static ThetaSketches intersection(SketchKind kind) {
        return new ThetaSketches(ThetaSetOperation.builder().buildIntersection());
    }

    static ThetaSketches of(SketchKind kind, byte[] bytes) {
        return new ThetaSketches(ThetaSetOperation.heapify(MemorySegment.ofArray(bytes)));
    }

    @Override
    public void add(Object value, long times) {
        CompactThetaSketch sketch = SketchBytes.theta((byte[]) value);
        switch (operation) {
            case ThetaUnion union -> union.union(sketch);
            case ThetaIntersection intersection -> intersection.intersect(sketch);
            default -> throw unknown();
        }
    }

    private Defect unknown() {
        return new Defect("THW-9471", "A theta sketch is a " + operation.getClass().getName()
                + ". Please send the query.");
    }

    @Override
    public byte[] bytes() {
        return switch (operation) {
            case ThetaUnion union -> union.toByteArray();
            case ThetaIntersection intersection -> intersection.toByteArray();
            default -> throw unknown();
        };
    }

    @Override
    public Object result() {
        return switch (operation) {
            case ThetaUnion union -> union.getResult().toByteArray();
            case ThetaIntersection intersection -> intersection.hasResult()
                    ? intersection.getResult().toByteArray()
                    : UpdatableThetaSketch.builder().build().compact().toByteArray();
            default -> throw unknown();
        };
    }
}
