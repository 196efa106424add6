package dev.thalweg.execution.operator.order;

import dev.thalweg.planner.incremental.Frame.Bound;
import dev.thalweg.planner.incremental.Frame.Side;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;

/// Compares the values of an ordering column with values so far away, as a RANGE frame asks.
///
/// Whole numbers, dates and times are compared as 64 bits, where what would pass their end stays there; FLOAT and DOUBLE as
/// DOUBLE with NaN last; decimals as what they are.
interface OrderDistance {
    boolean isNull(int row);

    /// Negative, 0 or positive as the row's value comes before, equal to or after the value that lies the distance away from
    /// that of the row `of`, in the order asked for.
    int compare(int row, int of);

    static OrderDistance of(Batch batch, SortKey key, Bound bound) {
        FieldVector vector = batch.vector(key.column());
        DataType type = batch.type().type(key.column());
        boolean back = (bound.side() == Side.PRECEDING) != key.descending();
        Object offset = Objects.requireNonNull(bound.offset().value());
        int rows = batch.vectorRows();
        if (type.isFloating()) {
            return doubles(vector, type, back ? -(Double) offset : (Double) offset, key.descending(), rows);
        }
        if (type instanceof DataType.Decimal) {
            BigDecimal distance = back ? ((BigDecimal) offset).negate() : (BigDecimal) offset;
            return new Decimals((DecimalVector) vector, distance, key.descending());
        }
        long[] values = longs(vector, (Simple) type, rows);
        long[] away = new long[rows];
        for (int i = 0; i < rows; i++) {
            away[i] = offset instanceof Integer months
                    ? monthsAway(values[i], back ? -months : months, (Simple) type)
                    : saturated(values[i], back ? -(Long) offset : (Long) offset);
        }
        return new Longs(vector, values, away, key.descending());
    }

    private static long saturated(long value, long distance) {
        long sum = value + distance;
        boolean passed = ((value ^ sum) & (distance ^ sum)) < 0;
        return passed ? (distance < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }

    private static long monthsAway(long value, long months, Simple type) {
        if (type == Simple.DATE) {
            return LocalDate.ofEpochDay(value).plusMonths(months).toEpochDay();
        }
        long day = 86_400_000_000L;
        return LocalDate.ofEpochDay(Math.floorDiv(value, day)).plusMonths(months).toEpochDay() * day
                + Math.floorMod(value, day);
    }

    private static long[] longs(FieldVector vector, Simple type, int rows) {
        long[] values = new long[rows];
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < rows; i++) {
            if (vector.isNull(i)) {
                continue;
            }
            values[i] = switch (type) {
                case TINYINT -> Memory.getByte(data + i);
                case SMALLINT -> Memory.getShort(data + ((long) i << 1));
                case INT, DATE, INTERVAL_YEAR_MONTH -> Memory.getInt(data + ((long) i << 2));
                case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME ->
                        Memory.getLong(data + ((long) i << 3));
                case BOOLEAN, FLOAT, DOUBLE, STRING, BINARY, VOID -> throw new IllegalArgumentException(type.sql());
            };
        }
        return values;
    }

    private static OrderDistance doubles(FieldVector vector, DataType type, double distance, boolean descending,
            int rows) {
        double[] values = new double[rows];
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < rows; i++) {
            values[i] = 0.0 + (type == Simple.FLOAT
                    ? Memory.getFloat(data + ((long) i << 2))
                    : Memory.getDouble(data + ((long) i << 3)));
        }
        return new Doubles(vector, values, distance, descending);
    }

    /// Over whole numbers and times.
    ///
    /// @param away of each row the value that lies the distance away
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    record Longs(FieldVector vector, long[] values, long[] away, boolean descending) implements OrderDistance {
        @Override
        public boolean isNull(int row) {
            return vector.isNull(row);
        }

        @Override
        public int compare(int row, int of) {
            int order = Long.compare(values[row], away[of]);
            return descending ? -order : order;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    record Doubles(FieldVector vector, double[] values, double distance, boolean descending) implements OrderDistance {
        @Override
        public boolean isNull(int row) {
            return vector.isNull(row);
        }

        @Override
        public int compare(int row, int of) {
            int order = Double.compare(values[row], values[of] + distance);
            return descending ? -order : order;
        }
    }

    record Decimals(DecimalVector vector, BigDecimal distance, boolean descending) implements OrderDistance {
        @Override
        public boolean isNull(int row) {
            return vector.isNull(row);
        }

        @Override
        public int compare(int row, int of) {
            int order = vector.getObject(row).compareTo(vector.getObject(of).add(distance));
            return descending ? -order : order;
        }
    }
}
