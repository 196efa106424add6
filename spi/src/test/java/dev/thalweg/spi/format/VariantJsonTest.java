package dev.thalweg.spi.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The form in which a VARIANT is kept")
final class VariantJsonTest {
    @Test
    @DisplayName("is one for equal values, whatever their space, the order of their fields and the way their numbers are written")
    void isOne() throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            Object value = value(random, 3);
            String form = VariantJson.of(text(value, new Random(0)));
            for (int n = 0; n < 4; n++) {
                assertThat(VariantJson.of(text(value, random))).isEqualTo(form);
            }
            assertThat(VariantJson.of(form)).isEqualTo(form);
        }
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> random.nextInt(2_000) - 1_000;
            case 1 -> random.nextInt(2_000) / 8.0;
            case 2 -> "x\"\\\n" + random.nextInt(100);
            case 3 -> random.nextBoolean() ? "true" : "null";
            case 4 -> list(random, depth);
            default -> {
                List<Object> fields = list(random, depth);
                yield fields.toArray();
            }
        };
    }

    private static List<Object> list(Random random, int depth) {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value(random, depth - 1));
        }
        return values;
    }

    /// Arrays are lists, objects are Java arrays of the values of their fields.
    private static String text(Object value, Random random) {
        String space = " ".repeat(random.nextInt(3));
        return space + switch (value) {
            case Integer number when random.nextBoolean() -> number + ".00";
            case Double number when random.nextBoolean() -> number * 10 + "e-1";
            case String word when word.equals("true") || word.equals("null") -> word;
            case String word ->
                    "\"" + word.replace("\\", random.nextBoolean() ? "\\\\" : "\\u005c").replace("\"", "\\\"")
                            .replace("\n", "\\n") + "\"";
            case List<?> elements -> elements.stream().map(each -> text(each, random))
                    .collect(Collectors.joining(",", "[", space + "]"));
            case Object[] fields -> {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < fields.length; i++) {
                    texts.add("\"f" + i + "\"" + space + ":" + text(fields[i], random));
                }
                Collections.shuffle(texts, random);
                yield texts.stream().collect(Collectors.joining(space + ",", "{", "}"));
            }
            default -> value.toString();
        } + space;
    }

    @Test
    @DisplayName("keeps 38 digits, and is a DOUBLE beyond")
    void keepsDigits() throws IOException {
        assertThat(VariantJson.of("12345678901234567890123456789012345678"))
                .isEqualTo("12345678901234567890123456789012345678");
        assertThat(VariantJson.of("123456789012345678901234567890123456789")).isEqualTo("1.2345678901234568E38");
        assertThat(VariantJson.of("0.10")).isEqualTo("0.1");
        assertThat(VariantJson.of("-0.0")).isEqualTo("0");
    }

    @Test
    @DisplayName("is none of what is not JSON, ends early or late, names a field twice, or has a number beyond DOUBLE")
    void refuses() {
        for (String text : List.of("", "  ", "{", "[1", "nothing", "1 2", "{\"a\":1,\"a\":2}", "{'a':1}", "1E400")) {
            assertThatThrownBy(() -> VariantJson.of(text)).as(text).isInstanceOf(IOException.class);
        }
    }
}
