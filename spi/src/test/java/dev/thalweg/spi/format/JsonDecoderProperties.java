package dev.thalweg.spi.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import java.io.ByteArrayOutputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;

/// The hot path of the JSON decoder and Jackson's must answer the same for any bytes. A comment before a line, where comments
/// are allowed, sends it to Jackson.
final class JsonDecoderProperties {
    private static final RowType TYPE = RowType.of(Field.of("i", Simple.INT), Field.of("l", Simple.BIGINT),
            Field.of("d", Simple.DOUBLE), Field.of("f", Simple.FLOAT), Field.of("m", new Decimal(20, 3)),
            Field.of("s", Simple.STRING), Field.of("b", Simple.BOOLEAN), Field.of("ts", Simple.TIMESTAMP),
            Field.of("day", Simple.DATE), Field.of("a", new ArrayOf(Simple.BIGINT, true)),
            Field.of("_corrupt_record", Simple.STRING));
    private static final String COMMENT = "/**/";

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> numbers = Arbitraries.oneOf(Arbitraries.longs().map(String::valueOf),
                Arbitraries.integers().between(-200, 200).map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf), Arbitraries.bigDecimals().ofScale(6).map(Object::toString));
        Arbitrary<String> strings = Arbitraries.strings().ofMaxLength(12)
                .map(s -> "\"" + s.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[\\x00-\\x1f]", "\\\\u00e9")
                        .replaceAll("[\\ud800-\\udfff]", "x") + "\"");
        Arbitrary<String> words = Arbitraries.of("null", "true", "false", "[1,2]", "[]", "[null, 3.5]", "{}",
                "{\"k\":[{}]}", "\"2001-01-01 10:20:30.5\"", "\"2001-02-29\"", "\"2024-02-29\"", "\"\\ud83d\\ude00\"",
                "\"\\ud83d\"", "\"2001-3-4T5:6:7 Europe/Berlin\"", "NaN", "-Infinity", "01", "1.", "-0", "-0.0",
                "1e400",
                "tru", "\"a\\x\"", "'single'", "1e5", "123456789012345678901234567890");
        return Arbitraries.oneOf(numbers, strings, words);
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> names = Arbitraries.of("i", "l", "d", "f", "m", "s", "b", "ts", "day", "a", "x", "S",
                "\\u0069");
        Arbitrary<String> fields = Combinators.combine(names, values(), Arbitraries.of("", "", "", " ", "\t"))
                .as((name, value, space) -> space + "\"" + name + "\"" + space + ":" + space + value + space);
        Arbitrary<String> objects = fields.list().ofMaxSize(8).map(all -> "{" + String.join(",", all) + "}");
        Arbitrary<String> torn = Combinators.combine(objects, Arbitraries.integers().between(0, 60))
                .as((line, at) -> line.substring(0, Math.min(at, line.length())));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(8, objects), net.jqwik.api.Tuple.of(1, torn)).list()
                .ofMaxSize(12);
    }

    @Property(tries = 1500)
    void theHotPathAnswersAsJacksonDoes(@ForAll("lines") List<String> lines) {
        List<List<Object>> hot = decode(bytes(lines, ""), 4);
        List<List<Object>> slow = decode(bytes(lines, COMMENT), 1000);
        assertThat(hot).isEqualTo(slow);
    }

    @Property(tries = 500)
    void damagedBytesGiveARowOrAMalformedOne(@ForAll("lines") List<String> lines, @ForAll byte damage,
            @ForAll int where) {
        byte[] text = bytes(lines, "");
        if (text.length > 0 && damage != '\n') {
            int at = Math.floorMod(where, text.length);
            if (text[at] != '\n') {
                text[at] = damage;
            }
        }
        decode(text, 3); // whatever it answers, it ends, and leaks nothing
    }

    private static byte[] bytes(List<String> lines, String prefix) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String line : lines) {
            out.writeBytes((line.isBlank() ? line : prefix + line).getBytes(UTF_8));
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static List<List<Object>> decode(byte[] text, int batchRows) {
        JsonOptions options = JsonOptions.of(new TableOptions(Map.of("allowComments", "true")),
                ZoneId.of("America/New_York"));
        List<List<Object>> rows = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator();
                ArrowBuf buffer = allocator.buffer(text.length + (long) Utf8Scan.PADDING_BYTES);
                JsonDecoder decoder = new JsonDecoder(TYPE, options, allocator, batchRows)) {
            buffer.setBytes(0, text);
            long at = buffer.memoryAddress();
            long end = at + text.length;
            while (at < end || decoder.rowCount() > 0) {
                at = at < end ? decoder.decode(at, end, true) : at;
                try (Batch batch = decoder.take()) {
                    add(batch, rows);
                }
            }
        } catch (MalformedRecord e) {
            throw new AssertionError("PERMISSIVE does not throw", e);
        }
        return rows;
    }

    private static void add(Batch batch, List<List<Object>> rows) {
        for (int row = 0; row < batch.rowCount(); row++) {
            List<Object> values = new ArrayList<>(Arrays.asList(new Object[TYPE.size()]));
            for (int column = 0; column < TYPE.size(); column++) {
                Object value = VectorValues.get(batch.vector(column), row, TYPE.type(column));
                values.set(column, value instanceof String s && s.startsWith(COMMENT) ? s.substring(4) : value);
            }
            rows.add(values);
        }
    }
}
