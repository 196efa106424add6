package dev.thalweg.spi.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.DataType.Simple;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A column of one value")
final class OneValueTest {
    private static final int ROWS = 1_003;
    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void leavesNoMemoryBehind() {
        allocator.close();
    }

    private BaseFixedWidthVector one(DataType type) {
        BaseFixedWidthVector vector = (BaseFixedWidthVector) ArrowTypes.newVector(Field.of("c", type), allocator);
        FixedWidth.allocateAll(vector, 1);
        return vector;
    }

    static Stream<Arguments> values() {
        return Stream.of(Arguments.of(Simple.TINYINT, (byte) -3), Arguments.of(Simple.SMALLINT, (short) 300),
                Arguments.of(Simple.INT, -70_000), Arguments.of(Simple.FLOAT, 1.5f),
                Arguments.of(Simple.BIGINT, 1L << 40), Arguments.of(Simple.DOUBLE, -0.5));
    }

    @ParameterizedTest
    @MethodSource("values")
    @DisplayName("has it in every row of its vector")
    void isInEveryRow(DataType type, Object value) {
        BaseFixedWidthVector only = one(type);
        VectorValues.set(only, 0, type, value);
        try (OneValue column = new OneValue(only, ROWS)) {
            FieldVector vector = column.vector();

            assertThat(vector.getValueCount()).isEqualTo(ROWS);
            assertThat(vector.getNullCount()).isZero();
            for (int row = 0; row < ROWS; row++) {
                assertThat(VectorValues.get(vector, row, type)).isEqualTo(value);
            }
            assertThat(column.hasNulls()).isFalse();
            assertThat(column.vector()).isSameAs(vector);
        }
    }

    @Test
    @DisplayName("may be NULL in every row")
    void mayBeNull() {
        BaseFixedWidthVector only = one(Simple.BIGINT);
        only.setNull(0);
        try (OneValue column = new OneValue(only, ROWS)) {
            assertThat(column.hasNulls()).isTrue();
            assertThat(column.vector().getNullCount()).isEqualTo(ROWS);
        }
    }

    @Test
    @DisplayName("takes memory for one row until somebody asks for all")
    void takesLittle() {
        try (OneValue column = new OneValue(one(Simple.BIGINT), ROWS)) {
            assertThat(column.bytes()).isLessThan(ROWS);
            column.vector();
            assertThat(column.bytes()).isGreaterThan(8L * ROWS);
        }
    }
}
