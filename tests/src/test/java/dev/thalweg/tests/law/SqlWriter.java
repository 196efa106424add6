package dev.thalweg.tests.law;

import java.util.List;
import java.util.function.Function;

/// Writes expressions: each operation by its template.
record SqlWriter(Function<Op, String> template, Function<Type, String> typeName) {
    static final SqlWriter THALWEG = new SqlWriter(op -> op.sql, type -> type.sql);
    static final SqlWriter DUCK = new SqlWriter(op -> op.duck, type -> type.duck);

    /// @param columns what stands for each column of the row
    String write(Expr expression, List<String> columns) {
        return switch (expression) {
            case Expr.Column column -> columns.get(column.index());
            case Expr.Literal literal -> SqlLiteral.of(literal.value(), typeName.apply(literal.type()));
            case Expr.Call call -> {
                StringBuilder text = new StringBuilder();
                String rest = template.apply(call.op());
                for (int open = rest.indexOf('{'); open >= 0; open = rest.indexOf('{')) {
                    int argument = rest.charAt(open + 1) - '0';
                    text.append(rest, 0, open).append(write(call.arguments().get(argument), columns));
                    rest = rest.substring(open + 3);
                }
                yield text + rest;
            }
        };
    }

    static List<String> names(List<Rel.Col> columns) {
        return columns.stream().map(Rel.Col::name).toList();
    }
}
