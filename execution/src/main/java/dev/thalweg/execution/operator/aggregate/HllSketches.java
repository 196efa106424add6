package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.expression.function.SketchBytes;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/// `hll_union_agg`: the union of HyperLogLog sketches, of the size of the smallest of them.
final class HllSketches implements Sketch {
    private final SketchKind kind;
    private @Nullable HllSketch union;

    private HllSketches(SketchKind kind, @Nullable HllSketch union) {
        this.kind = kind;
        this.union = union;
    }

    static HllSketches empty(SketchKind kind) {
        return new HllSketches(kind, null);
    }

    static HllSketches of(SketchKind kind, byte[] bytes) {
        return new HllSketches(kind, HllSketch.heapify(bytes));
    }

    @Override
    public void add(Object value, long times) {
        HllSketch sketch = SketchBytes.hll((byte[]) value);
        HllSketch held = union;
        union = held == null ? sketch : SketchBytes.union(held, sketch, kind.option() != 0);
    }

    private HllSketch held() {
        return union == null ? new HllSketch(HllSketch.DEFAULT_LG_K, TgtHllType.HLL_8) : union;
    }

    @Override
    public byte[] bytes() {
        return held().toCompactByteArray();
    }

    @Override
    public Object result() {
        return held().toUpdatableByteArray();
    }
}
