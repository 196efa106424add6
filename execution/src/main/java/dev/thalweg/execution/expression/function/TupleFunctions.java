package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.function.TupleSketches.Mode;
import org.apache.datasketches.tuple.TupleSketchIterator;
import org.apache.datasketches.tuple.adouble.DoubleSummary;
import org.apache.datasketches.tuple.aninteger.IntegerSummary;

/// Tuple sketches asked and put together. A list: [TupleSketches] does the work.
public final class TupleFunctions {
    private static final int LG = TupleSketches.LG_NOMINAL_ENTRIES;
    private static final String SUM = "sum";
    private static final TupleSketches<DoubleSummary> DOUBLES = TupleSketches.DOUBLES;
    private static final TupleSketches<IntegerSummary> INTEGERS = TupleSketches.INTEGERS;

    private TupleFunctions() {}

    public static double tupleSketchEstimateDouble(byte[] sketch) {
        return DOUBLES.read(sketch).getEstimate();
    }

    public static double tupleSketchThetaDouble(byte[] sketch) {
        return DOUBLES.read(sketch).getTheta();
    }

    public static double tupleSketchEstimateInteger(byte[] sketch) {
        return INTEGERS.read(sketch).getEstimate();
    }

    public static double tupleSketchThetaInteger(byte[] sketch) {
        return INTEGERS.read(sketch).getTheta();
    }

    public static double tupleSketchSummaryDouble(byte[] sketch) {
        return tupleSketchSummaryDouble(sketch, SUM);
    }

    /// 0 of a sketch without entries, whatever the mode.
    public static double tupleSketchSummaryDouble(byte[] sketch, String name) {
        Mode mode = Mode.named(name);
        TupleSketchIterator<DoubleSummary> entries = DOUBLES.read(sketch).iterator();
        double summary = 0;
        for (boolean first = true; entries.next(); first = false) {
            double value = entries.getSummary().getValue();
            summary = switch (mode) {
                case SUM -> summary + value;
                case MIN -> first ? value : Math.min(summary, value);
                case MAX -> first ? value : Math.max(summary, value);
                case ALWAYSONE -> summary + 1;
            };
        }
        return summary;
    }

    public static long tupleSketchSummaryInteger(byte[] sketch) {
        return tupleSketchSummaryInteger(sketch, SUM);
    }

    /// 0 of a sketch without entries, whatever the mode.
    public static long tupleSketchSummaryInteger(byte[] sketch, String name) {
        Mode mode = Mode.named(name);
        TupleSketchIterator<IntegerSummary> entries = INTEGERS.read(sketch).iterator();
        long summary = 0;
        for (boolean first = true; entries.next(); first = false) {
            int value = entries.getSummary().getValue();
            summary = switch (mode) {
                case SUM -> summary + value;
                case MIN -> first ? value : Math.min(summary, value);
                case MAX -> first ? value : Math.max(summary, value);
                case ALWAYSONE -> summary + 1;
            };
        }
        return summary;
    }

    public static byte[] tupleUnionDouble(byte[] first, byte[] second) {
        return DOUBLES.union(first, second, LG, SUM);
    }

    public static byte[] tupleUnionDouble(byte[] first, byte[] second, int lgNomEntries) {
        return DOUBLES.union(first, second, lgNomEntries, SUM);
    }

    public static byte[] tupleUnionDouble(byte[] first, byte[] second, int lgNomEntries, String mode) {
        return DOUBLES.union(first, second, lgNomEntries, mode);
    }

    public static byte[] tupleIntersectionDouble(byte[] first, byte[] second) {
        return DOUBLES.intersection(first, second, SUM);
    }

    public static byte[] tupleIntersectionDouble(byte[] first, byte[] second, String mode) {
        return DOUBLES.intersection(first, second, mode);
    }

    public static byte[] tupleDifferenceDouble(byte[] first, byte[] second) {
        return DOUBLES.difference(first, second);
    }

    public static byte[] tupleUnionThetaDouble(byte[] first, byte[] second) {
        return DOUBLES.unionTheta(first, second, LG, SUM);
    }

    public static byte[] tupleUnionThetaDouble(byte[] first, byte[] second, int lgNomEntries) {
        return DOUBLES.unionTheta(first, second, lgNomEntries, SUM);
    }

    public static byte[] tupleUnionThetaDouble(byte[] first, byte[] second, int lgNomEntries, String mode) {
        return DOUBLES.unionTheta(first, second, lgNomEntries, mode);
    }

    public static byte[] tupleIntersectionThetaDouble(byte[] first, byte[] second) {
        return DOUBLES.intersectionTheta(first, second, SUM);
    }

    public static byte[] tupleIntersectionThetaDouble(byte[] first, byte[] second, String mode) {
        return DOUBLES.intersectionTheta(first, second, mode);
    }

    public static byte[] tupleDifferenceThetaDouble(byte[] first, byte[] second) {
        return DOUBLES.differenceTheta(first, second);
    }

    public static byte[] tupleUnionInteger(byte[] first, byte[] second) {
        return INTEGERS.union(first, second, LG, SUM);
    }

    public static byte[] tupleUnionInteger(byte[] first, byte[] second, int lgNomEntries) {
        return INTEGERS.union(first, second, lgNomEntries, SUM);
    }

    public static byte[] tupleUnionInteger(byte[] first, byte[] second, int lgNomEntries, String mode) {
        return INTEGERS.union(first, second, lgNomEntries, mode);
    }

    public static byte[] tupleIntersectionInteger(byte[] first, byte[] second) {
        return INTEGERS.intersection(first, second, SUM);
    }

    public static byte[] tupleIntersectionInteger(byte[] first, byte[] second, String mode) {
        return INTEGERS.intersection(first, second, mode);
    }

    public static byte[] tupleDifferenceInteger(byte[] first, byte[] second) {
        return INTEGERS.difference(first, second);
    }

    public static byte[] tupleUnionThetaInteger(byte[] first, byte[] second) {
        return INTEGERS.unionTheta(first, second, LG, SUM);
    }

    public static byte[] tupleUnionThetaInteger(byte[] first, byte[] second, int lgNomEntries) {
        return INTEGERS.unionTheta(first, second, lgNomEntries, SUM);
    }

    public static byte[] tupleUnionThetaInteger(byte[] first, byte[] second, int lgNomEntries, String mode) {
        return INTEGERS.unionTheta(first, second, lgNomEntries, mode);
    }

    public static byte[] tupleIntersectionThetaInteger(byte[] first, byte[] second) {
        return INTEGERS.intersectionTheta(first, second, SUM);
    }

    public static byte[] tupleIntersectionThetaInteger(byte[] first, byte[] second, String mode) {
        return INTEGERS.intersectionTheta(first, second, mode);
    }

    public static byte[] tupleDifferenceThetaInteger(byte[] first, byte[] second) {
        return INTEGERS.differenceTheta(first, second);
    }
}
