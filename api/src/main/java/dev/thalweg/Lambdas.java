package dev.thalweg;

import dev.thalweg.api.java.function.Function3;
import dev.thalweg.parser.tree.FunctionCalls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Turns a Java lambda over columns into a lambda of SQL: it is called once, with columns that stand for its parameters.
///
/// Parameters are called `x_1`, `y_1`, in a lambda around that `x_2`, so that one never hides another; a number whose name is
/// that of a column in the body is left out. The names depend on the expression alone: a checkpoint remembers them.
final class Lambdas {
    private static final List<String> LETTERS = List.of("x", "y", "z");

    private Lambdas() {}

    static Column of(Function<Column, Column> function) {
        return of(1, columns -> function.apply(columns.getFirst()));
    }

    static Column of(BiFunction<Column, Column, Column> function) {
        return of(2, columns -> function.apply(columns.get(0), columns.get(1)));
    }

    static Column of(Function3<Column, Column, Column, Column> function) {
        return of(3, columns -> function.call(columns.get(0), columns.get(1), columns.get(2)));
    }

    /// The body is made with names that stand nowhere else; then its depth is known.
    private static Column of(int parameters, Function<List<Column>, Column> function) {
        String prefix = UUID.randomUUID().toString();
        List<String> first = new ArrayList<>();
        for (String letter : LETTERS.subList(0, parameters)) {
            first.add(letter + prefix);
        }
        SqlNode body = function.apply(first.stream().map(Lambdas::parameter).toList()).tree();
        Names names = new Names();
        body.accept(names);
        int level = names.level + 1;
        while (names.hold(level, parameters)) {
            level++;
        }
        Renaming renaming = new Renaming(first, level);
        List<SqlIdentifier> own = first.stream().map(name -> renaming.visit(identifier(name))).toList();
        return new Column(FunctionCalls.lambda(Column.HERE, own, Objects.requireNonNull(body.accept(renaming))));
    }

    private static Column parameter(String name) {
        return new Column(identifier(name));
    }

    private static SqlIdentifier identifier(String name) {
        return Column.identifier(List.of(name));
    }

    private static String name(int parameter, int level) {
        return LETTERS.get(parameter) + "_" + level;
    }

    /// The names in a body, and how deep lambdas are nested in it.
    private static final class Names extends SqlBasicVisitor<@Nullable Void> {
        private final Set<String> names = new HashSet<>();
        private int depth;
        private int level;

        @Override
        public @Nullable Void visit(SqlIdentifier name) {
            names.add(name.names.getFirst().toLowerCase(java.util.Locale.ROOT));
            return null;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            depth += FunctionCalls.isLambda(call) ? 1 : 0;
            level = Math.max(level, depth);
            super.visit(call);
            depth -= FunctionCalls.isLambda(call) ? 1 : 0;
            return null;
        }

        boolean hold(int level, int parameters) {
            for (int i = 0; i < parameters; i++) {
                if (names.contains(name(i, level))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final class Renaming extends SqlShuttle {
        private final List<String> from;
        private final int level;

        Renaming(List<String> from, int level) {
            this.from = from;
            this.level = level;
        }

        @Override
        public SqlIdentifier visit(SqlIdentifier name) {
            int parameter = from.indexOf(name.names.getFirst());
            return parameter < 0 ? name : name.setName(0, name(parameter, level));
        }
    }
}
