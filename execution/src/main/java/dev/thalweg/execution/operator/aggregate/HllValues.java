package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.ValueBytes;
import java.nio.charset.StandardCharsets;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;

/// `approx_count_distinct` and `hll_sketch_agg`: a HyperLogLog sketch of values. The estimate is made from the registers
/// alone, which are the same for every order of arrival.
///
/// **Source** P. Flajolet, É. Fusy, O. Gandouet and F. Meunier, HyperLogLog, 2007.
record HllValues(SketchKind kind, HllSketch sketch) implements Sketch {
    static HllValues empty(SketchKind kind) {
        int lgK = counts(kind) ? kind.lgRegisters() : (int) kind.option();
        return new HllValues(kind, new HllSketch(lgK, TgtHllType.HLL_8));
    }

    static HllValues of(SketchKind kind, byte[] bytes) {
        return new HllValues(kind, HllSketch.heapify(bytes));
    }

    private static boolean counts(SketchKind kind) {
        return kind.function().equals("approx_count_distinct");
    }

    @Override
    public void add(Object value, long times) {
        switch (value) {
            case Double number -> sketch.update(number + 0.0);
            case Float number -> sketch.update(number + 0.0);
            case Long number -> sketch.update(number);
            case Integer number -> sketch.update(number.longValue());
            case Short number -> sketch.update(number.longValue());
            case Byte number -> sketch.update(number.longValue());
            case Boolean truth -> sketch.update(truth ? 1L : 0L);
            case String text when counts(kind) -> sketch.update(counted(text.getBytes(StandardCharsets.UTF_8)));
            case byte[] bytes when counts(kind) -> sketch.update(counted(bytes));
            case String text -> sketch.update(text.getBytes(StandardCharsets.UTF_8));
            case byte[] bytes -> sketch.update(bytes);
            default -> sketch.update(ValueBytes.write(value, kind.type(), true));
        }
    }

    /// A sketch passes over nothing at all, but an empty text is a value.
    private static byte[] counted(byte[] bytes) {
        return bytes.length == 0 ? new byte[] {0} : bytes;
    }

    @Override
    public byte[] bytes() {
        return sketch.toCompactByteArray();
    }

    @Override
    public Object result() {
        return counts(kind) ? (Object) Math.round(sketch.getCompositeEstimate()) : sketch.toUpdatableByteArray();
    }
}
