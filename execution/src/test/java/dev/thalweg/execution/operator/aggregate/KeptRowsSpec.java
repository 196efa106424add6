package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.OperatorTest;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.PlanNode.Direction;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An aggregate that is computed again from its rows")
final class KeptRowsSpec {
    private static final RowType ROW = RowType.of(Field.of("end", Simple.TIMESTAMP), Field.of("n", Simple.BIGINT),
            Field.of("s", Simple.STRING));
    private static final int END = 0;
    private static final int N = 1;
    private static final int S = 2;

    private static final AggregateCall MEDIAN = call("percentile", Simple.DOUBLE, List.of(0.5), N);
    private static final AggregateCall FIRST = call("first", Simple.STRING, List.of(), S);
    private static final AggregateCall LAST = call("last", Simple.STRING, List.of(), S);
    private static final AggregateCall MAX_BY = call("max_by", Simple.STRING, List.of(), S, N);

    private static AggregateCall call(String function, DataType type, List<Object> constants, Integer... arguments) {
        return new AggregateCall(function, List.of(arguments), false, Optional.empty(), false, type, true,
                constants.stream().map(value -> new Literal(value, Simple.DOUBLE)).toList(), List.of());
    }

    private static OperatorTest.Maker maker(Changes changes, boolean emitsOnClose, AggregateCall... calls) {
        List<Field> fields = new ArrayList<>(ROW.select(List.of(END)).fields());
        for (AggregateCall call : calls) {
            fields.add(Field.of(call.function(), call.type()));
        }
        AggregateDeclaration declaration = new AggregateDeclaration("1-aggregate", ROW, List.of(END), List.of(calls),
                new RowType(fields), changes, OptionalInt.of(END), emitsOnClose, true);
        return (tables, allocator, resumed) -> new AggregateOperator(declaration, declaration.encoder(allocator), false,
                tables, Lateness.by(END, resumed), allocator);
    }

    @Test
    @DisplayName("goes on after a restart with the rows it had, and takes back the latest that equals")
    void takesBack() {
        try (OperatorTest test = OperatorTest.of(maker(Changes.RETRACT, false, MEDIAN, FIRST, LAST, MAX_BY))) {
            test.insert(ROW, 10L, 1L, "a").insert(ROW, 10L, 5L, "b").insert(ROW, 10L, 1L, "a").trigger()
                    .emits("+1 [10, 1.0, a, a, b]");
            test.delete(ROW, 10L, 1L, "a").trigger().emits("-1 [10, 1.0, a, a, b]", "+1 [10, 3.0, a, b, b]");
            test.delete(ROW, 10L, 5L, "b").insert(ROW, 10L, 7L, "c").trigger()
                    .emits("-1 [10, 3.0, a, b, b]", "+1 [10, 4.0, a, c, c]");
            test.delete(ROW, 10L, 1L, "a").delete(ROW, 10L, 7L, "c").trigger().emits("-1 [10, 4.0, a, c, c]").holds(0);
        }
    }

    @Test
    @DisplayName("takes a row back that comes later in the same trigger")
    void takesBackBeforeItComes() {
        try (OperatorTest test = OperatorTest.of(maker(Changes.RETRACT, false, MEDIAN, FIRST))) {
            test.insert(ROW, 10L, 2L, "z").trigger().emits("+1 [10, 2.0, z]");
            test.delete(ROW, 10L, 9L, "a").insert(ROW, 10L, 9L, "a").trigger().emitsNothing();
        }
    }

    @Test
    @DisplayName("forgets all of a group that the watermark has passed")
    void freesByTime() {
        try (OperatorTest test = OperatorTest.of(maker(Changes.RETRACT, false, MEDIAN, FIRST, MAX_BY))) {
            test.insert(ROW, 10L, 1L, "a").insert(ROW, 20L, 2L, "b").trigger(5)
                    .emits("+1 [10, 1.0, a, a]", "+1 [20, 2.0, b, b]").holds(8);
            test.trigger(10).emitsNothing().holds(4);
            test.insert(ROW, 20L, 4L, "c").delete(ROW, 10L, 1L, "a").trigger(15).refuses("[10, 1, a]")
                    .emits("-1 [20, 2.0, b, b]", "+1 [20, 3.0, b, c]");
            test.trigger(20).holds(0);
        }
    }

    @Test
    @DisplayName("is handed over once where time closes its group")
    void emitsOnClose() {
        AggregateCall distinct = call("approx_count_distinct", Simple.BIGINT, List.of(), S);
        try (OperatorTest test = OperatorTest.of(maker(Changes.INSERT_ONLY, true, MEDIAN, MAX_BY, distinct))) {
            test.insert(ROW, 10L, 1L, "a").insert(ROW, 10L, 3L, "b").trigger(5).emitsNothing();
            test.insert(ROW, 10L, 3L, "a").trigger(10).emits("+1 [10, 3.0, b, 2]").holds(0);
        }
    }

    @Test
    @DisplayName("gives all its memory back when there is not enough of it")
    void leavesNothingBehind() {
        AggregateCall texts = new AggregateCall("listagg", List.of(S, N), false, Optional.empty(), false,
                Simple.STRING, true, List.of(new Literal(",", Simple.STRING)), List.of(new Direction(true, false)));
        AggregateCall[] calls = {MEDIAN, FIRST, MAX_BY, texts, call("mode", Simple.STRING, List.of(), S),
                call("collect_list", new ArrayOf(Simple.STRING, false), List.of(), S),
                call("hll_sketch_agg", Simple.BINARY, List.of(8), N)};
        for (Changes changes : Changes.values()) {
            OperatorTest.inAnyMemory(maker(changes, false, calls), test -> test.insert(ROW, 10L, 1L, "a")
                    .insert(ROW, 10L, 2L, "b").trigger().insert(ROW, 10L, 3L, "c").trigger());
        }
    }
}
