package dev.thalweg.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.source.DuckFiles;
import dev.thalweg.source.SourceHarness;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.source.Offset;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A Parquet file source")
final class ParquetSourceSpec {
    /// Every type, NULLs in each column at other rows, one column without, one that is all NULL.
    private static final String EVERY_TYPE = """
            SELECT i AS id,
                CASE WHEN i % 7 <> 1 THEN i % 3 = 0 END AS flag,
                CASE WHEN i % 5 <> 0 THEN (i % 256 - 128)::TINYINT END AS tiny,
                CASE WHEN i % 6 <> 0 THEN (i * 13 % 60000 - 30000)::SMALLINT END AS small,
                CASE WHEN i % 8 <> 0 THEN (i * 7919 - 1000000)::INT END AS int,
                CASE WHEN i % 9 <> 0 THEN i * 1234567890123 - 99 END AS big,
                CASE WHEN i % 4 <> 0 THEN (i % 256)::UTINYINT END AS utiny,
                CASE WHEN i % 4 <> 1 THEN (i * 14 % 65536)::USMALLINT END AS usmall,
                CASE WHEN i % 4 <> 2 THEN (4294967295 - i)::UINTEGER END AS uint,
                CASE WHEN i % 4 <> 3 THEN (18446744073709551615 - i)::UBIGINT END AS ubig,
                CASE WHEN i % 11 <> 0 THEN (i / 8)::FLOAT END AS real,
                CASE WHEN i % 12 <> 0 THEN i / 7 END AS double,
                CASE WHEN i % 10 <> 0 THEN (i / 100)::DECIMAL(4, 1) END AS d4,
                CASE WHEN i % 10 <> 1 THEN (i / 100 - 20)::DECIMAL(9, 2) END AS d9,
                CASE WHEN i % 10 <> 2 THEN (i * 1000 - 77.125)::DECIMAL(18, 3) END AS d18,
                CASE WHEN i % 10 <> 3 THEN (12345678901234567890 - i * 24691357802469135780)::DECIMAL(38, 4) END AS d38,
                CASE WHEN i % 3 <> 0 THEN 'channel-' || (i % 20) END AS repeated,
                CASE WHEN i % 3 <> 1 THEN md5(i::VARCHAR) || repeat('ü', (i % 50)::INT) END AS text,
                CASE WHEN i % 3 <> 2 THEN encode(left(md5(i::VARCHAR), (i % 33)::INT)) END AS bytes,
                CASE WHEN i % 13 <> 0 THEN DATE '1969-12-01' + (i % 500)::INT END AS day,
                CASE WHEN i % 2 = 0 THEN TIMESTAMP '1969-12-31 23:00:00.000001' + to_microseconds(i * 999999) END AS wall,
                CASE WHEN i % 2 = 1 THEN TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_microseconds(i * 77777) END AS instant,
                make_timestamp_ms(i * 86399999)::TIMESTAMP_MS AS wall_ms,
                make_timestamp_ns(i * 86399999999 - 5000000000001)::TIMESTAMP_NS AS wall_ns,
                CASE WHEN i % 4 <> 0 THEN TIME '00:00:00' + to_microseconds(i * 17000003) END AS clock,
                NULL::INT AS nothing,
                'the same' AS same
            FROM range(5000) t(i)""";
    private static final String TIMES = "* REPLACE (epoch_us(wall) AS wall, epoch_us(instant) AS instant, "
            + "epoch_us(wall_ms) AS wall_ms, epoch_us(clock) AS clock, "
            + "(epoch_ns(wall_ns) - (epoch_ns(wall_ns) % 1000 + 1000) % 1000) // 1000 AS wall_ns)";
    private static final String NESTED = """
            SELECT i AS id,
                CASE WHEN i % 5 <> 0 THEN list_transform(range(i % 4), lambda x: CASE WHEN x <> 1 THEN x * i END) END AS numbers,
                CASE WHEN i % 6 <> 0 THEN list_transform(range(i % 3), lambda x:
                    CASE WHEN x <> 1 THEN list_transform(range((i + x) % 3), lambda y: 't' || (y + i)) END) END AS lists,
                CASE WHEN i % 4 <> 0 THEN {'a': i, 'b': CASE WHEN i % 3 <> 0 THEN 'b' || i END,
                    'c': CASE WHEN i % 7 <> 0 THEN {'d': i % 2 = 0, 'e': range(i % 3)} END} END AS struct,
                CASE WHEN i % 3 <> 0 THEN MAP(list_transform(range(i % 4), lambda x: 'k' || x),
                    list_transform(range(i % 4), lambda x: CASE WHEN x <> 2 THEN x + i END)) END AS map,
                list_transform(range(i % 3), lambda x: {'x': x, 'y': CASE WHEN x <> 1 THEN [x::VARCHAR, 'z'] END}) AS structs
            FROM range(3000) t(i)""";

