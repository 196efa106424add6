package dev.thalweg.tests.law;

import java.util.ArrayList;
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

    /// As a condition of a join, or of a subquery on the row around it.
    String write(Rel.JoinKey key, List<String> left, List<String> right) {
        return template.apply(key.isNullSafe() ? Op.SAME : Op.EQ).replace("{0}", write(key.left(), left)).replace("{1}",
                write(key.right(), right));
    }

    /// The SELECT list of a projection: what is only passed on keeps its name without being given one.
    List<String> items(Rel.Project project) {
        List<String> input = names(project.input().columns());
        List<String> items = new ArrayList<>();
        for (int i = 0; i < project.names().size(); i++) {
            String text = write(project.expressions().get(i), input);
            String name = project.names().get(i);
            items.add(text.equals(name) ? text : text + " AS " + name);
        }
        return items;
    }

    static List<String> names(List<Rel.Col> columns) {
        return columns.stream().map(Rel.Col::name).toList();
    }
}
