package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.InvalidQuery;
import java.math.BigDecimal;
import java.util.Objects;

/// How far the end of a frame lies away, in the unit of what is counted: rows, or the values of the ordering column.
final class FrameOffset {
    private static final long DAY_MICROS = 86_400_000_000L;

    private FrameOffset() {}

    /// So many rows or groups.
    static Literal rows(Literal written) {
        if (written.value() instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
            return new Literal(number.longValue(), Simple.BIGINT);
        }
        throw new InvalidQuery("THW-3203", "ROWS and GROUPS are counted in whole numbers, not by "
                + ExpressionText.of(written, dev.thalweg.spi.data.RowType.of())
                + ".\nWrite a number such as 3 PRECEDING, or a RANGE.");
    }

    /// A difference of values of `type`: BIGINT (also days of dates, microseconds of times), DOUBLE or DECIMAL; months stay
    /// what they are.
    static Literal range(Literal written, DataType type) {
        Object value = Objects.requireNonNull(written.value());
        if (value instanceof BigDecimal number) {
            boolean whole = number.stripTrailingZeros().scale() <= 0;
            if (type.isFloating()) {
                return new Literal(number.doubleValue(), Simple.DOUBLE);
            }
            if (type instanceof Decimal) {
                return new Literal(number, written.type());
            }
            if ((type.isInteger() || type == Simple.DATE) && whole && number.precision() <= 18) {
                return new Literal(number.longValueExact(), Simple.BIGINT);
            }
        }
        if (written.type() == Simple.INTERVAL_DAY_TIME && value instanceof Long micros) {
            if (type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ || type == Simple.TIME
                    || type == Simple.INTERVAL_DAY_TIME) {
                return new Literal(micros, Simple.BIGINT);
            }
            if (type == Simple.DATE && micros % DAY_MICROS == 0) {
                return new Literal(micros / DAY_MICROS, Simple.BIGINT);
            }
        }
        if (written.type() == Simple.INTERVAL_YEAR_MONTH && value instanceof Integer months) {
            if (type == Simple.INTERVAL_YEAR_MONTH) {
                return new Literal(months.longValue(), Simple.BIGINT);
            }
            if (type == Simple.DATE || type == Simple.TIMESTAMP_NTZ) {
                return written;
            }
        }
        throw new InvalidQuery("THW-3203", "A RANGE over an ORDER BY of " + TypeRules.a(type)
                + " cannot be counted by " + (value instanceof BigDecimal ? "numbers" : TypeRules.a(written.type()))
                + ".\nCount numbers by numbers, times by INTERVALs of days or shorter, dates by days or months; or count"
                + " ROWS or GROUPS.");
    }
}
