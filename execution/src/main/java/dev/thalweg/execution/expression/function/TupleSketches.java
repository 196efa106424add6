package dev.thalweg.execution.expression.function;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.Locale;
import java.util.function.Function;
import org.apache.datasketches.theta.ThetaSketch;
import org.apache.datasketches.tuple.Summary;
import org.apache.datasketches.tuple.SummaryDeserializer;
import org.apache.datasketches.tuple.SummaryFactory;
import org.apache.datasketches.tuple.SummarySetOperations;
import org.apache.datasketches.tuple.TupleAnotB;
import org.apache.datasketches.tuple.TupleIntersection;
import org.apache.datasketches.tuple.TupleSketch;
import org.apache.datasketches.tuple.TupleUnion;
import org.apache.datasketches.tuple.adouble.DoubleSummary;
import org.apache.datasketches.tuple.adouble.DoubleSummaryDeserializer;
import org.apache.datasketches.tuple.adouble.DoubleSummaryFactory;
import org.apache.datasketches.tuple.adouble.DoubleSummarySetOperations;
import org.apache.datasketches.tuple.aninteger.IntegerSummary;
import org.apache.datasketches.tuple.aninteger.IntegerSummaryDeserializer;
import org.apache.datasketches.tuple.aninteger.IntegerSummaryFactory;
import org.apache.datasketches.tuple.aninteger.IntegerSummarySetOperations;

/// Tuple sketches: theta sketches with a number beside each key. Modes say how the numbers of one key become one: `sum`, `min`,
/// `max`, `alwaysone`.
///
/// @param reader of the numbers in a sketch's bytes
/// @param operations on the numbers of two sketches, by mode
/// @param factory of the number of a key that has none, by mode
public record TupleSketches<S extends Summary>(SummaryDeserializer<S> reader,
        Function<Mode, SummarySetOperations<S>> operations, Function<Mode, SummaryFactory<S>> factory) {
    public static final TupleSketches<DoubleSummary> DOUBLES = new TupleSketches<>(new DoubleSummaryDeserializer(),
            mode -> new DoubleSummarySetOperations(mode.ofDoubles()),
            mode -> new DoubleSummaryFactory(mode.ofDoubles()));
    public static final TupleSketches<IntegerSummary> INTEGERS = new TupleSketches<>(new IntegerSummaryDeserializer(),
            mode -> new IntegerSummarySetOperations(mode.ofIntegers(), mode.ofIntegers()),
            mode -> new IntegerSummaryFactory(mode.ofIntegers()));
    public static final int LG_NOMINAL_ENTRIES = 12;

    private static final int LG_MIN = 4;
    private static final int LG_MAX = 26;

    /// How the numbers of one key become one.
    public enum Mode {
        SUM, MIN, MAX, ALWAYSONE;

        /// **Errors** [InvalidQuery] THW-4256 when there is none of that name
        public static Mode named(String name) {
            for (Mode mode : values()) {
                if (mode.name().equals(name.toUpperCase(Locale.ROOT))) {
                    return mode;
                }
            }
            throw new InvalidQuery("THW-4256", "A tuple sketch knows no mode '" + name
                    + "'. Write 'sum', 'min', 'max' or 'alwaysone'.");
        }

        public DoubleSummary.Mode ofDoubles() {
            return switch (this) {
                case SUM -> DoubleSummary.Mode.Sum;
                case MIN -> DoubleSummary.Mode.Min;
                case MAX -> DoubleSummary.Mode.Max;
                case ALWAYSONE -> DoubleSummary.Mode.AlwaysOne;
            };
        }

        public IntegerSummary.Mode ofIntegers() {
            return switch (this) {
                case SUM -> IntegerSummary.Mode.Sum;
                case MIN -> IntegerSummary.Mode.Min;
                case MAX -> IntegerSummary.Mode.Max;
                case ALWAYSONE -> IntegerSummary.Mode.AlwaysOne;
            };
        }
    }

    public TupleSketch<S> read(byte[] bytes) {
        return SketchBytes.read("tuple", bytes, segment -> TupleSketch.heapifySketch(segment, reader));
    }

    /// The number of entries that a sketch keeps at most.
    ///
    /// **Errors** [InvalidQuery] THW-4252 when the logarithm is out of range
    public static int nominalEntries(int lgNomEntries) {
        if (lgNomEntries < LG_MIN || lgNomEntries > LG_MAX) {
            throw new InvalidQuery("THW-4252", "A tuple sketch takes a number from " + LG_MIN + " to " + LG_MAX
                    + " for lgNomEntries, not " + lgNomEntries + ".");
        }
        return 1 << lgNomEntries;
    }

    byte[] union(byte[] first, byte[] second, int lgNomEntries, String mode) {
        TupleUnion<S> union = new TupleUnion<>(nominalEntries(lgNomEntries), operations.apply(Mode.named(mode)));
        union.union(read(first));
        union.union(read(second));
        return union.getResult().toByteArray();
    }

    /// With the keys of a theta sketch, whose number is the one that a mode begins with.
    byte[] unionTheta(byte[] first, byte[] theta, int lgNomEntries, String name) {
        Mode mode = Mode.named(name);
        ThetaSketch keys = SketchBytes.theta(theta);
        TupleUnion<S> union = new TupleUnion<>(nominalEntries(lgNomEntries), operations.apply(mode));
        union.union(read(first));
        union.union(keys, factory.apply(mode).newSummary());
        return union.getResult().toByteArray();
    }

    byte[] intersection(byte[] first, byte[] second, String mode) {
        TupleIntersection<S> both = new TupleIntersection<>(operations.apply(Mode.named(mode)));
        both.intersect(read(first));
        both.intersect(read(second));
        return both.getResult().toByteArray();
    }

    byte[] intersectionTheta(byte[] first, byte[] theta, String name) {
        Mode mode = Mode.named(name);
        TupleIntersection<S> both = new TupleIntersection<>(operations.apply(mode));
        both.intersect(read(first));
        both.intersect(SketchBytes.theta(theta), factory.apply(mode).newSummary());
        return both.getResult().toByteArray();
    }

    byte[] difference(byte[] first, byte[] second) {
        return TupleAnotB.aNotB(read(first), read(second)).toByteArray();
    }

    byte[] differenceTheta(byte[] first, byte[] theta) {
        return TupleAnotB.aNotB(read(first), SketchBytes.theta(theta)).toByteArray();
    }
}
