package dev.thalweg.spi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A column of coded texts")
final class CodedTextTest {
    private static final RowType TYPE = RowType.of(Field.of("t", Simple.STRING));
    private static final int N = CodedText.NULL;

    private final RootAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingIsLeft() {
        allocator.close();
    }

    private TextDictionary dictionary(String... texts) {
        BaseVariableWidthVector vector = (BaseVariableWidthVector) ArrowTypes.newVector(TYPE.field(0), allocator);
        vector.allocateNew();
        for (int i = 0; i < texts.length; i++) {
            VectorValues.set(vector, i, Simple.STRING, texts[i]);
        }
        vector.setValueCount(texts.length);
        return TextDictionary.of(vector);
    }

    private static Batch batch(TextDictionary dictionary, int... codes) {
        boolean hasNulls = Arrays.stream(codes).anyMatch(code -> code == N);
        return Batch.ofColumns(TYPE, List.of(new CodedText(codes, codes.length, hasNulls, dictionary)), codes.length,
                null);
    }

    private static List<@Nullable Object> values(Batch batch) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < batch.rowCount(); i++) {
            values.add(VectorValues.get(batch.vector(0), batch.physical(i), Simple.STRING));
        }
        return values;
    }

    @Test
    @DisplayName("gives plain values to whoever asks for them: NULLs, texts of no bytes, long and repeated ones")
    void decodes() {
        String longer = "ü".repeat(100);
        try (Batch batch = batch(dictionary("a", "", longer, "a"), 2, N, 1, 0, 3, 2, N)) {
            assertThat(batch.column(0).hasNulls()).isTrue();
            assertThat(values(batch)).isEqualTo(Arrays.asList(longer, null, "", "a", "a", longer, null));
            assertThat(batch.vector(0)).as("made once").isSameAs(batch.vector(0));
            assertThat(batch.vector(0).getNullCount()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("may have nothing but NULLs, and a dictionary of nothing; or no rows")
    void decodesNothing() {
        try (Batch nulls = batch(dictionary(), N, N); Batch none = batch(dictionary())) {
            assertThat(values(nulls)).containsExactly(null, null);
            assertThat(values(none)).isEmpty();
        }
    }

    @Test
    @DisplayName("is shared by the views of a batch, and lives as long as the last of them")
    void isShared() {
        Batch whole = batch(dictionary("x", "y"), 0, 1, N, 1);
        Batch view = whole.retain().select(new int[] {3, 2}, 2);
        whole.close();
        try (Batch projected = view.project(TYPE, List.of(0))) {
            assertThat(values(projected)).isEqualTo(Arrays.asList("y", null));
            assertThat(projected.column(0).bytes()).isGreaterThan(16);
        }
    }

    @Test
    @DisplayName("keeps its dictionary, which others keep too; a dictionary is closed no more often than it is held")
    void keepsItsDictionary() {
        TextDictionary dictionary = dictionary("x");
        Batch one = batch(dictionary.retain(), 0);
        Batch other = batch(dictionary, 0, 0);
        one.close();
        assertThat(values(other)).containsExactly("x", "x");
        other.close();
        assertThatThrownBy(dictionary::close).isInstanceOf(Defect.class).hasMessageContaining("more often");
        assertThatThrownBy(dictionary::retain).isInstanceOf(Defect.class).hasMessageContaining("after its last");
    }

    @Test
    @DisplayName("says so where its texts would be more than a vector holds")
    void isTooLarge() {
        try (Batch batch = batch(dictionary("x".repeat(1 << 20)), new int[2048])) {
            assertThatThrownBy(() -> batch.vector(0)).isInstanceOf(InvalidQuery.class).hasMessageContaining("THW-4006")
                    .hasMessageContaining("'t'").hasMessageContaining("2,147,483,648");
        }
    }

    @Test
    @DisplayName("may have the rows of another batch's column for its dictionary, and keeps that batch")
    void namesRowsOfABatch() {
        Batch table;
        try (BatchBuilder builder = new BatchBuilder(TYPE, allocator)) {
            table = builder.add(List.of("first")).add(List.of("second")).build();
        }
        try (Batch batch = batch(TextDictionary.ofColumn(table, 0), 1, N, 0)) {
            assertThat(values(batch)).isEqualTo(Arrays.asList("second", null, "first"));
        }
    }
}
