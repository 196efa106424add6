package dev.thalweg.planner.incremental;

import dev.thalweg.planner.logical.ColumnMarks;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;

/// A translated part of the logical plan: a node, and what each column of the logical row is over that node's columns.
///
/// Projections are kept as expressions until somebody needs the columns themselves, so that a chain of them becomes one.
/// Columns are told apart by their places from here on, so their names are those that the user knows.
record Relation(PlanNode node, List<Expression> fields, List<String> names) {
    /// Beyond this size a projected expression becomes a column: copies of it would cost more than the column does.
    private static final int INLINE_SIZE_MAX = 64;

    Relation {
        fields = List.copyOf(fields);
        names = ColumnMarks.shown(names);
    }

    static Relation of(PlanNode node) {
        return new Relation(node, Expressions.inputs(node.schema()), node.schema().names());
    }

    /// The same columns over a node that kept (or only appended to) the columns of this one.
    Relation over(PlanNode next) {
        return new Relation(next, fields, names);
    }

    /// Gives the logical columns a node of their own, unless they are that node's columns already.
    PlanNode materialize() {
        if (fields.equals(Expressions.inputs(node.schema())) && names.equals(node.schema().names())) {
            return node;
        }
        return new PlanNode.Project(node, fields, schema());
    }

    RowType schema() {
        List<Field> schema = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            schema.add(Expressions.field(names.get(i), fields.get(i)));
        }
        return new RowType(schema);
    }

    /// Turns what must be computed once (random values, very large expressions) into columns.
    Relation settled() {
        boolean mustSettle = fields.stream().anyMatch(
                f -> !Expressions.isDeterministic(f) || Expressions.size(f, INLINE_SIZE_MAX) >= INLINE_SIZE_MAX);
        return mustSettle ? columnwise() : this;
    }

    /// With a column for each field, but for structs of plain columns: of those the columns, for by them a window is known.
    private Relation columnwise() {
        List<Expression> columns = new ArrayList<>();
        List<Field> schema = new ArrayList<>();
        List<Expression> above = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Expression field = fields.get(i);
            if (field instanceof Expression.Call(String function, List<Expression> values, DataType.Struct(RowType row), boolean nullable)
                    && function.equals("named_struct")
                    && values.stream().allMatch(Expression.Input.class::isInstance)) {
                List<Expression> parts = new ArrayList<>();
                for (int part = 0; part < values.size(); part++) {
                    parts.add(add(row.names().get(part), values.get(part), columns, schema));
                }
                above.add(new Expression.Call(function, parts, field.type(), nullable));
            } else {
                above.add(add(names.get(i), field, columns, schema));
            }
        }
        return new Relation(new PlanNode.Project(node, columns, new RowType(schema)), above, names);
    }

    private static Expression add(String name, Expression value, List<Expression> columns, List<Field> schema) {
        columns.add(value);
        schema.add(Expressions.field(name, value));
        return new Expression.Input(columns.size() - 1, value.type(), value.nullable());
    }
}
