package dev.thalweg.execution.expression;

import static dev.thalweg.execution.expression.Sql.bigint;
import static dev.thalweg.execution.expression.Sql.bool;
import static dev.thalweg.execution.expression.Sql.call;
import static dev.thalweg.execution.expression.Sql.dbl;
import static dev.thalweg.execution.expression.Sql.integer;
import static dev.thalweg.execution.expression.Sql.lit;
import static dev.thalweg.execution.expression.Sql.nothing;
import static dev.thalweg.execution.expression.Sql.str;
import static dev.thalweg.execution.expression.Sql.test;
import static dev.thalweg.execution.expression.Sql.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

@DisplayName("An operator")
final class OperatorSpec {
    private static final Expression FAILS = call("div", Simple.BIGINT, bigint(1L), bigint(0L));
    private final StageBench bench = new StageBench(List.of(Functions.class)).zone("America/Los_Angeles");

    @AfterEach
    void leavesNoMemoryBehind() {
        bench.close();
    }

    private void gives(Expression expression, @Nullable Object expected) {
        assertThat(bench.value(expression)).as("%s", expression).isEqualTo(expected);
    }

    private void fails(Expression expression, String... parts) {
        assertThatThrownBy(() -> bench.value(expression)).as("%s", expression).hasMessageContainingAll(parts);
    }

    @Test
    @DisplayName("of arithmetic checks every overflow and every division by zero")
    void arithmetic() {
        gives(call("+", Simple.INT, integer(2), integer(3)), 5);
        gives(call("-", Simple.BIGINT, bigint(2L), nothing(Simple.BIGINT)), null);
        gives(call("div", Simple.BIGINT, bigint(-7L), bigint(2L)), -3L);
        gives(call("%", Simple.INT, integer(-7), integer(3)), -1);
        gives(call("/", Simple.DOUBLE, dbl(1.0), dbl(4.0)), 0.25);
        gives(call("negative", Simple.DOUBLE, dbl(0.0)), -0.0);
        gives(call("*", Simple.TINYINT, lit((byte) 16, Simple.TINYINT), lit((byte) 7, Simple.TINYINT)), (byte) 112);
        fails(call("+", Simple.INT, integer(Integer.MAX_VALUE), integer(1)), "2147483647 + 1", "try_add", "THW-4002");
        fails(call("*", Simple.BIGINT, bigint(Long.MIN_VALUE), bigint(-1L)), "try_multiply", "THW-4002");
        fails(call("-", Simple.BIGINT, bigint(Long.MIN_VALUE), bigint(1L)), "THW-4002");
        fails(call("*", Simple.TINYINT, lit((byte) 16, Simple.TINYINT), lit((byte) 8, Simple.TINYINT)), "TINYINT",
                "THW-4002");
        fails(call("negative", Simple.INT, integer(Integer.MIN_VALUE)), "THW-4002");
        fails(call("/", Simple.DOUBLE, dbl(1.0), dbl(-0.0)), "try_divide", "THW-4001");
        fails(call("%", Simple.BIGINT, bigint(1L), bigint(0L)), "try_mod", "THW-4001");
    }

    @Test
    @DisplayName("of decimals rounds half up to the scale of its type")
    void decimals() {
        Expression a = lit(new BigDecimal("10.05"), new Decimal(4, 2));
        Expression b = lit(new BigDecimal("3"), new Decimal(1, 0));
        gives(call("+", new Decimal(5, 2), a, b), new BigDecimal("13.05"));
        gives(call("*", new Decimal(6, 1), a, a), new BigDecimal("101.0"));
        gives(call("/", new Decimal(10, 6), a, b), new BigDecimal("3.350000"));
        gives(call("%", new Decimal(4, 2), a, b), new BigDecimal("1.05"));
        fails(call("*", new Decimal(3, 2), a, a), "DECIMAL(3,2)", "THW-4002");
        fails(call("/", new Decimal(10, 6), a, lit(new BigDecimal("0"), new Decimal(1, 0))), "THW-4001");
    }

    @Test
    @DisplayName("of comparison orders NaN last, text by bytes, and finds -0.0 equal to 0.0")
    void comparisons() {
        gives(test("=", dbl(Double.NaN), dbl(Double.NaN)), true);
        gives(test("=", dbl(-0.0), dbl(0.0)), true);
        gives(test("<", dbl(Double.POSITIVE_INFINITY), dbl(Double.NaN)), true);
        gives(test("<=", dbl(Double.NaN), dbl(1.0)), false);
        gives(test("<", str("Z"), str("a")), true);
        gives(test(">", str("\uD83D\uDE00"), str("\uFFFD")), true); // by code point, not by UTF-16 unit
        gives(test("<", bool(false), bool(true)), true);
        gives(test("=", integer(1), integer(null)), null);
        gives(test("<=>", integer(1), integer(null)), false);
        gives(test("<=>", integer(null), integer(null)), true);
        gives(test("=", lit(new BigDecimal("1.50"), new Decimal(3, 2)), lit(new BigDecimal("1.5"), new Decimal(2, 1))),
                true);
        gives(test("<", lit(Arrays.asList(1, null), new ArrayOf(Simple.INT, true)),
                lit(List.of(1, 0), new ArrayOf(Simple.INT, true))),
                true);
        gives(test(">", lit(new byte[] {-1}, Simple.BINARY), lit(new byte[] {1, 2}, Simple.BINARY)), true);
    }

