package dev.thalweg.spi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A column of coded numbers")
final class CodedNumberTest {
    private static final int N = Coded.NULL;

    private final RootAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingIsLeft() {
        allocator.close();
    }

    private NumberDictionary dictionary(Simple type, Object... values) {
        BaseFixedWidthVector vector = (BaseFixedWidthVector) ArrowTypes.newVector(Field.of("n", type), allocator);
        FixedWidth.allocateAll(vector, values.length);
        for (int i = 0; i < values.length; i++) {
            VectorValues.set(vector, i, type, values[i]);
        }
        return new NumberDictionary(vector);
    }

    private static CodedNumber column(NumberDictionary dictionary, int... codes) {
        return new CodedNumber(codes, codes.length, Arrays.stream(codes).anyMatch(code -> code == N), dictionary);
    }

    private static List<@Nullable Object> values(Column column, Simple type, int rows) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            values.add(VectorValues.get(column.vector(), i, type));
        }
        return values;
    }

    @Test
    @DisplayName("gives plain values to whoever asks for them: of 4 bytes and of 8, NULLs too, made once")
    void decodes() {
        try (Column longs = column(dictionary(Simple.BIGINT, 7L, -1L, 7L), 2, N, 1, 0);
                Column ints = column(dictionary(Simple.INT, 5, 6), 1, 1, 0)) {
            assertThat(longs.hasNulls()).isTrue();
            assertThat(values(longs, Simple.BIGINT, 4)).isEqualTo(Arrays.asList(7L, null, -1L, 7L));
            assertThat(longs.vector()).isSameAs(longs.vector());
            assertThat(ints.hasNulls()).isFalse();
            assertThat(ints.bytes()).isEqualTo(12);
            assertThat(values(ints, Simple.INT, 3)).containsExactly(6, 6, 5);
            assertThat(ints.bytes()).isGreaterThan(12);
        }
    }

    @Test
    @DisplayName("may have nothing but NULLs, and a dictionary of nothing; or no rows")
    void decodesNothing() {
        try (Column nulls = column(dictionary(Simple.DOUBLE), N, N); Column none = column(dictionary(Simple.DATE))) {
            assertThat(values(nulls, Simple.DOUBLE, 2)).containsExactly(null, null);
            assertThat(none.vector().getValueCount()).isZero();
        }
    }

    @Test
    @DisplayName("gives other rows of the same dictionary, which lives as long as the last column")
    void keepsItsDictionary() {
        NumberDictionary dictionary = dictionary(Simple.BIGINT, 10L, 20L);
        CodedNumber whole = column(dictionary, 0, 1, 0);
        Coded chosen = whole.choose(new int[] {1, N, 99}, 2, true);
        whole.close();
        assertThat(values(chosen, Simple.BIGINT, 2)).isEqualTo(Arrays.asList(20L, null));
        chosen.close();
        assertThatThrownBy(dictionary::close).isInstanceOf(Defect.class).hasMessageContaining("more often");
        assertThatThrownBy(dictionary::retain).isInstanceOf(Defect.class).hasMessageContaining("after its last");
    }
}
