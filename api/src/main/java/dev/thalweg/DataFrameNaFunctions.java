package dev.thalweg;

import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What to do with rows that have NULLs.
public final class DataFrameNaFunctions {
    private final Dataset<Row> input;

    DataFrameNaFunctions(Dataset<Row> input) {
        this.input = input;
    }

    public Dataset<Row> drop() {
        return drop("any");
    }

    public Dataset<Row> drop(String how) {
        return drop(how, input.indexes().mapToObj(input::column));
    }

    public Dataset<Row> drop(String[] columns) {
        return drop("any", columns);
    }

    /// Drops rows that have NULLs in the named columns.
    ///
    /// @param how `any`: drops a row with a NULL in one of the columns; `all`: with NULL in every one
    public Dataset<Row> drop(String how, String[] columns) {
        return drop(how, Arrays.stream(columns).map(functions::col));
    }

    private Dataset<Row> drop(String how, Stream<Column> columns) {
        List<Column> present = columns.map(Column::isNotNull).toList();
        return switch (how.toLowerCase(Locale.ROOT)) {
            case "any" -> input.filter(present.stream().reduce(Column::and).orElse(functions.lit(true)));
            case "all" -> input.filter(present.stream().reduce(Column::or).orElse(functions.lit(true)));
            default -> throw new InvalidQuery("THW-1214", "na().drop('" + how + "') must be 'any' or 'all'.");
        };
    }

    /// Drops rows with fewer than so many values that are not NULL.
    public Dataset<Row> drop(int minNonNulls) {
        return drop(minNonNulls, input.indexes().mapToObj(input::column));
    }

    public Dataset<Row> drop(int minNonNulls, String[] columns) {
        return drop(minNonNulls, Arrays.stream(columns).map(functions::col));
    }

    private Dataset<Row> drop(int minNonNulls, Stream<Column> columns) {
        Column present = columns.map(column -> functions.when(column.isNotNull(), 1).otherwise(0))
                .reduce(Column::plus).orElse(functions.lit(0));
        return input.filter(present.geq(minNonNulls));
    }

    /// Puts a value of its own where a column is NULL: `Map.of("age", 0, "name", "?")`.
    ///
    /// **Errors** [InvalidQuery] when a column is not there.
    public Dataset<Row> fill(Map<String, Object> values) {
        values.keySet().forEach(input::col);
        return fill(field -> values.entrySet().stream().filter(value -> field.name().equalsIgnoreCase(value.getKey()))
                .map(value -> functions.lit(value.getValue())).findFirst());
    }

    public Dataset<Row> fill(long value) {
        return fill(functions.lit(value), field -> field.type().isNumeric());
    }

    public Dataset<Row> fill(double value) {
        return fill(functions.lit(value), field -> field.type().isNumeric());
    }

    public Dataset<Row> fill(String value) {
        return fill(functions.lit(value), field -> field.type() == Simple.STRING);
    }

    public Dataset<Row> fill(boolean value) {
        return fill(functions.lit(value), field -> field.type() == Simple.BOOLEAN);
    }

    public Dataset<Row> fill(long value, String[] columns) {
        Arrays.stream(columns).forEach(input::col); // says which there are
        return fill(functions.lit(value), field -> field.type().isNumeric() && isOneOf(field, columns));
    }

    public Dataset<Row> fill(double value, String[] columns) {
        Arrays.stream(columns).forEach(input::col); // says which there are
        return fill(functions.lit(value), field -> field.type().isNumeric() && isOneOf(field, columns));
    }

    public Dataset<Row> fill(String value, String[] columns) {
        Arrays.stream(columns).forEach(input::col); // says which there are
        return fill(functions.lit(value), field -> field.type() == Simple.STRING && isOneOf(field, columns));
    }

    public Dataset<Row> fill(boolean value, String[] columns) {
        Arrays.stream(columns).forEach(input::col); // says which there are
        return fill(functions.lit(value), field -> field.type() == Simple.BOOLEAN && isOneOf(field, columns));
    }

    private static boolean isOneOf(Field field, String[] columns) {
        return Arrays.stream(columns).anyMatch(field.name()::equalsIgnoreCase);
    }

    /// Puts the value, cast to each column's type, where a chosen column is NULL.
    private Dataset<Row> fill(Column value, Predicate<Field> chosen) {
        return fill(field -> chosen.test(field) ? Optional.of(value) : Optional.empty());
    }

    private Dataset<Row> fill(Function<Field, Optional<Column>> values) {
        RowType row = input.schema().toRow();
        return input.reselect(input.indexes().mapToObj(i -> {
            Field field = row.field(i);
            Column column = input.column(i);
            return values.apply(field).map(value -> Column
                    .call("coalesce", column, value.cast(dev.thalweg.types.DataType.of(field.type())))
                    .as(field.name())).orElse(column);
        }).toList());
    }
}
