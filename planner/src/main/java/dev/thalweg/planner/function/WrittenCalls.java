package dev.thalweg.planner.function;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rex.RexLiteral;

/// The few calls whose values a result type may depend on when all of their arguments are written in the query: intervals,
/// `map('name', 'value')`, `schema_of_json('…')`, numbers with a suffix.
public final class WrittenCalls {
    private static final String NUMBER = "$number";

    private WrittenCalls() {}

    /// A whole number whose suffix tells its type, `1L`: a literal in the plan, too, because beside a decimal it counts as the digits
    /// that it has.
    public static EngineFunction number(DataType type) {
        return new EngineFunction(NUMBER,
                arguments -> new Binding(NUMBER, List.of(arguments.getFirst().type()), type, false),
                (rex, rel, _, arguments) -> rex.makeExactLiteral(
                        Objects.requireNonNull(((RexLiteral) arguments.getFirst()).getValueAs(BigDecimal.class)), rel),
                true);
    }

    /// @param operands the literals, each empty where something else stands
    static Optional<Object> value(String function, List<Optional<Object>> operands) {
        if (operands.isEmpty() || operands.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<Object> values = operands.stream().map(Optional::orElseThrow).toList();
        return switch (function) {
            case "$interval_dt", NUMBER -> Optional.of(values.getFirst());
            case "map" -> map(values);
            case "schema_of_json" -> FormatRules.schemaOfJson(String.valueOf(values.getFirst()), options(values));
            case "schema_of_csv" -> FormatRules.schemaOfCsv(String.valueOf(values.getFirst()), options(values));
            default -> Optional.empty();
        };
    }

    private static Optional<Object> map(List<Object> values) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i + 1 < values.size(); i += 2) {
            map.put(values.get(i), values.get(i + 1));
        }
        return Optional.of(map);
    }

    private static TableOptions options(List<Object> values) {
        TableOptions options = TableOptions.none();
        if (values.size() > 1 && values.get(1) instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                options = options.with(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
            }
        }
        return options;
    }
}
