package dev.thalweg.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.source.SourceHarness;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A JSON file source")
final class JsonSourceTest {
    private static final RowType ALL = RowType.of(Field.of("b", Simple.BOOLEAN), Field.of("t", Simple.TINYINT),
            Field.of("s", Simple.SMALLINT), Field.of("i", Simple.INT), Field.of("l", Simple.BIGINT),
            Field.of("f", Simple.FLOAT), Field.of("d", Simple.DOUBLE), Field.of("m", new Decimal(10, 2)),
            Field.of("u", Simple.STRING), Field.of("y", Simple.BINARY), Field.of("day", Simple.DATE),
            Field.of("ts", Simple.TIMESTAMP), Field.of("ntz", Simple.TIMESTAMP_NTZ));

    @TempDir
    Path directory;

    private List<List<Object>> read(RowType type, String text, String... options) throws IOException {
        return read(type, text.getBytes(StandardCharsets.UTF_8), options);
    }

    private List<List<Object>> read(RowType type, byte[] text, String... options) throws IOException {
        Path file = directory.resolve("a.json");
        Files.write(file, text);
        Map<String, String> map = new LinkedHashMap<>(Map.of("path", file.toString()));
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        try (SourceHarness source = new SourceHarness("json", map, type, null)) {
            return source.all();
        }
    }

    private static RowType one(DataType type) {
        return RowType.of(Field.of("x", type));
    }

    private static List<Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @Test
    @DisplayName("reads every simple type, and makes a missing field and null a null")
    void readsEveryType() throws IOException {
        assertThat(read(ALL,
                """
                        {"b":true,"t":-128,"s":32767,"i":-2147483648,"l":9223372036854775807,"f":1.5,"d":-0.1e3,"m":12.345,\
                        "u":"gr\\u00fc\\n\\ud83d\\ude00 ü","y":"AQI=","day":"2001-02-28","ts":"2001-01-01 00:47:00.25","ntz":"2001-01-01T00:47:00"}
                        { "ts" : 978309999 , "d" : 12 , "unknown" : {"a":[1,"x",{}]}, "U" : 12.50 }
                        {"b":null,"u":{"k": [1, 2]}}
                        """))
                .usingRecursiveFieldByFieldElementComparator().containsExactly(
                        row(true, (byte) -128, (short) 32767, Integer.MIN_VALUE, Long.MAX_VALUE, 1.5f, -100.0,
                                new BigDecimal("12.35"), "grü\n\uD83D\uDE00 ü", new byte[] {1, 2}, 11381,
                                978310020250000L,
                                978310020000000L),
                        row(null, null, null, null, null, null, 12.0, null, "12.50", null, null, 978309999000000L,
                                null),
                        row(null, null, null, null, null, null, null, null, "{\"k\": [1, 2]}", null, null, null, null));
    }

    @Test
    @DisplayName("reads nested values straight into their vectors")
    void readsNested() throws IOException {
        RowType type = RowType.of(Field.of("a", new ArrayOf(new ArrayOf(Simple.INT, true), true)),
                Field.of("m", new MapOf(Simple.STRING, Simple.DOUBLE, true)),
                Field.of("s", new Struct(RowType.of(Field.of("p", Simple.STRING), Field.of("q", Simple.BIGINT)))));
        Map<String, @Nullable Double> nullable = new LinkedHashMap<>();
        nullable.put("k", 1.5);
        nullable.put("j", null);
        assertThat(read(type, """
                {"a":[[1,2],[],null],"m":{"k":1.5,"j":null},"s":{"q":7,"z":0}}
                {}
                {"a":[],"s":{"p":"x","q":8},"m":{}}
                """)).containsExactly(
                row(Arrays.asList(List.of(1, 2), List.of(), null), nullable, row(null, 7L)),
                row(null, null, null), row(List.of(), Map.of(), row("x", 8L)));
    }

    @Test
    @DisplayName("keeps the fields that fit of a record that does not, and its text")
    void keepsWhatFits() throws IOException {
        RowType type = RowType.of(Field.of("a", Simple.INT), Field.of("b", Simple.STRING),
                Field.of("_corrupt_record", Simple.STRING));
        String text = """
                {"a":"x","b":"y"}
                {"a":1,
                {"a":2,"b":"fine"}
                [{"a":3},{"a":4}]

                {"a":5000000000,"b":"z"} \s
                {"a":6} {"a":7}
                """;
        assertThat(read(type, text)).containsExactly(row(null, "y", "{\"a\":\"x\",\"b\":\"y\"}"),
                row(null, null, "{\"a\":1,"), row(2, "fine", null), row(3, null, null), row(4, null, null),
                row(null, "z", "{\"a\":5000000000,\"b\":\"z\"}  "), row(null, null, "{\"a\":6} {\"a\":7}"));
        assertThat(read(type, text, "mode", "DROPMALFORMED")).containsExactly(row(2, "fine", null),
                row(3, null, null), row(4, null, null));
        assertThatThrownBy(() -> read(type, text.substring(18), "mode", "FAILFAST")).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("a.json, line 1");
    }

