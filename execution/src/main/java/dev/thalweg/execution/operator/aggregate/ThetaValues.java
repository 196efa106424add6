package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.error.Defect;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.apache.datasketches.theta.UpdatableThetaSketch;

/// `theta_sketch_agg`: a theta sketch of values, cut down to its nominal entries, so that it is the same for every order of
/// arrival.
///
/// **Source** A. Dasgupta, K. Lang, L. Rhodes and J. Thaler, A Framework for Estimating Stream Expression Cardinalities, 2016.
record ThetaValues(UpdatableThetaSketch sketch) implements Sketch {
    static ThetaValues empty(SketchKind kind) {
        return new ThetaValues(UpdatableThetaSketch.builder().setLogNominalEntries((int) kind.option()).build());
    }

    static ThetaValues of(SketchKind kind, byte[] bytes) {
        return new ThetaValues(UpdatableThetaSketch.heapify(MemorySegment.ofArray(bytes)));
    }

    @Override
    public void add(Object value, long times) {
        switch (value) {
            case Double number -> sketch.update(number + 0.0);
            case Float number -> sketch.update(number + 0.0);
            case Long number -> sketch.update(number);
            case Integer number -> sketch.update(number.longValue());
            case String text -> sketch.update(text.getBytes(StandardCharsets.UTF_8));
            case byte[] bytes -> sketch.update(bytes);
            default -> throw new Defect("THW-9471", "A theta sketch is given a " + value.getClass().getName()
                    + ". Please send the query.");
        }
    }

    @Override
    public byte[] bytes() {
        return sketch.toByteArray();
    }

    @Override
    public Object result() {
        return sketch.rebuild().compact().toByteArray();
    }
}
