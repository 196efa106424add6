package dev.thalweg.execution.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.OperatorTest;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An aggregate")
final class AggregateSpec {
    private static final RowType ROW = RowType.of(Field.of("k", Simple.STRING), Field.of("n", Simple.BIGINT),
            Field.of("x", Simple.DOUBLE), Field.of("s", Simple.STRING), Field.of("end", Simple.TIMESTAMP),
            Field.of("d", new Decimal(38, 2)));
    private static final int K = 0;
    private static final int N = 1;
    private static final int X = 2;
    private static final int S = 3;
    private static final int END = 4;
    private static final int D = 5;

    private static AggregateCall call(String function, DataType type, Integer... arguments) {
        return new AggregateCall(function, List.of(arguments), false, Optional.empty(), false, type, true);
    }

    private static AggregateCall distinct(String function, DataType type, Integer... arguments) {
        return new AggregateCall(function, List.of(arguments), true, Optional.empty(), false, type, true);
    }

    private static OperatorTest aggregate(Changes changes, List<Integer> keys, AggregateCall... calls) {
        return aggregate(changes, keys, OptionalInt.empty(), false, calls);
    }

    private static OperatorTest aggregate(Changes changes, List<Integer> keys, OptionalInt freedBy,
            boolean emitsOnClose, AggregateCall... calls) {
        return OperatorTest.of(maker(changes, keys, freedBy, emitsOnClose, calls));
    }

    private static OperatorTest.Maker maker(Changes changes, List<Integer> keys, OptionalInt freedBy,
            boolean emitsOnClose, AggregateCall... calls) {
        List<Field> fields = new ArrayList<>(ROW.select(keys).fields());
        for (AggregateCall call : calls) {
            fields.add(Field.of(call.function(), call.type()));
        }
        AggregateDeclaration declaration = new AggregateDeclaration("1-aggregate", ROW, keys, List.of(calls),
                new RowType(fields), changes, freedBy, emitsOnClose, true);
        return (tables, allocator, resumed) -> new AggregateOperator(declaration, declaration.encoder(allocator), false,
                tables, freedBy.isPresent() ? Lateness.by(freedBy.getAsInt(), resumed) : Lateness.none(), allocator);
    }

    private static @Nullable Object[] row(String k, @Nullable Long n) {
        return new @Nullable Object[] {k, n, null, null, null, null};
    }

    @Test
    @DisplayName("gives all its memory back when a result does not fit into it")
    void leavesNothingBehind() {
        DataType texts = new ArrayOf(Simple.STRING, false);
        AggregateCall[] calls = {call("count", Simple.BIGINT), call("sum", Simple.BIGINT, N),
                call("avg", Simple.DOUBLE, X),
                call("sum", new Decimal(38, 2), D), call("min", Simple.BIGINT, N), call("max", Simple.STRING, S),
                call("first", Simple.STRING, S), call("collect_list", texts, S)};
        OperatorTest.inAnyMemory(maker(Changes.INSERT_ONLY, List.of(K, S), OptionalInt.empty(), false, calls),
                test -> test.insert(ROW, "a", 1L, 0.5, "x", 1L, BigDecimal.ONE)
                        .insert(ROW, "b", 2L, 1.5, "y", 2L, BigDecimal.TEN).trigger()
                        .insert(ROW, "a", 3L, 2.5, "x", 3L, BigDecimal.TWO).trigger());
    }

    @Test
    @DisplayName("takes a group's old row back when its new one comes, and says nothing where nothing changed")
    void emitsNetChanges() {
        try (OperatorTest test = aggregate(Changes.INSERT_ONLY, List.of(K), call("sum", Simple.BIGINT, N))) {
            test.insert(ROW, row("a", 1L)).insert(ROW, row("b", 5L)).insert(ROW, row("a", 2L)).trigger()
                    .emits("+1 [a, 3]", "+1 [b, 5]");
            test.insert(ROW, row("a", 4L)).insert(ROW, row("b", 0L)).trigger().emits("-1 [a, 3]", "+1 [a, 7]");
            test.insert(ROW, row("b", null)).trigger().emitsNothing();
            test.trigger().emitsNothing().holds(2);
        }
    }

