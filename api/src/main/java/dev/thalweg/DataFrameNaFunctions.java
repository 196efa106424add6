package dev.thalweg;

import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

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
        return drop(how, input.columns());
    }

    public Dataset<Row> drop(String[] columns) {
        return drop("any", columns);
    }

    /// Drops rows that have NULLs in the named columns.
    ///
    /// @param how `any`: drops a row with a NULL in one of the columns; `all`: with NULL in every one
    public Dataset<Row> drop(String how, String[] columns) {
        List<Column> present = Arrays.stream(columns).map(name -> functions.col(name).isNotNull()).toList();
        return switch (how.toLowerCase(Locale.ROOT)) {
            case "any" -> input.filter(present.stream().reduce(Column::and).orElse(functions.lit(true)));
            case "all" -> input.filter(present.stream().reduce(Column::or).orElse(functions.lit(true)));
            default -> throw new InvalidQuery("THW-1214", "na().drop('" + how + "') must be 'any' or 'all'.");
        };
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
        return fill(functions.lit(value), field -> field.type().isNumeric() && isOneOf(field, columns));
    }

    public Dataset<Row> fill(double value, String[] columns) {
        return fill(functions.lit(value), field -> field.type().isNumeric() && isOneOf(field, columns));
    }

    public Dataset<Row> fill(String value, String[] columns) {
        return fill(functions.lit(value), field -> field.type() == Simple.STRING && isOneOf(field, columns));
    }

    private static boolean isOneOf(Field field, String[] columns) {
        return Arrays.stream(columns).anyMatch(field.name()::equalsIgnoreCase);
    }

    /// Puts the value, cast to each column's type, where a chosen column is NULL.
    private Dataset<Row> fill(Column value, Predicate<Field> chosen) {
        return input.select(input.schema().toRow().fields().stream().map(field -> {
            Column column = functions.col("`" + field.name() + "`");
            Column typed = value.cast(dev.thalweg.types.DataType.of(field.type()));
            return chosen.test(field) ? Column.call("coalesce", column, typed).as(field.name()) : column;
        }).toArray(Column[]::new));
    }
}
