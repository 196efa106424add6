package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.operator.DropDuplicatesOperator.Shown;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("DISTINCT and dropDuplicates")
final class DistinctSpec {
    private static final RowType ROW = RowType.of(Field.of("s", Simple.STRING), Field.of("x", Simple.DOUBLE),
            Field.of("ts", Simple.TIMESTAMP));

    private static OperatorTest dropDuplicates(List<Integer> keys, OptionalInt time) {
        return OperatorTest.of((tables, allocator, resumed) -> new DropDuplicatesOperator("1-dropduplicates",
                KeyEncoder.of(ROW, keys, time, allocator), ROW.select(keys).sql(), Shown.AS_IT_CAME, tables,
                time.isPresent() ? Lateness.by(time.getAsInt(), resumed) : Lateness.none()));
    }

    private static OperatorTest distinct() {
        return OperatorTest.of((tables, allocator, resumed) -> {
            KeyEncoder encoder = KeyEncoder.of(ROW, List.of(0, 1, 2), OptionalInt.of(2), allocator);
            return new DropDuplicatesOperator("1-distinct", encoder, ROW.sql(),
                    Shown.asKey(ROW, new KeyDecoder(encoder.layout()), allocator), tables, Lateness.none());
        });
    }

    private static OperatorTest counted(OptionalInt time) {
        return OperatorTest.of(countedMaker(time));
    }

    private static OperatorTest.Maker countedMaker(OptionalInt time) {
        return (tables, allocator, resumed) -> new CountedDistinctOperator("1-distinct", ROW,
                KeyEncoder.of(ROW, List.of(0, 1, 2), time, allocator), tables,
                time.isPresent() ? Lateness.by(time.getAsInt(), resumed) : Lateness.none(), allocator);
    }

    @Test
    @DisplayName("give all their memory back when their rows do not fit into it")
    void leaveNothingBehind() {
        OperatorTest.inAnyMemory(countedMaker(OptionalInt.empty()),
                test -> test.insert(ROW, "a", 1.0, 1L).insert(ROW, "b", 2.0, 2L).trigger().delete(ROW, "a", 1.0, 1L)
                        .insert(ROW, "c", 1.0, 1L).trigger());
    }

    @Test
    @DisplayName("let the first row of a key through, once, also after a restart; NULL is a value like any other")
    void firstOfAKey() {
        try (OperatorTest test = dropDuplicates(List.of(0), OptionalInt.empty())) {
            test.insert(ROW, "a", 1.0, 1L).insert(ROW, "a", 2.0, 2L).insert(ROW, null, 3.0, 3L).trigger()
                    .emits("+1 [a, 1.0, 1]", "+1 [null, 3.0, 3]");
            test.insert(ROW, "a", 4.0, 4L).insert(ROW, null, 5.0, 4L).insert(ROW, "", 6.0, 4L).trigger()
                    .emits("+1 [, 6.0, 4]").holds(3);
        }
    }

    @Test
    @DisplayName("take -0.0 for 0.0 and any NaN for any other")
    void doubles() {
        try (OperatorTest test = dropDuplicates(List.of(1), OptionalInt.empty())) {
            test.insert(ROW, "a", 0.0, 1L).insert(ROW, "b", -0.0, 1L).insert(ROW, "c", Double.NaN, 1L)
                    .insert(ROW, "d", Double.longBitsToDouble(0x7ff8000000000123L), 1L).trigger()
                    .emits("+1 [a, 0.0, 1]", "+1 [c, NaN, 1]");
        }
    }

    @Test
    @DisplayName("show 0.0 for -0.0 where the whole row is the key, whichever came first")
    void zeros() {
        try (OperatorTest test = distinct()) {
            test.insert(ROW, "a", -0.0, 1L).insert(ROW, "a", 0.0, 1L).insert(ROW, null, -0.0, null)
                    .insert(ROW, "b", -1.5, 2L).trigger()
                    .emits("+1 [a, 0.0, 1]", "+1 [null, 0.0, null]", "+1 [b, -1.5, 2]").holds(3);
        }
    }

    @Test
    @DisplayName("forget a key when the watermark passes its time, and refuse what comes after")
    void freedByTime() {
        try (OperatorTest test = dropDuplicates(List.of(0, 2), OptionalInt.of(2))) {
            test.insert(ROW, "a", 1.0, 10L).insert(ROW, "a", 1.0, 20L).trigger(10).emits("+1 [a, 1.0, 10]",
                    "+1 [a, 1.0, 20]").holds(1);
            test.insert(ROW, "a", 2.0, 10L).insert(ROW, "a", 2.0, 20L).insert(ROW, "a", 2.0, 30L).trigger(10)
                    .refuses("[a, 2.0, 10]").emits("+1 [a, 2.0, 30]");
        }
    }

    @Test
    @DisplayName("keep a row that may be taken back until its last copy is gone")
    void counted() {
        try (OperatorTest test = counted(OptionalInt.empty())) {
            test.push(0, ROW, 2, "a", 1.0, 1L).insert(ROW, "b", 1.0, 1L).delete(ROW, "b", 1.0, 1L).trigger()
                    .emits("+1 [a, 1.0, 1]").holds(1);
            test.delete(ROW, "a", 1.0, 1L).trigger().emitsNothing();
            test.delete(ROW, "a", 1.0, 1L).trigger().emits("-1 [a, 1.0, 1]").holds(0);
        }
    }

    @Test
    @DisplayName("forget, and do not take back, rows that time has passed")
    void countedFreedByTime() {
        try (OperatorTest test = counted(OptionalInt.of(2))) {
            test.insert(ROW, "a", 1.0, 10L).trigger(10).emits("+1 [a, 1.0, 10]").holds(0);
            test.delete(ROW, "a", 1.0, 10L).trigger(10).emitsNothing().refuses("[a, 1.0, 10]");
        }
    }
}
