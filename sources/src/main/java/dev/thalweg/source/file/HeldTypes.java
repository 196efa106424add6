package dev.thalweg.source.file;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.OptionalInt;

/// Says which column types a format can hold.
final class HeldTypes {
    private HeldTypes() {}

    static void check(String format, RowType columns, boolean nested) {
        for (Field field : columns.fields()) {
            if (!holds(field.type(), nested)) {
                throw new InvalidQuery("THW-2036", "Format '" + format + "' cannot hold column " + field.name() + " "
                        + field.type().sql() + ". Read it as STRING and convert it in the query.");
            }
        }
    }

    /// Refuses what no Parquet file has.
    static void checkParquet(RowType columns) {
        for (Field field : columns.fields()) {
            if (!isRead(field.type())) {
                throw new InvalidQuery("THW-2036", "Format 'parquet' cannot hold column " + field.name() + " "
                        + field.type().sql() + ". Read the number behind it and convert it in the query.");
            }
        }
    }

    private static boolean isRead(DataType type) {
        return switch (type) {
            case Simple simple -> simple != Simple.INTERVAL_DAY_TIME && simple != Simple.INTERVAL_YEAR_MONTH
                    && simple != Simple.VOID;
            case DataType.Decimal _ -> true;
            case DataType.ArrayOf(DataType element, _) -> isRead(element);
            case DataType.MapOf(DataType key, DataType value, _) -> isRead(key) && isRead(value);
            case DataType.Struct(RowType row) -> row.fields().stream().allMatch(f -> isRead(f.type()));
        };
    }

    private static boolean holds(DataType type, boolean nested) {
        return switch (type) {
            case Simple simple -> simple != Simple.INTERVAL_DAY_TIME && simple != Simple.INTERVAL_YEAR_MONTH;
            case DataType.Decimal _ -> true;
            case DataType.ArrayOf(DataType element, _) -> nested && holds(element, true);
            case DataType.MapOf(DataType key, DataType value, _) ->
                    nested && key == Simple.STRING && holds(value, true);
            case DataType.Struct(RowType row) -> nested && row.fields().stream().allMatch(f -> holds(f.type(), true));
        };
    }

    static void checkCorruptColumn(String name, RowType columns) {
        OptionalInt column = columns.indexOf(name);
        if (column.isPresent() && columns.type(column.getAsInt()) != Simple.STRING) {
            throw new InvalidQuery("THW-2037", "Column " + name + ", which takes the text of malformed records, must be"
                    + " STRING, not " + columns.type(column.getAsInt()).sql() + ".");
        }
    }
}
