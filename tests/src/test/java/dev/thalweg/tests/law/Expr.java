package dev.thalweg.tests.law;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A scalar expression of the law's algebra over the columns of one row.
sealed interface Expr {
    Type type();

    record Column(int index, Type type) implements Expr {}

    record Literal(@Nullable Object value, Type type) implements Expr {}

    record Call(Op op, List<Expr> arguments, Type type) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    static Expr call(Type type, Op op, Expr... arguments) {
        return new Call(op, List.of(arguments), type);
    }
}
