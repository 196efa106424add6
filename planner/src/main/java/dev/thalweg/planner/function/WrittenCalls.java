package dev.thalweg.planner.function;

import dev.thalweg.spi.TableOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The few calls whose values a result type may depend on when all of their arguments are written in the query: intervals,
/// `map('name', 'value')`, `schema_of_json('…')`.
final class WrittenCalls {
    private WrittenCalls() {}

    /// @param operands the literals, each empty where something else stands
    static Optional<Object> value(String function, List<Optional<Object>> operands) {
        if (operands.isEmpty() || operands.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<Object> values = operands.stream().map(Optional::orElseThrow).toList();
        return switch (function) {
            case "$interval_dt" -> Optional.of(values.getFirst());
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