    @Test
    @DisplayName("of logic has three values and stops at the first that decides")
    void logic() {
        Expression unknown = bool(null);
        gives(test("and", unknown, bool(false)), false);
        gives(test("and", unknown, bool(true)), null);
        gives(test("or", unknown, bool(true)), true);
        gives(test("or", unknown, bool(false)), null);
        gives(test("not", unknown), null);
        gives(test("and", bool(false), test("=", FAILS, bigint(1L))), false);
        gives(test("or", bool(true), test("=", FAILS, bigint(1L))), true);
        gives(test("in", integer(1), integer(2), integer(null)), null);
        gives(test("in", integer(2), integer(2), integer(null)), true);
        gives(test("in", integer(3), integer(2), integer(1)), false);
        fails(test("and", bool(true), test("=", FAILS, bigint(1L))), "THW-4001");
    }

    @Test
    @DisplayName("IN with many candidates looks them up")
    void longLists() {
        Expression[] numbers = new Expression[21];
        Expression[] texts = new Expression[21];
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = bigint(7L * i);
            texts[i] = str("v" + 7 * i);
        }
        for (int i : new int[] {0, 1, 7, 70, 140, 141}) {
            numbers[0] = bigint((long) i);
            texts[0] = str("v" + i);
            gives(test("in", numbers.clone()), i > 0 && i <= 140 && i % 7 == 0);
            gives(test("in", texts.clone()), i > 0 && i <= 140 && i % 7 == 0);
        }
    }

    @Test
    @DisplayName("that chooses evaluates only what it takes")
    void choices() {
        gives(when(bool(false), FAILS, bigint(2L)), 2L);
        gives(when(bool(null), FAILS, bigint(2L)), 2L);
        gives(call("coalesce", Simple.BIGINT, bigint(null), bigint(3L), FAILS), 3L);
        gives(call("coalesce", Simple.STRING, str(null), str(null)), null);
        gives(call("if", Simple.BIGINT, bool(true), bigint(1L), FAILS), 1L);
        gives(call("nvl", Simple.STRING, str(null), str("b")), "b");
        gives(call("nvl2", Simple.BIGINT, integer(null), FAILS, bigint(5L)), 5L);
        gives(call("nullif", Simple.INT, integer(1), integer(1)), null);
        gives(call("nullif", Simple.INT, integer(1), integer(null)), 1);
        gives(call("+", Simple.BIGINT, bigint(null), FAILS), null);
        gives(test("isnull", str(null)), true);
        gives(test("isnotnull", str(null)), false);
    }

    @Test
    @DisplayName("of text works on bytes and counts characters")
    void text() {
        gives(call("concat", Simple.STRING, str("a"), str("ß"), str("")), "aß");
        gives(call("concat", Simple.STRING, str("a"), str(null)), null);
        gives(test("like", str("größer"), str("gr__er")), true);
        gives(test("like", str("größer"), str("gr_er")), false);
        gives(test("like", str("abcabc"), str("%bc")), true);
        gives(test("like", str("abc"), str("a%c%c")), false);
        gives(test("like", str("ab%c"), str("ab\\%c")), true);
        gives(test("like", str("ab_c"), str("ab!_c"), str("!")), true);
        gives(test("like", str("abxc"), str("ab!_c"), str("!")), false);
        gives(test("like", str("a\nb"), str("a%b")), true);
        gives(test("like", str(""), str("%")), true);
        gives(test("rlike", str("foo42"), str("[0-9]+$")), true);
        fails(test("like", str("a"), str("a\\b")), "escape", "THW-4005");
        fails(test("rlike", str("a"), str("(")), "regular expression", "THW-4005");
    }

    @Test
    @DisplayName("of nested values makes them and looks into them")
    void nested() {
        ArrayOf ints = new ArrayOf(Simple.INT, true);
        MapOf map = new MapOf(Simple.STRING, Simple.DOUBLE, true);
        gives(call("array", ints, integer(1), integer(null)), Arrays.asList(1, null));
        gives(call("element", Simple.INT, lit(List.of(5, 6), ints), integer(1)), 6);
        fails(call("element", Simple.INT, lit(List.of(5, 6), ints), integer(2)), "index 2", "2 elements", "THW-4004");
        gives(call("element", Simple.DOUBLE, lit(Map.of("a", 1.5), map), str("a")), 1.5);
        gives(call("element", Simple.DOUBLE, lit(Map.of("a", 1.5), map), str("b")), null);
        gives(call("map", map, str("x"), dbl(1.0)), Map.of("x", 1.0));
        fails(call("map", map, str(null), dbl(1.0)), "key is NULL", "THW-4005");
        fails(call("map", map, str("x"), dbl(null), str("x"), dbl(1.0)), "'x' is there twice", "THW-4005");
        gives(call("concat", ints, lit(List.of(1), ints), lit(List.of(2), ints)), List.of(1, 2));
    }

    @Test
    @DisplayName("of time counts days and months on the session's calendar, the rest on the time line")
    void times() {
        long beforeSpring = 1_710_019_800_000_000L; // 2024-03-09 13:30 in Los Angeles; clocks skip an hour that night
        Expression day = lit(86_400_000_000L, Simple.INTERVAL_DAY_TIME);
        Expression hours = lit(24 * 3_600_000_000L - 1, Simple.INTERVAL_DAY_TIME);
        Expression at = lit(beforeSpring, Simple.TIMESTAMP);
        gives(call("+", Simple.TIMESTAMP, at, day), beforeSpring + 23 * 3_600_000_000L);
        gives(call("+", Simple.TIMESTAMP, hours, at), beforeSpring + 24 * 3_600_000_000L - 1);
        gives(call("-", Simple.TIMESTAMP, at, day), beforeSpring - 24 * 3_600_000_000L);
        gives(call("-", Simple.INTERVAL_DAY_TIME, lit(beforeSpring + 23 * 3_600_000_000L, Simple.TIMESTAMP), at),
                86_400_000_000L);
        gives(call("+", Simple.DATE, lit(19_753, Simple.DATE), lit(1, Simple.INTERVAL_YEAR_MONTH)), 19_782); // Jan 31, Feb 29
        gives(call("-", Simple.INTERVAL_DAY_TIME, lit(3, Simple.DATE), lit(1, Simple.DATE)), 2 * 86_400_000_000L);
        gives(call("+", Simple.DATE, lit(3, Simple.DATE), day), 4);
        gives(call("+", Simple.DATE, lit(3, Simple.DATE), integer(2)), 5);
        gives(call("-", Simple.DATE, lit(3, Simple.DATE), integer(2)), 1);
        gives(call("*", Simple.INTERVAL_DAY_TIME, day, dbl(0.5)), 43_200_000_000L);
        gives(call("/", Simple.INTERVAL_YEAR_MONTH, lit(5, Simple.INTERVAL_YEAR_MONTH), integer(2)), 3);
        gives(call("+", Simple.INTERVAL_YEAR_MONTH, lit(5, Simple.INTERVAL_YEAR_MONTH),
                lit(2, Simple.INTERVAL_YEAR_MONTH)), 7);
    }

    @Test
    @DisplayName("of bits is Java's")
    void bits() {
        gives(call("&", Simple.INT, integer(6), integer(3)), 2);
        gives(call("|", Simple.BIGINT, bigint(6L), bigint(3L)), 7L);
        gives(call("~", Simple.INT, integer(0)), -1);
        gives(call("<<", Simple.INT, integer(1), integer(4)), 16);
    }

    @Test
    @DisplayName("that is a library function is found by its types; NULL reaches only those that want it")
    void libraryFunctions() {
        gives(call("twice", Simple.INT, integer(4)), 8);
        gives(call("twice", Simple.STRING, str("ab")), "abab");
        gives(call("twice", Simple.STRING, str(null)), null);
        gives(call("or_zero", Simple.INT, integer(null)), 0);
        gives(call("default", Simple.STRING, str("x"), str("y")), "x,y");
        gives(call("zone_name", Simple.STRING), "America/Los_Angeles");
        gives(call("type_name", Simple.STRING, lit(1L, Simple.TIMESTAMP)), "TIMESTAMP");
        gives(call("maybe", Simple.BIGINT, bigint(-1L)), null);
        gives(call("any", Simple.STRING, lit((byte) 3, Simple.TINYINT)), "Byte");
        gives(call("first_of", new ArrayOf(Simple.STRING, true),
                lit(List.of("q", "r"), new ArrayOf(Simple.STRING, true))),
                List.of("q"));
    }

    /// Bodies, as the function library writes them.
    public static final class Functions {
        private Functions() {}

        public static int twice(int value) {
            return 2 * value;
        }

        public static String twice(Utf8 text) {
            return text.toString() + text;
        }

        @NullAware
        public static int orZero(@Nullable Integer value) {
            return value == null ? 0 : value;
        }

        public static String default_(String... texts) {
            return String.join(",", texts);
        }

        public static String zoneName(EvaluationContext context) {
            return context.zone().getId();
        }

        public static String typeName(ArgumentTypes types, long value) {
            return types.arguments().getFirst().sql();
        }

        public static @Nullable Long maybe(long value) {
            return value < 0 ? null : value;
        }

        public static String any(Object value) {
            return value.getClass().getSimpleName();
        }

        public static List<?> firstOf(List<?> values) {
            return values.subList(0, 1);
        }
    }
}
