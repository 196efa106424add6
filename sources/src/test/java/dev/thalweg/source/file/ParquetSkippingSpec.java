package dev.thalweg.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.source.DuckFiles;
import dev.thalweg.source.SourceHarness;
import dev.thalweg.spi.source.ColumnRange;
import dev.thalweg.spi.source.Offset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Row groups of a Parquet file, asked for by ranges,")
final class ParquetSkippingSpec {
    private static final int GROUP = 2048;
    /// Three row groups in which everything grows.
    private static final String ROWS = """
            SELECT i AS id, i::INT AS int, (i // 50)::TINYINT AS tiny, CASE WHEN i >= 2048 THEN i END AS later,
                make_timestamp_ms(i * 1000)::TIMESTAMP_MS AS at, DATE '2026-01-01' + i::INT AS day,
                'k' || lpad(i::VARCHAR, 5, '0') AS text, i::DOUBLE AS double, (4294967295 - i)::UINTEGER AS unsigned
            FROM range(6144) t(i)""";
    private static final List<String> COLUMNS = List.of("id", "int", "tiny", "later", "at", "day", "text", "double",
            "unsigned");

    @TempDir
    Path directory;

    private List<Long> ids(ColumnRange... ranges) {
        return ids(directory, ranges);
    }

    private static List<Long> ids(Path path, ColumnRange... ranges) {
        try (SourceHarness source = new SourceHarness("parquet", Map.of("path", path.toString()), null, null)) {
            Offset initial = source.source().initial();
            List<Integer> all = IntStream.range(0, source.schema.size()).boxed().toList();
            return source.read(initial, source.latest(initial), all, List.of(ranges)).stream()
                    .map(row -> (Long) row.getFirst()).toList();
        }
    }

    private static ColumnRange range(String column, Optional<Object> min, Optional<Object> max) {
        return new ColumnRange(COLUMNS.indexOf(column), min, max);
    }

    private static ColumnRange from(String column, Object min) {
        return range(column, Optional.of(min), Optional.empty());
    }

    private static ColumnRange to(String column, Object max) {
        return range(column, Optional.empty(), Optional.of(max));
    }

    private static List<Long> groups(int from, int to) {
        return LongStream.range((long) GROUP * from, (long) GROUP * to).boxed().toList();
    }

    private void write() {
        DuckFiles.write(directory.resolve("a.parquet"), ROWS, "ROW_GROUP_SIZE " + GROUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "int"})
    @DisplayName("are left out where the least and the greatest number say that no row is in the range")
    void areLeftOutByNumbers(String column) {
        write();
        assertThat(ids()).isEqualTo(groups(0, 3));
        assertThat(ids(from(column, 2048L))).isEqualTo(groups(1, 3));
        assertThat(ids(from(column, 2047L))).isEqualTo(groups(0, 3));
        assertThat(ids(to(column, 2047L))).isEqualTo(groups(0, 1));
        assertThat(ids(to(column, 2048L))).isEqualTo(groups(0, 2));
        assertThat(ids(from(column, 3000L), to(column, 3000L))).isEqualTo(groups(1, 2));
        assertThat(ids(from(column, 6144L))).isEmpty();
        assertThat(ids(to(column, -1L))).isEmpty();
        assertThat(ids(from(column, 100L), to("later", 5000L), from("text", "k05000"))).isEqualTo(groups(2, 3));
    }

    @Test
    @DisplayName("are left out by small and by unsigned numbers, days, texts, and times in whichever unit the file has")
    void areLeftOutByOtherTypes() {
        write();
        assertThat(ids(from("tiny", 82L))).isEqualTo(groups(2, 3));
        assertThat(ids(to("unsigned", 4_294_967_295L - 4096))).isEqualTo(groups(2, 3));
        assertThat(ids(to("day", LocalDate.of(2026, 1, 1).toEpochDay() + 100))).isEqualTo(groups(0, 1));
        assertThat(ids(from("at", 4_096_000_000L))).isEqualTo(groups(2, 3));
        assertThat(ids(from("at", 4_095_000_000L))).isEqualTo(groups(1, 3));
        assertThat(ids(to("text", "k02047~"))).isEqualTo(groups(0, 1));
        assertThat(ids(to("text", "a"))).isEmpty();
    }

    @Test
    @DisplayName("are left out where all values are NULL, for no NULL is in a range")
    void areLeftOutWhereAllIsNull() {
        write();
        assertThat(ids(range("later", Optional.empty(), Optional.empty()))).isEqualTo(groups(1, 3));
        assertThat(ids(to("later", 1_000_000L))).isEqualTo(groups(1, 3));
    }

    @Test
    @DisplayName("are all read where statistics cannot tell: floating point, columns of directories, columns that are not there")
    void areReadWhereNothingIsKnown() throws Exception {
        write();
        assertThat(ids(from("double", 1_000_000L))).isEqualTo(groups(0, 3));
        Path part = directory.resolve("part=7");
        Files.createDirectory(part);
        Files.move(directory.resolve("a.parquet"), part.resolve("a.parquet"));
        ColumnRange ofDirectory = new ColumnRange(COLUMNS.size(), Optional.of(8L), Optional.empty());
        assertThat(ids(directory, ofDirectory)).isEqualTo(groups(0, 3));
        assertThat(ids(directory, ofDirectory, from("id", 4096L))).isEqualTo(groups(2, 3));
    }
}
