package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.ArgumentTypes;
import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.kernel.DateTimes;
import dev.thalweg.spi.data.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Arrays of evenly spaced numbers, dates and times, from start to stop, which is in it if a step meets it.
public final class SequenceFunctions {
    private SequenceFunctions() {}

    public static List<@Nullable Object> sequence(ArgumentTypes types, long start, long stop) {
        return sequence(types, start, stop, start <= stop ? 1 : -1);
    }

    public static List<@Nullable Object> sequence(ArgumentTypes types, long start, long stop, long step) {
        checkStep(start, stop, step);
        List<@Nullable Object> sequence = new ArrayList<>();
        DataType element = ((DataType.ArrayOf) types.result()).element();
        long value = start;
        while (step < 0 ? value >= stop : value <= stop) {
            sequence.add(boxed(value, element));
            checkLength(sequence);
            long next = value + step;
            if (step == 0 || ((value ^ next) & (step ^ next)) < 0) {
                break;
            }
            value = next;
        }
        return sequence;
    }

    private static Object boxed(long value, DataType type) {
        return switch (type) {
            case DataType.Simple.TINYINT -> (byte) value;
            case DataType.Simple.SMALLINT -> (short) value;
            case DataType.Simple.INT -> (int) value;
            case DataType other -> value;
        };
    }

    private static void checkStep(long start, long stop, long step) {
        if ((step == 0 && start != stop) || (step > 0 && start > stop) || (step < 0 && start < stop)) {
            throw Reject.argument("sequence", "step", step, "one that leads from start to stop");
        }
    }

    private static void checkLength(List<?> sequence) {
        ResultLength.checkArray("sequence", sequence.size());
    }

    public static List<@Nullable Object> sequenceOfDates(int start, int stop) {
        return dates(start, stop, start <= stop ? 1 : -1, step -> start + step);
    }

    public static List<@Nullable Object> sequenceOfDatesByDayTime(int start, int stop, long step) {
        if (step % Times.DAY != 0) {
            throw Reject.argument("sequence", "step between dates", step + " microseconds", "whole days");
        }
        return dates(start, stop, step / Times.DAY, steps -> start + steps);
    }

    public static List<@Nullable Object> sequenceOfDatesByYearMonth(int start, int stop, int months) {
        return dates(start, stop, months, steps -> DateFunctions.addMonths(start, Math.toIntExact(steps)));
    }

    private static List<@Nullable Object> dates(int start, int stop, long step, LongUnaryOperator after) {
        List<@Nullable Object> dates = new ArrayList<>();
        for (long value : values(start, stop, step, after)) {
            dates.add((int) value);
        }
        return dates;
    }

    public static List<@Nullable Object> sequenceOfTimestampsByDayTime(EvaluationContext context, long start, long stop,
            long step) {
        return List.copyOf(values(start, stop, step, distance -> DateTimes.addToInstant(start, distance, context)));
    }

    public static List<@Nullable Object> sequenceOfTimestampsByYearMonth(EvaluationContext context, long start,
            long stop, int months) {
        return List.copyOf(values(start, stop, months,
                distance -> DateTimes.addMonthsToInstant(start, Math.toIntExact(distance), context)));
    }

    /// @param after the value that lies a multiple of the step after the start
    private static List<Long> values(long start, long stop, long step, LongUnaryOperator after) {
        checkStep(start, stop, step);
        List<Long> values = new ArrayList<>();
        long value = start;
        while (step < 0 ? value >= stop : value <= stop) {
            values.add(value);
            checkLength(values);
            if (step == 0) {
                break;
            }
            long distance = step * values.size();
            if (Math.multiplyHigh(step, values.size()) != distance >> 63) {
                break; // nothing that can be counted lies so far from the start
            }
            value = after.applyAsLong(distance);
        }
        return values;
    }
}
