package dev.thalweg.planner.type;

import static dev.thalweg.spi.data.DataType.Simple.BIGINT;
import static dev.thalweg.spi.data.DataType.Simple.DATE;
import static dev.thalweg.spi.data.DataType.Simple.DOUBLE;
import static dev.thalweg.spi.data.DataType.Simple.FLOAT;
import static dev.thalweg.spi.data.DataType.Simple.INT;
import static dev.thalweg.spi.data.DataType.Simple.INTERVAL_DAY_TIME;
import static dev.thalweg.spi.data.DataType.Simple.INTERVAL_YEAR_MONTH;
import static dev.thalweg.spi.data.DataType.Simple.SMALLINT;
import static dev.thalweg.spi.data.DataType.Simple.STRING;
import static dev.thalweg.spi.data.DataType.Simple.TIME;
import static dev.thalweg.spi.data.DataType.Simple.TIMESTAMP;
import static dev.thalweg.spi.data.DataType.Simple.TIMESTAMP_NTZ;
import static dev.thalweg.spi.data.DataType.Simple.TINYINT;
import static dev.thalweg.spi.data.DataType.Simple.VOID;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What two types have in common, and which cast happens without being asked for.
///
/// **Source** Spark 4.2 in ANSI mode: "ANSI Compliance", sections on type promotion, least common type and store assignment.
public final class TypeRules {
    private TypeRules() {}

    /// The type that values of both can be compared in; empty when there is none.
    public static Optional<DataType> leastCommon(DataType left, DataType right) {
        if (left.equals(right) || right == VOID) {
            return Optional.of(left);
        }
        if (left == VOID) {
            return Optional.of(right);
        }
        if (left.isNumeric() && right.isNumeric()) {
            return Optional.of(widerNumber(left, right));
        }
        if (left == STRING || right == STRING) {
            return withString(left == STRING ? right : left);
        }
        if (isDateTime(left) && isDateTime(right)) {
            return Optional.of(left == TIMESTAMP || right == TIMESTAMP ? TIMESTAMP : TIMESTAMP_NTZ);
        }
        return nested(left, right);
    }