    @TempDir
    Path directory;

    private SourceHarness source(@Nullable RowType type, String... options) {
        return source(type, directory, null, options);
    }

    private static SourceHarness source(@Nullable RowType type, Path path, @Nullable Path checkpoint,
            String... options) {
        Map<String, String> map = new LinkedHashMap<>(Map.of("path", path.toString()));
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return new SourceHarness("parquet", map, type, checkpoint);
    }

    private Path file(String query, String options) {
        Path file = directory.resolve("a.parquet");
        DuckFiles.write(file, query, options);
        return file;
    }

    private static void assertSame(List<? extends List<?>> rows, List<? extends List<?>> expected) {
        assertThat(rows).hasSameSizeAs(expected);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).toArray()).as("row %d", i).usingRecursiveComparison()
                    .isEqualTo(expected.get(i).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPRESSION uncompressed", "COMPRESSION snappy", "COMPRESSION gzip", "COMPRESSION zstd",
            "COMPRESSION lz4_raw", "PARQUET_VERSION V2", "PARQUET_VERSION V2, COMPRESSION zstd",
            "STRING_DICTIONARY_PAGE_SIZE_LIMIT 1, DICTIONARY_SIZE_LIMIT 1"})
    @DisplayName("reads every type as DuckDB does: several row groups, NULLs, dictionaries, each codec and page version")
    void readsEveryType(String options) {
        Path file = file(EVERY_TYPE, "ROW_GROUP_SIZE 2048, " + options);
        try (SourceHarness source = source(null)) {
            assertThat(source.schema.sql()).isEqualTo("id BIGINT, flag BOOLEAN, tiny TINYINT, small SMALLINT, int INT,"
                    + " big BIGINT, utiny SMALLINT, usmall INT, uint BIGINT, ubig DECIMAL(20,0), real FLOAT, double DOUBLE,"
                    + " d4 DECIMAL(4,1), d9 DECIMAL(9,2), d18 DECIMAL(18,3), d38 DECIMAL(38,4), repeated STRING,"
                    + " text STRING, bytes BINARY, day DATE, wall TIMESTAMP_NTZ, instant TIMESTAMP,"
                    + " wall_ms TIMESTAMP_NTZ, wall_ns TIMESTAMP_NTZ, clock TIME(6), nothing INT, same STRING");
            assertSame(source.all(), DuckFiles.rows("SELECT " + TIMES + " FROM '" + file + "'"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PARQUET_VERSION V1", "PARQUET_VERSION V2"})
    @DisplayName("reads lists, maps and structs inside each other, missing and empty ones too")
    void readsNested(String options) {
        Path file = file(NESTED, "ROW_GROUP_SIZE 2048, " + options);
        try (SourceHarness source = source(null)) {
            assertThat(source.schema.sql()).isEqualTo("id BIGINT, numbers ARRAY<BIGINT>, lists ARRAY<ARRAY<STRING>>,"
                    + " struct STRUCT<a: BIGINT, b: STRING, c: STRUCT<d: BOOLEAN, e: ARRAY<BIGINT>>>,"
                    + " map MAP<STRING, BIGINT>, structs ARRAY<STRUCT<x: BIGINT, y: ARRAY<STRING>>>");
            assertSame(source.all(), DuckFiles.rows("SELECT * FROM '" + file + "'"));
        }
    }

    @Test
    @DisplayName("decodes only the columns that are asked for, in any order, none for a count")
    void decodesOnlyWanted() throws IOException {
        Path file = file(EVERY_TYPE, "ROW_GROUP_SIZE 2048");
        List<List<Object>> expected;
        try (SourceHarness source = source(null)) {
            expected = read(source, List.of(16, 0));
        }
        destroyColumnsBetween(file, 1, 15);
        try (SourceHarness source = source(null)) {
            assertThat(read(source, List.of(16, 0))).isEqualTo(expected);
            assertThat(expected.get(1)).isEqualTo(List.of("channel-1", 1L));
            assertThat(read(source, List.of())).hasSize(5000);
            assertThatThrownBy(() -> read(source, List.of(4))).isInstanceOf(Corrupted.class);
        }
    }

    private static List<List<Object>> read(SourceHarness source, List<Integer> columns) {
        Offset none = source.source().initial();
        return source.read(none, source.latest(none), columns);
    }

    /// Overwrites what lies between two columns of each row group.
    private static void destroyColumnsBetween(Path file, int first, int last) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (List<@Nullable Object> chunk : DuckFiles.rows("SELECT coalesce(dictionary_page_offset, data_page_offset),"
                + " total_compressed_size FROM parquet_metadata('" + file + "') WHERE column_id BETWEEN " + first
                + " AND "
                + last)) {
            int from = ((Number) chunk.getFirst()).intValue();
            Arrays.fill(bytes, from, from + ((Number) chunk.getLast()).intValue(), (byte) 0xFF);
        }
        Files.write(file, bytes);
    }

    @Test
    @DisplayName("finds declared columns by name whatever the case; those that the file lacks are NULL")
    void findsColumnsByName() {
        file("SELECT 1 AS A, 'x' AS b, {'u': 2, 'V': 3} AS s, [{'u': 4}] AS l", "");
        RowType inner = RowType.of(Field.of("v", Simple.INT), Field.of("w", Simple.STRING));
        RowType absent = RowType.of(Field.of("w", Simple.STRING));
        RowType type = RowType.of(Field.of("B", Simple.STRING), Field.of("none", new Decimal(5, 2)),
                Field.of("a", Simple.INT), Field.of("s", new DataType.Struct(inner)),
                Field.of("l", new ArrayOf(new DataType.Struct(absent), true)),
                Field.of("lists", new ArrayOf(Simple.INT, true)));
        try (SourceHarness source = source(type)) {
            assertThat(source.all()).containsExactly(Arrays.asList("x", null, 1, Arrays.asList(3, null),
                    List.of(Arrays.asList((Object) null)), null));
        }
    }

    @Test
    @DisplayName("reads a declared column as a wider type, and refuses one that would not hold or mean the same")
    void readsWiderTypes() {
        Path file = file("SELECT 7::TINYINT AS i, 1.5::FLOAT AS f, 2.25::DECIMAL(5, 2) AS d, 'x' AS t,"
                + " TIMESTAMP '2026-01-01 00:00:00' AS ts, TIME '12:00:00' AS time, INTERVAL 1 DAY AS span", "");
        RowType wide = RowType.of(Field.of("i", Simple.BIGINT), Field.of("f", Simple.DOUBLE),
                Field.of("d", new Decimal(20, 2)), Field.of("t", Simple.BINARY), Field.of("ts", Simple.TIMESTAMP));
        try (SourceHarness source = source(wide)) {
            assertThat(source.all().getFirst().subList(0, 3)).isEqualTo(List.of(7L, 1.5, new BigDecimal("2.25")));
            assertThat(source.all().getFirst().getLast()).isEqualTo(1767225600000000L);
        }
        refuses(Field.of("t", Simple.INT), "has column t as STRING, which cannot be read as INT");
        refuses(Field.of("d", new Decimal(5, 1)), "has column d as DECIMAL(5,2), which cannot be read as DECIMAL(5,1)");
        refuses(Field.of("t", new ArrayOf(Simple.STRING, true)), "which cannot be read as ARRAY<STRING>");
        refuses(Field.of("time", Simple.BIGINT), "has column time as TIME(6), which cannot be read as BIGINT");
        assertThatThrownBy(() -> source(null)).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining(file + " cannot be read: column span").hasMessageContaining("[THW-2049]");
        assertThatThrownBy(() -> source(RowType.of(Field.of("i", Simple.INTERVAL_DAY_TIME))))
                .isInstanceOf(InvalidQuery.class).hasMessageContaining("[THW-2036]");
    }

    private void refuses(Field column, String reason) {
        try (SourceHarness source = source(RowType.of(column))) {
            assertThatThrownBy(source::all).isInstanceOf(InvalidQuery.class).hasMessageContaining(reason)
                    .hasMessageContaining("a.parquet").hasMessageContaining("[THW-2048]");
        }
    }

    @Test
    @DisplayName("takes the columns of its first file, or with mergeSchema those of all")
    void mergesSchemas() {
        DuckFiles.write(directory.resolve("a"), "SELECT 1 AS k", "");
        DuckFiles.write(directory.resolve("b"), "SELECT 2 AS k, 'x' AS more", "");
        try (SourceHarness source = source(null, "fileOrder", "name")) {
            assertThat(source.all()).containsExactly(List.of(1), List.of(2));
        }
        try (SourceHarness source = source(null, "fileOrder", "name", "mergeSchema", "true")) {
            assertThat(source.all()).containsExactly(Arrays.asList(1, null), List.of(2, "x"));
        }
        DuckFiles.write(directory.resolve("c"), "SELECT 'text' AS k", "");
        assertThatThrownBy(() -> source(null, "mergeSchema", "true")).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("has column k as STRING, the files before it as INT");
        assertThatThrownBy(() -> source(null, "mode", "FAILFAST")).isInstanceOf(InvalidOption.class)
                .hasMessageContaining("[THW-2002]");
    }

    @Test
    @DisplayName("takes file after file as a stream, with the columns of directories, the same again after a restart")
    void readsAsStream() throws IOException {
        Path checkpoint = Files.createDirectories(directory.resolve("_checkpoint"));
        for (int i = 1; i <= 3; i++) {
            Path day = Files.createDirectories(directory.resolve("day=2026-01-0" + i));
            DuckFiles.write(day.resolve("part.snappy.parquet"), "SELECT " + i + " AS n FROM range(2)", "");
        }
        RowType type = RowType.of(Field.of("n", Simple.INT), Field.of("day", Simple.DATE));
        try (SourceHarness source = source(type, directory, checkpoint, "maxFilesPerTrigger", "1", "fileOrder",
                "name")) {
            Offset none = source.source().initial();
            Offset first = source.latest(none);
            Offset second = source.latest(first);
            List<List<Object>> rows = source.read(first, second);
            assertThat(rows).containsExactly(List.of(2, 20455), List.of(2, 20455));
            assertThat(source.read(first, second, List.of(1))).containsExactly(List.of(20455), List.of(20455));
            source.restart();
            assertThat(source.read(first, second)).isEqualTo(rows);
        }
    }

    @Test
    @DisplayName("names a file that is cut off, of another format, packed otherwise or gone; ignores it when told to")
    void namesBadFiles() throws IOException {
        Path good = directory.resolve("a");
        DuckFiles.write(good, "SELECT range AS k FROM range(3000)", "ROW_GROUP_SIZE 2048");
        byte[] bytes = Files.readAllBytes(good);
        Path bad = directory.resolve("b");
        RowType type = RowType.of(Field.of("k", Simple.BIGINT));
        for (byte[] content : List.of(Arrays.copyOf(bytes, bytes.length - 9), Arrays.copyOf(bytes, 5),
                "{\"k\": 1, \"or\": \"JSON\"}\n".getBytes(StandardCharsets.UTF_8))) {
            Files.write(bad, content);
            try (SourceHarness source = source(type)) {
                assertThatThrownBy(source::all).isInstanceOf(Corrupted.class)
                        .hasMessageContaining(bad + " is no whole Parquet file").hasMessageContaining("[THW-2047]");
            }
            try (SourceHarness source = source(type, "ignoreCorruptFiles", "true")) {
                assertThat(source.all()).hasSize(3000);
                assertThat(source.dropped).singleElement().asString().contains(bad.toString());
            }
        }
        assertThatThrownBy(() -> source(null, bad, null)).isInstanceOf(Corrupted.class);
        DuckFiles.write(bad, "SELECT 1::BIGINT AS k", "COMPRESSION brotli");
        try (SourceHarness source = source(type)) {
            assertThatThrownBy(source::all).isInstanceOf(InvalidQuery.class).hasMessageContaining("BROTLI")
                    .hasMessageContaining("[THW-2049]");
        }
        try (SourceHarness source = source(type); SourceHarness lenient = source(type, "ignoreMissingFiles", "true")) {
            Offset all = source.latest(source.source().initial());
            Offset allToo = lenient.latest(lenient.source().initial());
            Files.delete(bad);
            assertThatThrownBy(() -> source.read(source.source().initial(), all)).isInstanceOf(Unavailable.class)
                    .hasMessageContaining("[THW-2013]");
            assertThat(lenient.read(lenient.source().initial(), allToo)).hasSize(3000);
        }
    }

    @Test
    @DisplayName("gives the rows before a damaged place where corrupt files are ignored")
    void givesRowsBeforeDamage() throws IOException {
        Path file = directory.resolve("a");
        DuckFiles.write(file, "SELECT range AS k FROM range(5000)", "ROW_GROUP_SIZE 2048, COMPRESSION zstd");
        List<List<@Nullable Object>> second = DuckFiles.rows(
                "SELECT data_page_offset FROM parquet_metadata('" + file + "') WHERE row_group_id = 1");
        byte[] bytes = Files.readAllBytes(file);
        int from = ((Number) second.getFirst().getFirst()).intValue();
        Arrays.fill(bytes, from, from + 40, (byte) 0xFF);
        Files.write(file, bytes);
        try (SourceHarness source = source(null, "ignoreCorruptFiles", "true")) {
            assertThat(source.all()).hasSize(2048);
            assertThat(source.dropped).singleElement().asString().contains("it is damaged");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPRESSION uncompressed", "COMPRESSION uncompressed, PARQUET_VERSION V2",
            "COMPRESSION snappy"})
    @DisplayName("answers a file with any byte changed by rows or by an error with a code, and leaks nothing")
    void survivesDamage(String options) throws IOException {
        Path whole = directory.resolve("_whole");
        Path file = directory.resolve("a");
        for (String query : List.of(EVERY_TYPE.replace("range(5000)", "range(60)"),
                NESTED.replace("range(3000)", "range(40)"))) {
            DuckFiles.write(whole, query, options);
            byte[] bytes = Files.readAllBytes(whole);
            RowType type;
            try (SourceHarness source = source(null, whole, null)) {
                type = source.schema;
            }
            Random random = new Random(42);
            List<Throwable> other = new ArrayList<>();
            for (int i = 0; i < 700; i++) {
                byte[] damaged = bytes.clone();
                int changes = 1 + random.nextInt(3);
                for (int k = 0; k < changes; k++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                Files.write(file, i % 10 == 0 ? Arrays.copyOf(damaged, random.nextInt(1, damaged.length)) : damaged);
                try (SourceHarness source = source(type, file, null)) {
                    source.all();
                } catch (ThalwegException _) {
                    // names the file, which other tests look at
                } catch (RuntimeException | AssertionError e) {
                    other.add(e);
                }
            }
            assertThat(other).isEmpty();
        }
    }
}