    @Test
    @DisplayName("forgets a group whose last row is taken back")
    void dropsDeadGroups() {
        try (OperatorTest test = aggregate(Changes.RETRACT, List.of(K), call("count", Simple.BIGINT),
                call("max", Simple.BIGINT, N))) {
            test.insert(ROW, row("a", 1L)).insert(ROW, row("a", 9L)).trigger().emits("+1 [a, 2, 9]");
            test.delete(ROW, row("a", 9L)).trigger().emits("-1 [a, 2, 9]", "+1 [a, 1, 1]");
            test.delete(ROW, row("a", 1L)).trigger().emits("-1 [a, 1, 1]").holds(0);
        }
    }

    @Test
    @DisplayName("without keys has one row from the first trigger on, even for no input")
    void globalRow() {
        try (OperatorTest test = aggregate(Changes.RETRACT, List.of(), call("count", Simple.BIGINT),
                call("sum", Simple.BIGINT, N))) {
            test.trigger().emits("+1 [0, null]");
            test.insert(ROW, row("a", 3L)).trigger().emits("-1 [0, null]", "+1 [1, 3]");
            test.delete(ROW, row("a", 3L)).trigger().emits("-1 [1, 3]", "+1 [0, null]");
        }
    }

    @Test
    @DisplayName("that emits on close hands a group over once, when the watermark passes it, and refuses what comes after")
    void emitsOnClose() {
        try (OperatorTest test = aggregate(Changes.INSERT_ONLY, List.of(END, K), OptionalInt.of(END), true,
                call("count", Simple.BIGINT), distinct("count", Simple.BIGINT, S))) {
            test.insert(ROW, "a", 1L, null, "x", 100L, null).insert(ROW, "a", 2L, null, "x", 100L, null)
                    .insert(ROW, "a", 2L, null, "y", 200L, null).trigger(99).emitsNothing();
            test.insert(ROW, "b", 1L, null, null, 100L, null).trigger(100)
                    .emits("+1 [100, a, 2, 1]", "+1 [100, b, 1, 0]").holds(2);
            test.insert(ROW, "a", 1L, null, "x", 100L, null).insert(ROW, "a", 1L, null, "x", 101L, null).trigger(150)
                    .refuses("[a, 1, null, x, 100, null]").emits("+1 [101, a, 1, 1]");
            test.insert(ROW, "z", 1L, null, "x", null, null).trigger(250).emits("+1 [200, a, 1, 1]");
            test.trigger(Long.MAX_VALUE).emits("+1 [null, z, 1, 1]").holds(0);
        }
    }

    @Test
    @DisplayName("that emits changes forgets what the watermark has passed, without taking it back")
    void freesByTime() {
        try (OperatorTest test = aggregate(Changes.RETRACT, List.of(END), OptionalInt.of(END), false,
                call("min", Simple.STRING, S), distinct("sum", Simple.BIGINT, N))) {
            test.insert(ROW, "a", 1L, null, "x", 100L, null).insert(ROW, "a", 1L, null, "b", 300L, null).trigger(50)
                    .emits("+1 [100, x, 1]", "+1 [300, b, 1]");
            test.trigger(100).emitsNothing().holds(3);
            test.delete(ROW, "a", 1L, null, "x", 100L, null).trigger(100).emitsNothing()
                    .refuses("[a, 1, null, x, 100, null]");
        }
    }

    @Test
    @DisplayName("counts a value of DISTINCT from its first row to its last")
    void distinctValues() {
        try (OperatorTest test = aggregate(Changes.RETRACT, List.of(K), distinct("count", Simple.BIGINT, N),
                distinct("sum", Simple.BIGINT, N), call("collect_set", new ArrayOf(Simple.BIGINT, false), N))) {
            test.insert(ROW, row("a", 7L)).insert(ROW, row("a", 7L)).insert(ROW, row("a", null)).trigger()
                    .emits("+1 [a, 1, 7, [7]]");
            test.delete(ROW, row("a", 7L)).trigger().emitsNothing();
            test.delete(ROW, row("a", 7L)).insert(ROW, row("a", 8L)).trigger().emits("-1 [a, 1, 7, [7]]",
                    "+1 [a, 1, 8, [8]]");
        }
    }

