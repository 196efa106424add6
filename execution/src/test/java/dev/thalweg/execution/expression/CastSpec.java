package dev.thalweg.execution.expression;

import static dev.thalweg.execution.expression.Sql.cast;
import static dev.thalweg.execution.expression.Sql.lit;
import static dev.thalweg.execution.expression.Sql.str;
import static dev.thalweg.execution.expression.Sql.tryCast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

@DisplayName("CAST, in ANSI mode and a session in Los Angeles,")
final class CastSpec {
    private static final long NOON = 1_709_238_896_789_000L; // 2024-02-29 12:34:56.789 in Los Angeles
    private final StageBench bench = new StageBench().zone("America/Los_Angeles");

    @AfterEach
    void leavesNoMemoryBehind() {
        bench.close();
    }

    private void gives(Expression input, DataType to, @Nullable Object expected) {
        assertThat(bench.value(cast(input, to))).as("%s AS %s", input, to.sql()).isEqualTo(expected);
        Expression element = new Expression.Call("array", List.of(input), new ArrayOf(input.type(), true), false);
        Object inArray = bench.value(cast(element, new ArrayOf(to, true)));
        assertThat(((List<?>) java.util.Objects.requireNonNull(inArray)).getFirst()).as("in an array: %s", input)
                .isEqualTo(expected);
    }

    private void fails(Expression input, DataType to, String code) {
        assertThatThrownBy(() -> bench.value(cast(input, to))).as("%s AS %s", input, to.sql())
                .hasMessageContaining(code)
                .hasMessageContaining("CAST(");
        assertThat(bench.value(tryCast(input, to))).isNull();
    }

    @Test
    @DisplayName("reads numbers from text, white space aside")
    void readsNumbers() {
        gives(str(" 12 "), Simple.TINYINT, (byte) 12);
        gives(str("-2147483648"), Simple.INT, Integer.MIN_VALUE);
        gives(str("9223372036854775807"), Simple.BIGINT, Long.MAX_VALUE);
        gives(str(" \t5\n "), Simple.INT, 5);
        gives(str(".5"), Simple.DOUBLE, 0.5);
        gives(str("-infinity"), Simple.DOUBLE, Double.NEGATIVE_INFINITY);
        gives(str("1.005"), new Decimal(10, 2), new BigDecimal("1.01"));
        fails(str("9223372036854775808"), Simple.BIGINT, "THW-4003");
        fails(str("-9223372036854775809"), Simple.BIGINT, "THW-4003");
        fails(str("1.5"), Simple.INT, "THW-4003");
        fails(str(""), Simple.INT, "THW-4003");
        fails(str("128"), Simple.TINYINT, "THW-4003");
        fails(str("0x10"), Simple.DOUBLE, "THW-4003");
        fails(str("1e999999999"), new Decimal(5, 2), "THW-4002");
    }

    @Test
    @DisplayName("reads words for truth")
    void readsBooleans() {
        gives(str(" True "), Simple.BOOLEAN, true);
        gives(str("n"), Simple.BOOLEAN, false);
        fails(str("off"), Simple.BOOLEAN, "THW-4003");
    }

    @Test
    @DisplayName("checks the range of numbers and cuts fractions off")
    void narrows() {
        gives(lit(-1.9, Simple.DOUBLE), Simple.INT, -1);
        gives(lit(127.9, Simple.DOUBLE), Simple.TINYINT, (byte) 127);
        gives(lit(new BigDecimal("-0.99"), new Decimal(4, 2)), Simple.BIGINT, 0L);
        gives(lit(-0.0, Simple.DOUBLE), Simple.BOOLEAN, false);
        gives(lit(Double.NaN, Simple.DOUBLE), Simple.BOOLEAN, true);
        gives(lit(Double.NaN, Simple.DOUBLE), new Decimal(5, 2), null);
        gives(lit(1.005, Simple.DOUBLE), new Decimal(10, 2), new BigDecimal("1.01"));
        fails(lit(300, Simple.INT), Simple.TINYINT, "THW-4002");
        fails(lit(Double.NaN, Simple.DOUBLE), Simple.INT, "THW-4002");
        fails(lit(9.3e18, Simple.DOUBLE), Simple.BIGINT, "THW-4002");
        fails(lit(100, Simple.INT), new Decimal(4, 2), "THW-4002");
        fails(lit(new BigDecimal("99.995"), new Decimal(5, 3)), new Decimal(4, 2), "THW-4002");
    }

