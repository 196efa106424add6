package dev.thalweg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The columns of a dataset with some replaced where they stand, and those that are new behind them.
final class ReplacedColumns {
    private ReplacedColumns() {}

    /// @param values by name, whatever its case
    static List<Column> of(Dataset<?> input, Map<String, Column> values) {
        Map<String, Column> added = new LinkedHashMap<>(values);
        List<Column> columns = new ArrayList<>();
        List<String> names = input.plan().names();
        for (int i = 0; i < names.size(); i++) {
            String known = names.get(i);
            added.keySet().removeIf(known::equalsIgnoreCase);
            Optional<String> name = values.keySet().stream().filter(known::equalsIgnoreCase).findFirst();
            columns.add(name.isPresent()
                    ? Objects.requireNonNull(values.get(name.get())).as(name.get())
                    : input.column(i));
        }
        added.forEach((name, value) -> columns.add(value.as(name)));
        return columns;
    }
}
