package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Case;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Short words for expressions in tests.
final class Sql {
    private Sql() {}

    static Literal lit(@Nullable Object value, DataType type) {
        return new Literal(value, type);
    }

    static Literal str(@Nullable String value) {
        return new Literal(value, Simple.STRING);
    }

    static Literal integer(@Nullable Integer value) {
        return new Literal(value, Simple.INT);
    }

    static Literal bigint(@Nullable Long value) {
        return new Literal(value, Simple.BIGINT);
    }

    static Literal dbl(@Nullable Double value) {
        return new Literal(value, Simple.DOUBLE);
    }

    static Literal bool(@Nullable Boolean value) {
        return new Literal(value, Simple.BOOLEAN);
    }

    static Literal nothing(DataType type) {
        return new Literal(null, type);
    }

    static Call call(String function, DataType type, Expression... arguments) {
        return new Call(function, List.of(arguments), type, true);
    }

    static Call test(String function, Expression... arguments) {
        return call(function, Simple.BOOLEAN, arguments);
    }

    static Cast cast(Expression input, DataType type) {
        return new Cast(input, type, false, true);
    }

    static Cast tryCast(Expression input, DataType type) {
        return new Cast(input, type, true, true);
    }

    static Input col(RowType row, String name) {
        int index = row.indexOf(name).orElseThrow();
        return new Input(index, row.type(index), row.field(index).nullable());
    }

    static Case when(Expression condition, Expression then, Expression otherwise) {
        return new Case(List.of(new Expression.Branch(condition, then)), java.util.Optional.of(otherwise), then.type(),
                true);
    }

    static RowType row(Object... namesAndTypes) {
        Field[] fields = new Field[namesAndTypes.length / 2];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = Field.of((String) namesAndTypes[2 * i], (DataType) namesAndTypes[2 * i + 1]);
        }
        return RowType.of(fields);
    }
}