    @Test
    @DisplayName("collects values in the order of arrival and finds first and last by it")
    void arrival() {
        try (OperatorTest test = aggregate(Changes.INSERT_ONLY, List.of(K),
                call("collect_list", new ArrayOf(Simple.STRING, false), S), call("first", Simple.STRING, S),
                call("last", Simple.STRING, S), call("max", Simple.STRING, S))) {
            test.insert(ROW, "a", 1L, null, "m", null, null).insert(ROW, "a", 1L, null, "z", null, null).trigger()
                    .emits("+1 [a, [m, z], m, z, z]");
            test.insert(ROW, "a", 1L, null, null, null, null).trigger().emits("-1 [a, [m, z], m, z, z]",
                    "+1 [a, [m, z], m, null, z]");
            test.insert(ROW, "a", 1L, null, "b", null, null).trigger().emits("-1 [a, [m, z], m, null, z]",
                    "+1 [a, [m, z, b], m, b, z]");
        }
    }

    @Test
    @DisplayName("does not overflow on the way, only where the result does not fit")
    void overflow() {
        try (OperatorTest test = aggregate(Changes.RETRACT, List.of(K), call("sum", Simple.BIGINT, N),
                call("avg", Simple.DOUBLE, N))) {
            test.insert(ROW, row("a", Long.MAX_VALUE)).insert(ROW, row("a", Long.MAX_VALUE))
                    .delete(ROW, row("a", Long.MAX_VALUE)).trigger()
                    .emits("+1 [a, 9223372036854775807, 9.223372036854776E18]");
            test.insert(ROW, row("a", 1L));
            assertThatThrownBy(test::trigger).isInstanceOf(InvalidQuery.class)
                    .hasMessageContaining("9223372036854775808").hasMessageContaining("THW-4002");
        }
    }

    @Test
    @DisplayName("takes doubles back without a trace, NaN and infinities included")
    void exactDoubles() {
        try (OperatorTest test = aggregate(Changes.RETRACT, List.of(K), call("sum", Simple.DOUBLE, X),
                call("stddev_samp", Simple.DOUBLE, X))) {
            double[] values = {1e300, -0.1, 1e-300, Double.NaN, Double.POSITIVE_INFINITY, 3};
            for (double value : values) {
                test.insert(ROW, "a", 1L, value, null, null, null);
            }
            test.trigger().emits("+1 [a, NaN, NaN]");
            for (int i = 0; i < 5; i++) {
                test.delete(ROW, "a", 1L, values[i], null, null, null);
            }
            test.trigger().emits("-1 [a, NaN, NaN]", "+1 [a, 3.0, null]");
        }
    }

    @Test
    @DisplayName("adds decimals of 38 digits exactly and rounds an average half up")
    void decimals() {
        BigDecimal large = new BigDecimal("999999999999999999999999999999999999.99");
        try (OperatorTest test = aggregate(Changes.RETRACT, List.of(K), call("sum", new Decimal(38, 2), D),
                call("avg", new Decimal(38, 6), D), call("min", new Decimal(38, 2), D))) {
            test.insert(ROW, "a", 1L, null, null, null, new BigDecimal("-2.00"))
                    .insert(ROW, "a", 1L, null, null, null, new BigDecimal("1.00"))
                    .insert(ROW, "a", 1L, null, null, null, new BigDecimal("1.50")).trigger()
                    .emits("+1 [a, 0.50, 0.166667, -2.00]");
            test.push(0, ROW, 5, "b", 1L, null, null, null, large)
                    .push(0, ROW, -5, "b", 1L, null, null, null, large)
                    .insert(ROW, "b", 1L, null, null, null, new BigDecimal("0.01")).trigger()
                    .emits("+1 [b, 0.01, 0.010000, 0.01]");
        }
    }
}
