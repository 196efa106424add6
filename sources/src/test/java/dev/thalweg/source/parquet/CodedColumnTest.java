package dev.thalweg.source.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.source.DuckFiles;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Coded;
import dev.thalweg.spi.data.CodedNumber;
import dev.thalweg.spi.data.CodedText;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.TextDictionary;
import dev.thalweg.spi.data.VectorValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Texts that a Parquet file has in a dictionary")
final class CodedColumnTest {
    private static final RowType TEXT = RowType.of(Field.of("t", Simple.STRING));
    private static final List<String> WORDS = List.of("view", "", "click", "größer");

    private final RootAllocator allocator = new RootAllocator();
    private final List<Batch> batches = new ArrayList<>();
    @TempDir
    Path directory;

    @AfterEach
    void nothingIsLeft() {
        batches.forEach(Batch::close); // long after the reader
        allocator.close();
    }

    private List<@Nullable Object> read(ParquetScan.Range range, RowType type, int rowsMax) throws IOException {
        try (ParquetScan scan = new ParquetScan(range, new ParquetScan.Wanted(type, List.of(), rowsMax), allocator)) {
            for (Optional<Batch> next = scan.next(); next.isPresent(); next = scan.next()) {
                batches.add(next.get());
            }
        }
        return batches.stream().flatMap(batch -> IntStream.range(0, batch.rowCount())
                .mapToObj(row -> Optional.ofNullable(VectorValues.get(batch.vector(0), row, type.type(0)))))
                .map(value -> value.orElse(null)).collect(ArrayList::new, List::add, List::addAll);
    }

    private List<Boolean> coded(int column) {
        return batches.stream().map(batch -> batch.column(column) instanceof CodedText).toList();
    }