    private static Optional<DataType> nested(DataType left, DataType right) {
        if (left instanceof DataType.ArrayOf a && right instanceof DataType.ArrayOf b) {
            return leastCommon(a.element(), b.element())
                    .map(element -> new DataType.ArrayOf(element, a.containsNull() || b.containsNull()
                            || a.element() == VOID || b.element() == VOID));
        }
        if (left instanceof DataType.MapOf a && right instanceof DataType.MapOf b) {
            return leastCommon(a.key(), b.key()).flatMap(key -> leastCommon(a.value(), b.value())
                    .map(value -> new DataType.MapOf(key, value, a.valueContainsNull() || b.valueContainsNull())));
        }
        if (left instanceof DataType.Struct(RowType a) && right instanceof DataType.Struct(RowType b)
                && a.size() == b.size()) {
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < a.size(); i++) {
                Optional<DataType> common = leastCommon(a.type(i), b.type(i));
                if (common.isEmpty()) {
                    return Optional.empty();
                }
                fields.add(new Field(a.field(i).name(), common.get(), a.field(i).nullable() || b.field(i).nullable()));
            }
            return Optional.of(new DataType.Struct(new RowType(fields)));
        }
        return Optional.empty();
    }

    /// A string meets another type as that type; a number as BIGINT or DOUBLE, whichever loses nothing of the number.
    private static Optional<DataType> withString(DataType other) {
        if (other.isInteger()) {
            return Optional.of(BIGINT);
        }
        if (other.isNumeric()) {
            return Optional.of(DOUBLE);
        }
        return other.isNested() ? Optional.empty() : Optional.of(other);
    }

    private static DataType widerNumber(DataType left, DataType right) {
        if (left.isFloating() || right.isFloating()) {
            return left == FLOAT && right == FLOAT ? FLOAT : DOUBLE;
        }
        if (left.isInteger() && right.isInteger()) {
            return rank(left) >= rank(right) ? left : right;
        }
        DataType.Decimal a = asDecimal(left);
        DataType.Decimal b = asDecimal(right);
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        int precision = Math.min(whole + scale, DataType.Decimal.MAX_PRECISION);
        return new DataType.Decimal(precision, Math.min(scale, precision));
    }

    private static int rank(DataType integer) {
        return integer == TINYINT ? 0 : integer == SMALLINT ? 1 : integer == INT ? 2 : 3;
    }

    /// The decimal that holds every value of an integer type.
    public static DataType.Decimal asDecimal(DataType type) {
        return switch (type) {
            case DataType.Decimal decimal -> decimal;
            case DataType.Simple simple -> new DataType.Decimal(
                    simple == TINYINT ? 3 : simple == SMALLINT ? 5 : simple == INT ? 10 : simple == BIGINT ? 20 : 38,
                    simple.isInteger() ? 0 : 18);
            case DataType.ArrayOf _,DataType.MapOf _,DataType.Struct _ ->
                    throw new IllegalArgumentException("no number: " + type.sql());
        };
    }

    public static boolean isDateTime(DataType type) {
        return type == DATE || type == TIMESTAMP || type == TIMESTAMP_NTZ;
    }

    public static boolean isInterval(DataType type) {
        return type == INTERVAL_DAY_TIME || type == INTERVAL_YEAR_MONTH;
    }

    /// Whether values of the type can be put in order: all but maps, and what holds one.
    public static boolean hasOrder(DataType type) {
        return switch (type) {
            case DataType.Simple _,DataType.Decimal _ -> true;
            case DataType.ArrayOf(DataType element, _) -> hasOrder(element);
            case DataType.Struct(RowType row) -> row.fields().stream().allMatch(field -> hasOrder(field.type()));
            case DataType.MapOf _ -> false;
        };
    }

    /// How far an argument is from what a function wants: 0 the same, more the further, negative for "not without a CAST".
    public static int distance(DataType from, DataType to) {
        if (sameIgnoringNulls(from, to)) {
            return 0;
        }
        if (from == VOID) {
            return 1;
        }
        if (from.isNumeric() && to.isNumeric()) {
            return losesNothing(from, to) ? 1 + Math.abs(width(to) - width(from)) : 20 + width(from) - width(to);
        }
        if (from == STRING) {
            return to.isNested() ? -1 : 30;
        }
        if (isDateTime(from) && isDateTime(to)) {
            return from == DATE ? 2 : to == DATE ? 21 : 4;
        }
        if (to == STRING) {
            return from.isNested() || from == DataType.Simple.BINARY ? -1 : 40;
        }
        return nestedDistance(from, to);
    }

    /// Whether a value becomes one of another type without being asked, and without losing anything of it.
    public static boolean widens(DataType from, DataType to) {
        boolean sameFamily = from instanceof DataType.Decimal && to instanceof DataType.Decimal;
        boolean loses = from.isNumeric() && to.isNumeric() && !sameFamily && !losesNothing(from, to);
        return distance(from, to) >= 0 && !loses && (to != DATE || !isDateTime(from) || from == DATE);
    }

    private static int nestedDistance(DataType from, DataType to) {
        if (from instanceof DataType.ArrayOf a && to instanceof DataType.ArrayOf b) {
            return distance(a.element(), b.element());
        }
        if (from instanceof DataType.MapOf a && to instanceof DataType.MapOf b) {
            int key = distance(a.key(), b.key());
            int value = distance(a.value(), b.value());
            return key < 0 || value < 0 ? -1 : key + value;
        }
        if (from instanceof DataType.Struct(RowType a) && to instanceof DataType.Struct(RowType b)
                && a.size() == b.size()) {
            int sum = 0;
            for (int i = 0; i < a.size(); i++) {
                int field = distance(a.type(i), b.type(i));
                if (field < 0) {
                    return -1;
                }
                sum += field;
            }
            return sum;
        }
        return -1;
    }

    private static int width(DataType number) {
        return number instanceof DataType.Decimal ? 4 : number == FLOAT ? 5 : number == DOUBLE ? 6 : rank(number);
    }

    /// Whether every value of one number type is a value of another (a double for a decimal is near enough).
    static boolean losesNothing(DataType from, DataType to) {
        if (to.isFloating()) {
            return !(from == DOUBLE && to == FLOAT);
        }
        if (from.isFloating()) {
            return false;
        }
        if (to instanceof DataType.Decimal b) {
            DataType.Decimal a = asDecimal(from);
            return b.scale() >= a.scale() && b.precision() - b.scale() >= a.precision() - a.scale();
        }
        return from.isInteger() && rank(from) <= rank(to);
    }

    /// Equal but for which elements, values and fields may be null.
    public static boolean sameIgnoringNulls(DataType a, DataType b) {
        return switch (a) {
            case DataType.Simple _,DataType.Decimal _ -> a.equals(b);
            case DataType.ArrayOf(DataType element, _) ->
                    b instanceof DataType.ArrayOf other && sameIgnoringNulls(element, other.element());
            case DataType.MapOf(DataType key, DataType value, _) -> b instanceof DataType.MapOf other
                    && sameIgnoringNulls(key, other.key()) && sameIgnoringNulls(value, other.value());
            case DataType.Struct(RowType row) -> b instanceof DataType.Struct(RowType other)
                    && sameFields(row, other);
        };
    }

    private static boolean sameFields(RowType a, RowType b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!a.field(i).name().equalsIgnoreCase(b.field(i).name()) || !sameIgnoringNulls(a.type(i), b.type(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether a query's column may be written into a table's: numbers into numbers, anything simple into a string, times into
    /// times. Never a string into a number: that needs a CAST.
    public static boolean canStore(DataType from, DataType to) {
        if (sameIgnoringNulls(from, to) || from == VOID) {
            return true;
        }
        if ((from.isNumeric() && to.isNumeric()) || (isDateTime(from) && isDateTime(to))) {
            return true;
        }
        if (from instanceof DataType.ArrayOf a && to instanceof DataType.ArrayOf b) {
            return canStore(a.element(), b.element());
        }
        if (from instanceof DataType.MapOf a && to instanceof DataType.MapOf b) {
            return canStore(a.key(), b.key()) && canStore(a.value(), b.value());
        }
        if (from instanceof DataType.Struct(RowType a) && to instanceof DataType.Struct(RowType b)) {
            return a.size() == b.size() && java.util.stream.IntStream.range(0, a.size())
                    .allMatch(i -> canStore(a.type(i), b.type(i)));
        }
        return to == STRING && !from.isNested() && from != DataType.Simple.BINARY;
    }

    /// The type in a sentence: "a STRING", "an INT".
    public static String a(DataType type) {
        String sql = type.sql();
        return (sql.startsWith("A") || sql.startsWith("I") ? "an " : "a ") + sql;
    }

    /// Whether an explicit CAST from one to the other exists at all.
    public static boolean canCast(DataType from, DataType to) {
        if (canStore(from, to) || (from == STRING && !to.isNested())) {
            return true;
        }
        if (to == STRING) {
            return true;
        }
        if (from.isNumeric()) {
            return to == DataType.Simple.BOOLEAN || to == TIMESTAMP || isInterval(to);
        }
        if (to.isNumeric()) {
            return from == DataType.Simple.BOOLEAN || from == TIMESTAMP
                    || ((isInterval(from) || from == TIME) && !to.isFloating());
        }
        if (from instanceof DataType.ArrayOf a && to instanceof DataType.ArrayOf b) {
            return canCast(a.element(), b.element());
        }
        if (from instanceof DataType.MapOf a && to instanceof DataType.MapOf b) {
            return canCast(a.key(), b.key()) && canCast(a.value(), b.value());
        }
        if (from instanceof DataType.Struct(RowType a) && to instanceof DataType.Struct(RowType b)) {
            return a.size() == b.size() && java.util.stream.IntStream.range(0, a.size())
                    .allMatch(i -> canCast(a.type(i), b.type(i)));
        }
        return false;
    }

    /// What to do where there is no cast.
    public static String insteadOfCast(DataType from, DataType to) {
        if (to == TIME && (from == TIMESTAMP || from == TIMESTAMP_NTZ)) {
            return "Its time of day is to_time(date_format(ts, 'HH:mm:ss.SSSSSS')), or make_time(hour(ts), minute(ts),"
                    + " second(ts)) in whole seconds.";
        }
        if (from == TIME && isDateTime(to)) {
            return "A time of day needs a day: make_timestamp(day, time), or make_timestamp_ntz(day, time).";
        }
        return "No value of the one is a value of the other.";
    }
}
