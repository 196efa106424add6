package dev.thalweg.execution.expression.function;

import dev.thalweg.spi.error.InvalidQuery;
import java.lang.foreign.MemorySegment;
import org.apache.datasketches.common.SketchesException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.theta.CompactThetaSketch;

/// Sketches read from the BINARY that a query hands around, with an error that says so where it is none.
public final class SketchBytes {
    private SketchBytes() {}

    interface Reading<T> {
        T read(MemorySegment bytes);
    }

    static <T> T read(String kind, byte[] bytes, Reading<T> reading) {
        try {
            return reading.read(MemorySegment.ofArray(bytes));
        } catch (SketchesException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new InvalidQuery("THW-4253", "These " + bytes.length + " bytes are no " + kind + " sketch ("
                    + e.getMessage() + "). Give what an aggregate such as hll_sketch_agg has made.");
        }
    }

    public static HllSketch hll(byte[] bytes) {
        return read("HyperLogLog", bytes, HllSketch::heapify);
    }

    public static HllSketch union(HllSketch first, HllSketch second, boolean allowDifferent) {
        int lgK = Math.min(first.getLgConfigK(), second.getLgConfigK());
        if (!allowDifferent && first.getLgConfigK() != second.getLgConfigK()) {
            throw new InvalidQuery("THW-4254", "Two HyperLogLog sketches have lgConfigK " + first.getLgConfigK()
                    + " and " + second.getLgConfigK() + ". Make them alike, or pass true as the last argument to have"
                    + " the smaller of both.");
        }
        HllUnion union = new HllUnion(lgK);
        union.update(first);
        union.update(second);
        return union.getResult(TgtHllType.HLL_8);
    }

    public static CompactThetaSketch theta(byte[] bytes) {
        return read("theta", bytes, CompactThetaSketch::heapify);
    }
}