    private static List<@Nullable String> words(int count, int nullsOneIn) {
        List<@Nullable String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(i % nullsOneIn == nullsOneIn - 1 ? null : WORDS.get(i * i % 5 % 4));
        }
        return words;
    }

    @Test
    @DisplayName("stay codes through pages with and without NULLs, with one dictionary for a row group")
    void staysCoded() throws IOException {
        List<@Nullable String> nothing = Collections.nCopies(20, null);
        ParquetScan.Range range = new HandmadeFile(WORDS).coded(words(70, 1_000)).coded(words(50, 3)).coded(nothing)
                .coded(words(41, 7)).writeTo(directory.resolve("a"));
        assertThat(read(range, TEXT, 30))
                .isEqualTo(HandmadeFile.all(words(70, 1_000), words(50, 3), nothing, words(41, 7)));
        assertThat(coded(0)).hasSize(7).containsOnly(true);
        Set<TextDictionary> dictionaries = new HashSet<>();
        batches.forEach(batch -> dictionaries.add(((CodedText) batch.column(0)).dictionary()));
        assertThat(dictionaries).hasSize(1);
        assertThat(batches.getFirst().column(0).hasNulls()).isFalse();
        assertThat(batches.get(3).column(0).hasNulls()).isTrue();
    }

    @Test
    @DisplayName("are plain from the batch on in which the writer gives its dictionary up, and codes again if it takes it up")
    void overflows() throws IOException {
        List<@Nullable String> fresh = new ArrayList<>(IntStream.range(0, 45).mapToObj(i -> "new " + i).toList());
        fresh.set(3, null);
        ParquetScan.Range range = new HandmadeFile(WORDS).coded(words(45, 4)).plain(fresh).coded(words(60, 1_000))
                .writeTo(directory.resolve("a"));
        assertThat(read(range, TEXT, 30)).isEqualTo(HandmadeFile.all(words(45, 4), fresh, words(60, 1_000)));
        assertThat(coded(0)).containsExactly(true, false, false, true, true);
    }

    @Test
    @DisplayName("have another dictionary in each row group, and are plain where there are about as many texts as rows")
    void changesDictionaries() throws IOException {
        Path file = directory.resolve("a.parquet");
        DuckFiles.write(file,
                "SELECT CASE WHEN i % 5 <> 0 THEN 'word ' || (i // 3000) || repeat('x', (i % 3)::INT) END AS t,"
                        + " 'text ' || i AS u FROM range(9000) r(i)",
                "ROW_GROUP_SIZE 2048, DICTIONARY_SIZE_LIMIT 100000,"
                        + " STRING_DICTIONARY_PAGE_SIZE_LIMIT 10000000");
        RowType both = RowType.of(Field.of("t", Simple.STRING), Field.of("u", Simple.STRING));
        List<@Nullable Object> expected = new ArrayList<>();
        DuckFiles.rows("SELECT t FROM '" + file + "'").forEach(row -> expected.add(row.getFirst()));
        assertThat(read(new ParquetScan.Range(file, Files.size(file), 0, Files.size(file)), both, 1_000))
                .isEqualTo(expected);
        assertThat(coded(0)).containsOnly(true);
        assertThat(coded(1)).containsOnly(false);
        assertThat(batches.stream().map(batch -> ((CodedText) batch.column(0)).dictionary()).distinct().count())
                .isGreaterThan(3);
    }

    @Test
    @DisplayName("are accompanied by numbers, dates and times, each row group's with its own dictionary, where there are eight rows a value; others are plain")
    void codesNumbers() throws IOException {
        Path file = directory.resolve("n.parquet");
        DuckFiles.write(file,
                "SELECT CASE WHEN i % 5 <> 0 THEN (i * 7 % 40)::BIGINT END AS n, (i % 30)::INT AS i, DATE '2026-01-01' + (i % 9)::INT AS d,"
                        + " TIMESTAMP '2026-01-01' + INTERVAL 1 MINUTE * (i // 100) AS t, (i % 900)::BIGINT AS often,"
                        + " (i % 7)::SMALLINT AS small FROM range(9000) r(i)",
                "ROW_GROUP_SIZE 2048");
        RowType type = RowType.of(Field.of("n", Simple.BIGINT), Field.of("i", Simple.INT), Field.of("d", Simple.DATE),
                Field.of("t", Simple.TIMESTAMP), Field.of("often", Simple.BIGINT), Field.of("small", Simple.SMALLINT));
        read(new ParquetScan.Range(file, Files.size(file), 0, Files.size(file)), type, 1_000);
        for (int column = 0; column < 4; column++) {
            int each = column;
            assertThat(batches).allMatch(batch -> batch.column(each) instanceof CodedNumber);
        }
        assertThat(batches).noneMatch(
                batch -> batch.column(4) instanceof CodedNumber || batch.column(5) instanceof CodedNumber);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int row = 0; row < batch.rowCount(); row++) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int column = 0; column < type.size(); column++) {
                    values.add(VectorValues.get(batch.vector(column), row, type.type(column)));
                }
                rows.add(values);
            }
        }
        assertThat(rows).hasSize(9_000);
        for (int i = 0; i < rows.size(); i++) {
            long micros = 1_767_225_600_000_000L + i / 100 * 60_000_000L;
            assertThat(rows.get(i))
                    .isEqualTo(Arrays.asList(i % 5 != 0 ? i * 7L % 40 : null, i % 30, 20_454 + i % 9, micros,
                            (long) i % 900, (short) (i % 7)));
        }
    }

    @Test
    @DisplayName("are accompanied by no numbers of other widths, also where their dictionary has nothing in it, as some writers have it for NULLs")
    void codesNoOtherWidths() throws IOException {
        List<@Nullable String> nulls = Collections.nCopies(3_000, null);
        ParquetScan.Range range = new HandmadeFile(List.of()).small().coded(nulls).writeTo(directory.resolve("s"));
        assertThat(read(range, RowType.of(Field.of("t", Simple.SMALLINT)), 2_000)).isEqualTo(nulls);
        assertThat(batches).noneMatch(batch -> batch.column(0) instanceof Coded);
    }

    @Test
    @DisplayName("are refused where a page names a place that its dictionary lacks")
    void refusesOtherPlaces() {
        ParquetScan.Range range = new HandmadeFile(WORDS).coded(List.of("no word", "view", "view", "", "", "view", "",
                "click", "")).writeTo(directory.resolve("a"));
        assertThatThrownBy(() -> read(range, TEXT, 30)).isInstanceOf(DamagedFile.class)
                .hasMessageContaining("of a dictionary of 4");
    }
}
