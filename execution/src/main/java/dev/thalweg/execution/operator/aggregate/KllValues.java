package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.error.Defect;
import java.lang.foreign.MemorySegment;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.kll.KllFloatsSketch;
import org.apache.datasketches.kll.KllLongsSketch;
import org.apache.datasketches.kll.KllSketch;

/// `kll_sketch_agg_…` and `kll_merge_agg_…`: a sketch of quantiles. It draws lots, so that two of the same values answer
/// within its error and not alike.
///
/// **Source** Z. Karnin, K. Lang and E. Liberty, Optimal Quantile Approximation in Streams, 2016.
record KllValues(SketchKind kind, KllSketch sketch) implements Sketch {
    static KllValues empty(SketchKind kind) {
        int k = (int) kind.option();
        return new KllValues(kind, switch (type(kind)) {
            case "bigint" -> KllLongsSketch.newHeapInstance(k);
            case "float" -> KllFloatsSketch.newHeapInstance(k);
            default -> KllDoublesSketch.newHeapInstance(k);
        });
    }

    static KllValues of(SketchKind kind, byte[] bytes) {
        MemorySegment segment = MemorySegment.ofArray(bytes);
        return new KllValues(kind, switch (type(kind)) {
            case "bigint" -> KllLongsSketch.heapify(segment);
            case "float" -> KllFloatsSketch.heapify(segment);
            default -> KllDoublesSketch.heapify(segment);
        });
    }

    private static String type(SketchKind kind) {
        return kind.function().substring(kind.function().lastIndexOf('_') + 1);
    }

    @Override
    public void add(Object value, long times) {
        if (kind.merges()) {
            for (long i = 0; i < times; i++) {
                sketch.merge(of(kind, (byte[]) value).sketch());
            }
            return;
        }
        switch (sketch) {
            case KllLongsSketch longs -> longs.update((Long) value, times);
            case KllFloatsSketch floats -> floats.update((Float) value, times);
            case KllDoublesSketch doubles -> doubles.update((Double) value, times);
            default -> throw unknown();
        }
    }

    private Defect unknown() {
        return new Defect("THW-9471", "A KLL sketch is a " + sketch.getClass().getName() + ". Please send the query.");
    }

    @Override
    public byte[] bytes() {
        return switch (sketch) {
            case KllLongsSketch longs -> longs.toByteArray();
            case KllFloatsSketch floats -> floats.toByteArray();
            case KllDoublesSketch doubles -> doubles.toByteArray();
            default -> throw unknown();
        };
    }

    @Override
    public Object result() {
        return bytes();
    }
}