    @Test
    @DisplayName("says what is wrong with a record without a word of the library that reads it")
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> read(one(Simple.INT), "{\"x\":1\n", "mode", "FAILFAST"))
                .hasMessageContaining("it is not JSON: Unexpected end-of-input: expected close marker for Object. Mend")
                .hasMessageNotContaining("Source:").hasMessageNotContaining("REDACTED");
    }

    @Test
    @DisplayName("finds fields by their exact name first, then whatever their case; the last of two wins")
    void findsFieldsWhateverTheirCase() throws IOException {
        assertThat(read(one(Simple.STRING),
                "{\"X\":\"big\"}\n{\"x\":\"small\",\"X\":\"big\"}\n{\"x\":\"one\",\"x\":\"two\"}"))
                .containsExactly(row("big"), row("small"), row("two"));
    }

    @Test
    @DisplayName("takes a byte order mark, CR LF, blank lines and a last line without an end")
    void takesOddLineEnds() throws IOException {
        assertThat(read(one(Simple.INT), "\uFEFF{\"x\":1}\r\n\r\n{\"x\":2}\n   \n{\"x\":3}")).containsExactly(row(1),
                row(2), row(3));
    }

    @Test
    @DisplayName("treats bytes that are not UTF-8 as malformed")
    void refusesBadUtf8() throws IOException {
        byte[] text = "{\"x\":\"aaaaaaaaa?\"}\n{\"x\":\"b\"}".getBytes(StandardCharsets.UTF_8);
        text[15] = (byte) 0xC3;
        assertThat(read(one(Simple.STRING), text)).containsExactly(row((Object) null), row("b"));
    }

    @Test
    @DisplayName("reads times by the user's pattern and unit")
    void readsTimesByPattern() throws IOException {
        assertThat(read(one(Simple.TIMESTAMP), "{\"x\":\"2001/01/01 00:47\"}\n{\"x\":\"2001/13/01 00:47\"}",
                "timestampFormat", "yyyy/MM/dd HH:mm", "timeZone", "America/New_York"))
                .containsExactly(row(978328020000000L), row((Object) null));
        assertThat(read(one(Simple.TIMESTAMP), "{\"x\":978328020123}", "timestampUnit", "millis"))
                .containsExactly(row(978328020123000L));
        assertThat(read(one(Simple.DATE), "{\"x\":\"Jan 1 2000\"}", "dateFormat", "MMM d yyyy"))
                .containsExactly(row(10957));
    }

    @Test
    @DisplayName("reads a whole file as one document")
    void readsDocuments() throws IOException {
        assertThat(read(one(Simple.INT), "[{\"x\":1},\n{\"x\":\n2}]", "multiLine", "true")).containsExactly(row(1),
                row(2));
    }

    @Test
    @DisplayName("takes what Spark's leniencies allow")
    void isLenient() throws IOException {
        assertThat(read(one(Simple.STRING), "{'x':'a'}")).containsExactly(row("a"));
        assertThat(read(one(Simple.DOUBLE), "{\"x\":NaN}\n{\"x\":\"-Infinity\"}")).containsExactly(row(Double.NaN),
                row(Double.NEGATIVE_INFINITY));
        assertThat(read(one(Simple.INT), "{x:01} // so", "allowUnquotedFieldNames", "true", "allowNumericLeadingZeros",
                "true", "allowComments", "true")).containsExactly(row(1));
    }

    @Test
    @DisplayName("tells the columns of files without a schema")
    void infersColumns() throws IOException {
        Path file = directory.resolve("i.json");
        Files.writeString(file, "{\"b\":1,\"a\":\"x\",\"c\":{\"z\":null}}\n{\"b\":1.5,\"d\":[1,2]}\n");
        try (SourceHarness source = new SourceHarness("json", Map.of("path", file.toString()), null, null)) {
            assertThat(source.schema.sql()).isEqualTo("a STRING, b DOUBLE, c STRUCT<z: STRING>, d ARRAY<BIGINT>");
        }
    }

    @Test
    @DisplayName("takes names that differ in case only for one column, which any of them fills")
    void infersOneColumnWhateverItsCase() throws IOException {
        Path file = directory.resolve("case.json");
        Files.writeString(file, "{\"A\":1,\"s\":{\"x\":1,\"X\":2.5}}\n{\"a\":\"y\"}\n{\"b\":1}\n");
        try (SourceHarness source = new SourceHarness("json", Map.of("path", file.toString()), null, null)) {
            assertThat(source.schema.sql()).isEqualTo("A STRING, b BIGINT, s STRUCT<x: DOUBLE>");
        }
    }
}
