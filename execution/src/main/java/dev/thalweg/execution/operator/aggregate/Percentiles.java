package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `percentile`, `percentile_cont`, `percentile_disc` and `percentile_approx`: the value below which a share of the values of
/// a group lies. The approximate one is exact here, which is within any accuracy that may be asked for.
final class Percentiles implements GroupFunction {
    /// Which value is meant where a share falls between two.
    enum Kind {
        /// A value between them.
        BETWEEN,
        /// The first by which the share is reached, as a number.
        FIRST,
        /// The same, as what it is.
        AS_IT_IS
    }

    private final Kind kind;
    private final DataType type;
    private final List<Double> shares;
    private final boolean isList;
    private final boolean descending;
    private long[] at = new long[64];
    private int[] length = new int[64];
    /// How many values there are up to this one.
    private long[] upTo = new long[64];
    private int count;

    /// @param type of the values
    /// @param shares of which each is between 0 and 1
    /// @param isList whether the answer is a list
    Percentiles(Kind kind, DataType type, List<Double> shares, boolean isList, boolean descending) {
        this.kind = kind;
        this.type = type;
        this.shares = shares;
        this.isList = isList;
        this.descending = descending;
    }

    @Override
    public boolean backwards() {
        return descending;
    }

    @Override
    public boolean visit(long order, int orderLength, int bytes, long weight) {
        if (count == at.length) {
            at = Arrays.copyOf(at, count * 2);
            length = Arrays.copyOf(length, count * 2);
            upTo = Arrays.copyOf(upTo, count * 2);
        }
        at[count] = order;
        length[count] = orderLength;
        upTo[count] = (count == 0 ? 0 : upTo[count - 1]) + weight;
        count++;
        return true;
    }

    @Override
    public @Nullable Object result() {
        if (count == 0) {
            return null;
        }
        List<Object> values = new ArrayList<>(shares.size());
        for (double share : shares) {
            values.add(value(share));
        }
        count = 0;
        return isList ? values : values.getFirst();
    }

    private Object value(double share) {
        long total = upTo[count - 1];
        return switch (kind) {
            case BETWEEN -> result(between(share * (total - 1)));
            case FIRST -> result(number(find((long) Math.ceil(share * total))));
            case AS_IT_IS -> {
                int found = find((long) Math.ceil(share * total));
                yield SortedValue.read(type, at[found], length[found]);
            }
        };
    }

    private double between(double place) {
        long low = (long) Math.floor(place);
        long high = (long) Math.ceil(place);
        double lower = number(find(low + 1));
        if (low == high) {
            return lower;
        }
        double upper = number(find(high + 1));
        return lower == upper ? lower : (high - place) * lower + (place - low) * upper;
    }

    /// The value that has number `rank`, from 1.
    private int find(long rank) {
        int found = Arrays.binarySearch(upTo, 0, count, Math.max(rank, 1));
        return found < 0 ? -found - 1 : found;
    }

    private double number(int value) {
        return SortedValue.number(type, at[value]);
    }

    private Object result(double value) {
        return switch (type) {
            case Simple.INTERVAL_YEAR_MONTH -> (int) value;
            case Simple.INTERVAL_DAY_TIME -> (long) value;
            default -> value; // a rule: the planner has cast every other number to DOUBLE
        };
    }
}
