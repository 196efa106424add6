package dev.thalweg.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.source.SourceHarness;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.OutOfMemoryException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A CSV file source")
final class CsvSourceTest {
    private static final RowType PAIR = RowType.of(Field.of("k", Simple.STRING), Field.of("n", Simple.INT));

    @TempDir
    Path directory;

    private List<List<Object>> read(@Nullable RowType type, String text, String... options) throws IOException {
        try (SourceHarness source = source(type, text, options)) {
            return source.all();
        }
    }

    private SourceHarness source(@Nullable RowType type, String text, String... options) throws IOException {
        Path file = directory.resolve("a.csv");
        Files.writeString(file, text);
        Map<String, String> map = new LinkedHashMap<>(Map.of("path", file.toString()));
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return new SourceHarness("csv", map, type, null);
    }

    private static List<Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @Test
    @DisplayName("takes quotes, escapes, blank lines, CR LF and a last line without an end")
    void takesQuotes() throws IOException {
        assertThat(read(PAIR, "a,1\r\n\"b,c\",2\n\n\"say \\\"hi\\\"\",3\n\"\"\"\",4\n\"odd\"end,5\n,\n e ,6"))
                .containsExactly(row("a", 1), row("b,c", 2), row("say \"hi\"", 3), row("\"\"\"\"", 4),
                        row("\"odd\"end", 5), row(null, null), row(" e ", 6));
        assertThat(read(PAIR, "\"x \"\"y\"\"\",1", "escape", "\"")).containsExactly(row("x \"y\"", 1));
    }

    @Test
    @DisplayName("reads every simple type")
    void readsEveryType() throws IOException {
        RowType type = RowType.of(Field.of("b", Simple.BOOLEAN), Field.of("l", Simple.BIGINT),
                Field.of("d", Simple.DOUBLE), Field.of("f", Simple.FLOAT), Field.of("m", new Decimal(8, 2)),
                Field.of("day", Simple.DATE), Field.of("ts", Simple.TIMESTAMP));
        assertThat(read(type, "TRUE,-9223372036854775808,1e300,NaN,\"1,234.565\",2001-1-1,2001-01-01T00:47:00+01:00"))
                .containsExactly(row(true, Long.MIN_VALUE, 1e300, Float.NaN, new BigDecimal("1234.57"), 11323,
                        978306420000000L));
    }

    @Test
    @DisplayName("treats a wrong number of fields or a wrong type as malformed, by the mode")
    void judgesRecords() throws IOException {
        RowType type = RowType.of(Field.of("k", Simple.STRING), Field.of("n", Simple.INT),
                Field.of("bad", Simple.STRING));
        String text = "a,x\nb,2,3\nc\nd,4\n";
        assertThat(read(type, text, "columnNameOfCorruptRecord", "bad")).containsExactly(row("a", null, "a,x"),
                row("b", 2, "b,2,3"), row("c", null, "c"), row("d", 4, null));
        assertThat(read(PAIR, text, "mode", "DROPMALFORMED")).containsExactly(row("d", 4));
        assertThatThrownBy(() -> read(PAIR, "d,4\na,x", "mode", "FAILFAST")).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("line 2").hasMessageContaining("'x' does not fit column n INT");
    }

    @Test
    @DisplayName("judges a record by all its fields, whatever columns the query reads")
    void judgesByAllFields() throws IOException {
        try (SourceHarness source = source(PAIR, "a,x\nb,1\n", "mode", "DROPMALFORMED")) {
            assertThat(source.read(source.source().initial(), source.latest(source.source().initial()), List.of(0)))
                    .containsExactly(row("b"));
            assertThat(source.read(source.source().initial(), source.latest(source.source().initial()), List.of()))
                    .containsExactly(row());
            assertThat(source.dropped).hasSize(2).allMatch(d -> d.endsWith(": 1"));
        }
    }

    @Test
    @DisplayName("names columns after the header, and tells their types when asked to")
    void readsHeaders() throws IOException {
        String text = "\uFEFFid,price,when,what,big\n1,2.5,2001-01-01,a,1\n2,3,2001-01-01 10:00:00,,5000000000\n";
        try (SourceHarness source = source(null, text, "header", "true")) {
            assertThat(source.schema.sql())
                    .isEqualTo("id STRING, price STRING, when STRING, what STRING, big STRING");
            assertThat(source.all()).containsExactly(row("1", "2.5", "2001-01-01", "a", "1"),
                    row("2", "3", "2001-01-01 10:00:00", null, "5000000000"));
        }
        try (SourceHarness source = source(null, text, "header", "true", "inferSchema", "true")) {
            assertThat(source.schema.sql()).isEqualTo("id INT, price DOUBLE, when TIMESTAMP, what STRING, big BIGINT");
        }
        try (SourceHarness source = source(null, "1,a\n2,b\n")) {
            assertThat(source.schema.sql()).isEqualTo("_c0 STRING, _c1 STRING");
        }
        assertThatThrownBy(() -> read(PAIR, "k,other\na,1", "header", "true", "enforceSchema", "false"))
                .hasMessageContaining("'other' where the table has column 'n'")
                .hasMessageContaining("set the option enforceSchema to true") // the mode, PERMISSIVE, changes nothing
                .hasMessageNotContaining("PERMISSIVE");
    }

    @Test
    @DisplayName("refuses a pattern that is none when the table is made, not when it is read")
    void refusesPatterns() {
        for (String option : List.of("timestampFormat", "timestampNTZFormat", "dateFormat")) {
            assertThatThrownBy(() -> source(PAIR, "a,1", option, "QQQQQQQQ{")).isInstanceOf(InvalidOption.class)
                    .hasMessageContaining("Option '" + option + "' is 'QQQQQQQQ{'");
        }
    }

    @Test
    @DisplayName("frees what it has when the memory ends while a file is opened")
    void freesWhenItCannotOpen() throws IOException {
        SourceHarness source = source(PAIR, "a,1");
        for (int bytes : new int[] {300_000, 532_000}) { // for the buffer; for its columns
            source.allocator.setLimit(bytes);
            assertThatThrownBy(source::all).isInstanceOf(OutOfMemoryException.class);
            assertThat(source.allocator.getAllocatedMemory()).isZero();
        }
        source.allocator.setLimit(Long.MAX_VALUE);
        assertThat(source.all()).containsExactly(row("a", 1));
        source.close();
    }

    @Test
    @DisplayName("takes other separators, comments, nulls and values over several lines")
    void takesOptions() throws IOException {
        assertThat(
                read(PAIR, "#note\na;1\n'b;\nc';2\n-;-\n", "sep", ";", "quote", "'", "comment", "#", "nullValue", "-",
                        "multiLine", "true"))
                .containsExactly(row("a", 1), row("b;\nc", 2), row(null, null));
        assertThat(read(PAIR, "a\t1", "delimiter", "\\t")).containsExactly(row("a", 1));
        assertThatThrownBy(() -> read(PAIR, "", "sep", "||")).isInstanceOf(InvalidOption.class);
    }
}
