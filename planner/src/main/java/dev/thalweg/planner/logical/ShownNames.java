package dev.thalweg.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/// The names of a query's columns as Spark shows them: `SELECT a.id, b.id` gives `id` twice, where Calcite makes `id` and `id0`.
///
/// @param items of the SELECT list: the name, or empty for `*`
record ShownNames(List<Optional<String>> items) {
    ShownNames {
        items = List.copyOf(items);
    }

    /// @param prepared a query that the validator has not changed yet
    static ShownNames of(SqlNode prepared) {
        return switch (prepared) {
            case SqlOrderBy ordered -> of(ordered.query);
            case SqlWith with -> of(with.body);
            case SqlSelect select -> new ShownNames(select.getSelectList().stream().map(ShownNames::name).toList());
            case SqlCall call when SqlKind.SET_QUERY.contains(call.getKind()) -> of(call.operand(0));
            default -> new ShownNames(List.of(Optional.empty()));
        };
    }

    /// @param unique what the validator called the columns
    List<String> over(List<String> unique) {
        OptionalInt star = IntStream.range(0, items.size()).filter(i -> items.get(i).isEmpty()).findFirst();
        if ((star.isPresent() && items.stream().filter(Optional::isEmpty).count() > 1)
                || items.size() > unique.size() + 1) {
            return unique; // nobody knows which columns are of which star
        }
        int ofStar = unique.size() - items.size() + 1;
        List<String> names = new ArrayList<>();
        for (Optional<String> item : items) {
            if (item.isPresent()) {
                names.add(item.get());
            } else {
                int first = names.size();
                IntStream.range(first, first + ofStar).forEach(i -> names.add(withoutNumber(unique, i)));
            }
        }
        return names.size() == unique.size() ? names : unique;
    }

    private static Optional<String> name(SqlNode item) {
        SqlNode named = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1) : item;
        return named instanceof SqlIdentifier name && !name.isStar()
                ? Optional.of(name.names.getLast())
                : Optional.empty();
    }

    /// A column of `*`: `id0` is `id` where there is an `id` before it.
    private static String withoutNumber(List<String> unique, int index) {
        String name = unique.get(index);
        return unique.subList(0, index).stream()
                .filter(before -> name.matches("(?i)" + Pattern.quote(before) + "[0-9]+")).findFirst().orElse(name);
    }
}