    @Test
    @DisplayName("writes values as Spark does")
    void writesText() {
        gives(lit(Long.MIN_VALUE, Simple.BIGINT), Simple.STRING, "-9223372036854775808");
        gives(lit(1e7, Simple.DOUBLE), Simple.STRING, "1.0E7");
        gives(lit(0.1f, Simple.FLOAT), Simple.STRING, "0.1");
        gives(lit(new BigDecimal("0.00000001"), new Decimal(8, 8)), Simple.STRING, "0.00000001");
        gives(lit(-1, Simple.DATE), Simple.STRING, "1969-12-31");
        gives(lit(NOON, Simple.TIMESTAMP), Simple.STRING, "2024-02-29 12:34:56.789");
        gives(lit(NOON, Simple.TIMESTAMP_NTZ), Simple.STRING, "2024-02-29 20:34:56.789");
        gives(lit(-93784500000L, Simple.INTERVAL_DAY_TIME), Simple.STRING, "INTERVAL '-1 02:03:04.5' DAY TO SECOND");
        gives(lit(-14, Simple.INTERVAL_YEAR_MONTH), Simple.STRING, "INTERVAL '-1-2' YEAR TO MONTH");
        gives(lit(new byte[] {'a', 'b'}, Simple.BINARY), Simple.STRING, "ab");
        gives(lit(Arrays.asList(1, null), new ArrayOf(Simple.INT, true)), Simple.STRING, "[1, null]");
        gives(lit(Map.of("a", 1), new MapOf(Simple.STRING, Simple.INT, true)), Simple.STRING, "{a -> 1}");
        gives(lit(Arrays.asList(1, "x", null),
                new Struct(Sql.row("a", Simple.INT, "b", Simple.STRING, "c", Simple.INT))),
                Simple.STRING, "{1, x, null}");
    }

    @Test
    @DisplayName("reads dates and times, and moves them between zones")
    void movesTimes() {
        gives(str("2024-2-9"), Simple.DATE, 19_762);
        gives(str("2024-02-29 abc"), Simple.DATE, 19_782);
        gives(str("2024-02-29 12:34:56.789"), Simple.TIMESTAMP, NOON);
        gives(str("2024-02-29 12:34:56.789 PST"), Simple.TIMESTAMP, NOON);
        gives(str("2024-02-29T20:34:56.789Z"), Simple.TIMESTAMP, NOON);
        gives(str("2024-03-10 02:30:00"), Simple.TIMESTAMP, 1_710_066_600_000_000L); // skipped, so an hour later
        gives(str("2024-11-03 01:30:00"), Simple.TIMESTAMP, 1_730_622_600_000_000L); // twice, so the earlier
        gives(str("T00:00:01"), Simple.TIMESTAMP, -57_599_000_000L); // of the trigger's day: 1969-12-31 there
        gives(lit(NOON, Simple.TIMESTAMP), Simple.DATE, 19_782);
        gives(lit(19_782, Simple.DATE), Simple.TIMESTAMP, 1_709_193_600_000_000L);
        gives(lit(NOON, Simple.TIMESTAMP), Simple.TIMESTAMP_NTZ, NOON - 8 * 3_600_000_000L);
        gives(lit(NOON, Simple.TIMESTAMP), Simple.BIGINT, 1_709_238_896L);
        gives(lit(-500_000L, Simple.TIMESTAMP), Simple.TINYINT, (byte) -1);
        gives(lit(1.5, Simple.DOUBLE), Simple.TIMESTAMP, 1_500_000L);
        gives(str("1 02:03:04"), Simple.INTERVAL_DAY_TIME, 93_784_000_000L);
        gives(str("INTERVAL '1-2' YEAR TO MONTH"), Simple.INTERVAL_YEAR_MONTH, 14);
        fails(str("2023-02-29"), Simple.DATE, "THW-4003");
        fails(str("2024-02-29 25:00:00"), Simple.TIMESTAMP, "THW-4003");
        fails(lit(NOON, Simple.TIMESTAMP), Simple.SMALLINT, "THW-4002");
    }

    @Test
    @DisplayName("goes into arrays, maps and structs; TRY_CAST gives NULL only for the element that fails")
    void castsNested() {
        assertThat(bench.value(
                tryCast(lit(List.of("1", "x"), new ArrayOf(Simple.STRING, false)), new ArrayOf(Simple.INT, true))))
                .isEqualTo(Arrays.asList(1, null));
        assertThat(bench.value(cast(lit(Map.of("1", "2"), new MapOf(Simple.STRING, Simple.STRING, false)),
                new MapOf(Simple.INT, Simple.BIGINT, true)))).isEqualTo(Map.of(1, 2L));
        assertThatThrownBy(() -> bench.value(
                cast(lit(List.of("x"), new ArrayOf(Simple.STRING, false)), new ArrayOf(Simple.INT, true))))
                .hasMessageContaining("'x'").hasMessageContaining("TRY_CAST");
    }
}
