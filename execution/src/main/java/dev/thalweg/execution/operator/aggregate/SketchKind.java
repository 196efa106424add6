package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.Optional;

/// Makes the sketches of one call.
///
/// @param type of what the sketch takes in
/// @param option the constant of the call, or what serves without one
record SketchKind(String function, DataType type, double option) implements Folding {
    private static final double ERROR = 0.05;
    private static final int LG_K = 12;
    private static final int LG_MIN = 4;
    private static final int LG_MAX = 21;
    private static final int THETA_MAX = 26;
    private static final int K = 200;
    private static final int TRACKED_MAX = 1_000_000;

    /// Empty for a call without a sketch.
    static Optional<SketchKind> of(AggregateCall call, RowType input) {
        if (call.arguments().isEmpty()) {
            return Optional.empty();
        }
        DataType type = input.type(call.arguments().getFirst());
        return switch (call.function()) {
            case "approx_count_distinct" -> Optional.of(new SketchKind(call, type, ERROR, 0.001, 0.5));
            case "hll_sketch_agg" -> Optional.of(new SketchKind(call, type, LG_K, LG_MIN, LG_MAX));
            case "hll_union_agg" -> Optional.of(new SketchKind(call, type, 0, 0, 1));
            case "theta_sketch_agg", "theta_union_agg" ->
                    Optional.of(new SketchKind(call, type, LG_K, LG_MIN, THETA_MAX));
            case "theta_intersection_agg" -> Optional.of(new SketchKind(call, type, 0, 0, 0));
            case "bitmap_construct_agg", "bitmap_or_agg", "bitmap_and_agg" ->
                    Optional.of(new SketchKind(call.function(), type, 0));
            case "approx_top_k_combine" -> Optional.of(new SketchKind(call, type, 0, 1, TRACKED_MAX));
            case "kll_sketch_agg_bigint", "kll_sketch_agg_float", "kll_sketch_agg_double" ->
                    Optional.of(new SketchKind(call, type, K, 8, 65535));
            case "kll_merge_agg_bigint", "kll_merge_agg_float", "kll_merge_agg_double" ->
                    Optional.of(new SketchKind(call, type, K, 0, 0));
            default -> Optional.empty();
        };
    }

    private SketchKind(AggregateCall call, DataType type, double otherwise, double from, double to) {
        this(call.function(), type, option(call, otherwise, from, to));
    }

    private static double option(AggregateCall call, double otherwise, double from, double to) {
        if (call.constants().isEmpty()) {
            return otherwise;
        }
        Object value = call.constants().getFirst().value();
        if (value instanceof Boolean allowed) {
            return allowed ? 1 : 0;
        }
        double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
        if (!(number >= from && number <= to)) {
            throw new InvalidQuery("THW-4252", call.function() + "() takes a number from " + from + " to " + to
                    + " as its second argument, not " + value + ".");
        }
        return number;
    }

    @Override
    public boolean takesRows() {
        return false;
    }

    @Override
    public Sketch empty() {
        return switch (function) {
            case "approx_count_distinct", "hll_sketch_agg" -> HllValues.empty(this);
            case "hll_union_agg" -> HllSketches.empty(this);
            case "theta_sketch_agg" -> ThetaValues.empty(this);
            case "theta_union_agg" -> ThetaSketches.union(this);
            case "theta_intersection_agg" -> ThetaSketches.intersection(this);
            case "bitmap_construct_agg", "bitmap_or_agg", "bitmap_and_agg" -> BitmapBits.empty(this);
            case "approx_top_k_combine" -> ItemCounts.empty(this);
            default -> KllValues.empty(this);
        };
    }

    @Override
    public Sketch of(byte[] bytes) {
        return switch (function) {
            case "approx_count_distinct", "hll_sketch_agg" -> HllValues.of(this, bytes);
            case "hll_union_agg" -> HllSketches.of(this, bytes);
            case "theta_sketch_agg" -> ThetaValues.of(this, bytes);
            case "theta_union_agg", "theta_intersection_agg" -> ThetaSketches.of(this, bytes);
            case "bitmap_construct_agg", "bitmap_or_agg", "bitmap_and_agg" -> BitmapBits.of(this, bytes);
            case "approx_top_k_combine" -> ItemCounts.of(this, bytes);
            default -> KllValues.of(this, bytes);
        };
    }

    /// The base-2 logarithm of the registers that an estimate with this relative error takes.
    int lgRegisters() {
        double registers = Math.pow(1.04 / option, 2);
        return Math.clamp((int) Math.ceil(Math.log(registers) / Math.log(2)), LG_MIN, LG_MAX);
    }

    boolean merges() {
        return function.startsWith("kll_merge");
    }
}
