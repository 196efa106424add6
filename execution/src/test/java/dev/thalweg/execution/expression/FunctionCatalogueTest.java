package dev.thalweg.execution.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.expression.function.ScalarFunctions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The catalogue of scalar functions")
final class FunctionCatalogueTest {
    private static final Set<String> BOXES = Set.of("Integer", "Long", "Double", "Float", "Boolean");

    private final FunctionTable bodies = new FunctionTable(ScalarFunctions.CLASSES);

    /// A line of the catalogue.
    private record Line(String text, String name, String body, List<String> parameters, int required,
            Set<String> flags) {
        static Line of(String text) {
            int open = text.indexOf('(');
            int close = text.indexOf(") : ");
            String name = text.substring(0, open).split("\\|", -1)[0];
            List<String> parameters = split(text.substring(open + 1, close));
            int required = (int) parameters.stream().filter(p -> !p.startsWith("[") && !p.endsWith("...")).count();
            Set<String> flags = Set.of(text.substring(close + 4).replaceAll("<.*>", "").split(" ", -1));
            String body = flags.stream().filter(flag -> flag.startsWith("body:")).map(flag -> flag.substring(5))
                    .findFirst()
                    .orElse(name);
            return new Line(text, name, body, parameters, required, flags);
        }

        boolean isOurs() {
            boolean operator = Set.of("%", "<=>", "rlike", "coalesce").contains(body);
            return !operator && !flags.contains("intrinsic");
        }
    }

    @Test
    @DisplayName("has a body for every overload, with and without its optional arguments")
    void everyOverloadHasABody() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Line line : lines()) {
            for (int count = line.required(); line.isOurs() && count <= line.parameters().size(); count++) {
                if (find(line, count).isEmpty() && count + line.parameters().size() > 0) {
                    missing.add(line.text() + " with " + count + " arguments");
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    @DisplayName("says of every overload how it treats NULL and whether it is deterministic, as its body does")
    void flagsAgreeWithBodies() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Line line : lines()) {
            Optional<FunctionTable.Function> body = line.isOurs()
                    ? find(line, line.parameters().size())
                    : Optional.empty();
            body.ifPresent(function -> {
                boolean boxed = BOXES.contains(function.method().getReturnType().getSimpleName());
                boolean mayBeNull = line.flags().contains("nullable") || function.isNullAware();
                if (function.isNullAware() != line.flags().contains("nulls")
                        || changes(function) != line.flags().contains("nondeterministic")
                        || (boxed && !mayBeNull)) {
                    wrong.add(line.text());
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean changes(FunctionTable.Function function) {
        return !function.isDeterministic() || function.isOfTheClock();
    }

    @Test
    @DisplayName("holds at least 250 functions")
    void holdsManyFunctions() throws IOException {
        Set<String> names = new TreeSet<>();
        lines().forEach(line -> names.add(line.name()));
        assertThat(names).hasSizeGreaterThanOrEqualTo(250);
    }

    private Optional<FunctionTable.Function> find(Line line, int count) {
        List<DataType> types = new ArrayList<>(
                line.parameters().stream().limit(count).map(FunctionCatalogueTest::sample).toList());
        if (line.name().equals("approx_top_k_estimate")) { // of ANY it takes what approx_top_k_accumulate has made
            types.set(0, new DataType.Struct(RowType.of(new Field("sketch", Simple.BINARY, true))));
        }
        return bodies.find(line.body(), types);
    }

    private static DataType sample(String parameter) {
        String type = parameter.replaceAll("^\\[|]$|\\.\\.\\.$", "").replace("const ", "");
        if (type.startsWith("ARRAY<")) {
            return new ArrayOf(sample(type.substring(6, type.length() - 1)), true);
        }
        if (type.startsWith("DECIMAL")) {
            return new Decimal(10, 2);
        }
        return switch (type) {
            case "VARIANT" -> DataType.Struct.VARIANT;
            case "MAP<K,V>", "MAP<STRING,STRING>" -> new MapOf(Simple.STRING, Simple.INT, true);
            case "T", "U", "K", "V", "ANY" -> Simple.INT;
            case "NUMERIC" -> Simple.DOUBLE;
            case "TEXT" -> Simple.STRING;
            default -> Simple.valueOf(type);
        };
    }

    private static List<String> split(String parameters) {
        List<String> split = new ArrayList<>();
        int depth = 0;
        StringBuilder parameter = new StringBuilder();
        for (char sign : (parameters + ",").toCharArray()) {
            depth += sign == '<' || sign == '(' ? 1 : sign == '>' || sign == ')' ? -1 : 0;
            if (sign == ',' && depth == 0) {
                if (!parameter.isEmpty()) {
                    split.add(parameter.toString().strip());
                }
                parameter.setLength(0);
            } else {
                parameter.append(sign);
            }
        }
        return split;
    }

    private static List<Line> lines() throws IOException {
        try (InputStream file = FunctionTable.class
                .getResourceAsStream("/dev/thalweg/planner/function/scalar-functions.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .map(line -> line.replaceAll("#.*", "").strip()).filter(line -> !line.isEmpty()).map(Line::of)
                    .toList();
        }
    }
}
