package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.ArgumentTypes;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.kll.KllFloatsSketch;
import org.apache.datasketches.kll.KllLongsSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.apache.datasketches.theta.ThetaSetOperation;
import org.apache.datasketches.theta.ThetaUnion;
import org.jspecify.annotations.Nullable;

/// Sketches asked and put together. A sketch is BINARY, laid out as Apache DataSketches lays it out in every language.
public final class SketchFunctions {
    private static final int LG_NOMINAL_ENTRIES = 12;
    private static final int TOP = 5;

    private SketchFunctions() {}

    // ---- HyperLogLog

    public static long hllSketchEstimate(byte[] sketch) {
        return Math.round(SketchBytes.hll(sketch).getCompositeEstimate());
    }

    public static byte[] hllUnion(byte[] first, byte[] second) {
        return hllUnion(first, second, false);
    }

    public static byte[] hllUnion(byte[] first, byte[] second, boolean allowDifferentLgConfigK) {
        return SketchBytes.union(SketchBytes.hll(first), SketchBytes.hll(second), allowDifferentLgConfigK)
                .toUpdatableByteArray();
    }

    // ---- theta

    public static long thetaSketchEstimate(byte[] sketch) {
        return Math.round(SketchBytes.theta(sketch).getEstimate());
    }

    public static byte[] thetaUnion(byte[] first, byte[] second) {
        return thetaUnion(first, second, LG_NOMINAL_ENTRIES);
    }

    public static byte[] thetaUnion(byte[] first, byte[] second, int lgNomEntries) {
        ThetaUnion union = ThetaSetOperation.builder().setLogNominalEntries(lgNomEntries).buildUnion();
        union.union(SketchBytes.theta(first));
        union.union(SketchBytes.theta(second));
        return union.getResult().toByteArray();
    }

    public static byte[] thetaIntersection(byte[] first, byte[] second) {
        return ThetaSetOperation.builder().buildIntersection()
                .intersect(SketchBytes.theta(first), SketchBytes.theta(second)).toByteArray();
    }

    public static byte[] thetaDifference(byte[] first, byte[] second) {
        return ThetaSetOperation.builder().buildANotB().aNotB(SketchBytes.theta(first), SketchBytes.theta(second))
                .toByteArray();
    }

    // ---- KLL

    private static KllLongsSketch longs(byte[] bytes) {
        return SketchBytes.read("KLL", bytes, KllLongsSketch::heapify);
    }

    private static KllFloatsSketch floats(byte[] bytes) {
        return SketchBytes.read("KLL", bytes, KllFloatsSketch::heapify);
    }

    private static KllDoublesSketch doubles(byte[] bytes) {
        return SketchBytes.read("KLL", bytes, KllDoublesSketch::heapify);
    }

    private static double share(double rank) {
        if (!(rank >= 0 && rank <= 1)) {
            throw new InvalidQuery("THW-4255", "A quantile lies at a rank between 0 and 1, not at " + rank
                    + ". The median is at 0.5.");
        }
        return rank;
    }

    public static long kllSketchGetNBigint(byte[] sketch) {
        return longs(sketch).getN();
    }

    public static long kllSketchGetNFloat(byte[] sketch) {
        return floats(sketch).getN();
    }

    public static long kllSketchGetNDouble(byte[] sketch) {
        return doubles(sketch).getN();
    }

    public static String kllSketchToStringBigint(byte[] sketch) {
        return longs(sketch).toString();
    }

    public static String kllSketchToStringFloat(byte[] sketch) {
        return floats(sketch).toString();
    }

    public static String kllSketchToStringDouble(byte[] sketch) {
        return doubles(sketch).toString();
    }

    public static Long kllSketchGetQuantileBigint(byte[] sketch, double rank) {
        return longs(sketch).getQuantile(share(rank), QuantileSearchCriteria.INCLUSIVE);
    }

    public static Float kllSketchGetQuantileFloat(byte[] sketch, double rank) {
        return floats(sketch).getQuantile(share(rank), QuantileSearchCriteria.INCLUSIVE);
    }

    public static Double kllSketchGetQuantileDouble(byte[] sketch, double rank) {
        return doubles(sketch).getQuantile(share(rank), QuantileSearchCriteria.INCLUSIVE);
    }

    public static double kllSketchGetRankBigint(byte[] sketch, long value) {
        return longs(sketch).getRank(value, QuantileSearchCriteria.INCLUSIVE);
    }

    public static double kllSketchGetRankFloat(byte[] sketch, float value) {
        return floats(sketch).getRank(value, QuantileSearchCriteria.INCLUSIVE);
    }

    public static double kllSketchGetRankDouble(byte[] sketch, double value) {
        return doubles(sketch).getRank(value, QuantileSearchCriteria.INCLUSIVE);
    }

    public static List<@Nullable Object> kllSketchGetQuantileBigint(byte[] sketch, List<?> ranks) {
        return each(ranks, rank -> kllSketchGetQuantileBigint(sketch, (Double) rank));
    }

    public static List<@Nullable Object> kllSketchGetRankBigint(byte[] sketch, List<?> values) {
        return each(values, value -> kllSketchGetRankBigint(sketch, (Long) value));
    }

    public static List<@Nullable Object> kllSketchGetQuantileFloat(byte[] sketch, List<?> ranks) {
        return each(ranks, rank -> kllSketchGetQuantileFloat(sketch, (Double) rank));
    }

    public static List<@Nullable Object> kllSketchGetRankFloat(byte[] sketch, List<?> values) {
        return each(values, value -> kllSketchGetRankFloat(sketch, (Float) value));
    }

    public static List<@Nullable Object> kllSketchGetQuantileDouble(byte[] sketch, List<?> ranks) {
        return each(ranks, rank -> kllSketchGetQuantileDouble(sketch, (Double) rank));
    }

    public static List<@Nullable Object> kllSketchGetRankDouble(byte[] sketch, List<?> values) {
        return each(values, value -> kllSketchGetRankDouble(sketch, (Double) value));
    }

    /// NULL for NULL.
    private static List<@Nullable Object> each(List<?> asked, Function<Object, Object> answer) {
        List<@Nullable Object> answers = new ArrayList<>();
        asked.forEach(each -> answers.add(each == null ? null : answer.apply(each)));
        return answers;
    }

    // ---- frequent items

    public static List<?> approxTopKEstimate(ArgumentTypes types, List<?> state) {
        return approxTopKEstimate(types, state, TOP);
    }

    public static List<?> approxTopKEstimate(ArgumentTypes types, List<?> state, int k) {
        int tracked = FrequentItems.tracked(state);
        if (k < 1 || k > tracked) {
            throw Reject.argument("approx_top_k_estimate", "k", k, "from 1 to the " + tracked
                    + " items that the state tracks");
        }
        DataType.Struct given = (DataType.Struct) types.arguments().getFirst();
        return FrequentItems.best(state, given.row().type(2), k);
    }

    public static byte[] kllSketchMergeBigint(byte[] first, byte[] second) {
        KllLongsSketch merged = longs(first);
        merged.merge(longs(second));
        return merged.toByteArray();
    }

    public static byte[] kllSketchMergeFloat(byte[] first, byte[] second) {
        KllFloatsSketch merged = floats(first);
        merged.merge(floats(second));
        return merged.toByteArray();
    }

    public static byte[] kllSketchMergeDouble(byte[] first, byte[] second) {
        KllDoublesSketch merged = doubles(first);
        merged.merge(doubles(second));
        return merged.toByteArray();
    }
}
