package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.Aggregate;

/// Translates sessions: which rows make one depends on the other keys of the GROUP BY, so a call of `session_window` is left in
/// place until the aggregate is met, and becomes a node below it then.
final class TranslateSession {
    private static final String FUNCTION = "session_window";

    /// The input of an aggregate, with a node for the session among its keys, if there is one.
    static Relation grouped(Relation input, Aggregate aggregate) {
        List<Integer> group = aggregate.getGroupSet().asList();
        Set<Call> calls = new LinkedHashSet<>();
        group.forEach(field -> collect(input.fields().get(field), calls));
        if (calls.isEmpty()) {
            return input;
        }
        if (calls.size() > 1) {
            throw new InvalidQuery("THW-3241", "GROUP BY names " + calls.size() + " different sessions, but a row is in"
                    + " one session only. Group by one of them, in a subquery if need be.");
        }
        if (aggregate.getGroupSets().size() > 1) {
            throw new InvalidQuery("THW-3242",
                    "session_window() cannot stand in GROUPING SETS, CUBE or ROLLUP: each set has"
                            + " sessions of its own. Write a query for each set, with UNION ALL between them.");
        }
        Call call = calls.iterator().next();
        List<Integer> others = group.stream().filter(field -> !Expressions.calls(input.fields().get(field), FUNCTION))
                .toList();
        Assigned assigned = assign(input, call.arguments().get(0), call.arguments().get(1),
                others.stream().map(input.fields()::get).toList());
        Expression session = assigned.relation().fields().getLast();
        List<Expression> fields = new ArrayList<>();
        for (int i = 0; i < input.fields().size(); i++) {
            fields.add(others.contains(i)
                    ? assigned.keys().get(others.indexOf(i))
                    : Expressions.replace(input.fields().get(i), call, session));
        }
        return new Relation(assigned.relation().node(), fields, input.names());
    }

    private static void collect(Expression expression, Set<Call> calls) {
        if (expression instanceof Call call && call.function().equals(FUNCTION)) {
            calls.add(call);
        }
        Expressions.children(expression).forEach(child -> collect(child, calls));
    }

    /// What [#assign] has made.
    ///
    /// @param relation the fields of the input, and the session as a struct behind them
    /// @param keys what the keys are over its node
    record Assigned(Relation relation, List<Expression> keys) {}

    private final List<Expression> columns;
    private final List<Field> fields;

    private TranslateSession(RowType row) {
        columns = new ArrayList<>(Expressions.inputs(row));
        fields = new ArrayList<>(row.fields());
    }

    static Assigned assign(Relation input, Expression time, Expression gap, List<Expression> keys) {
        return new TranslateSession(input.node().schema()).sessions(input, time, gap, keys);
    }

    private Assigned sessions(Relation input, Expression time, Expression gap, List<Expression> keys) {
        List<Integer> keyColumns = new ArrayList<>();
        List<Expression> keyValues = new ArrayList<>();
        for (Expression key : keys) {
            keyValues.add(key(key, keyColumns));
        }
        Input timeColumn = column("time",
                time.type() instanceof DataType.Struct ? TranslateExpression.windowTime(time) : time);
        Expression by = gap instanceof Literal ? gap : column("gap", gap);
        PlanNode below = columns.size() == input.node().schema().size()
                ? input.node()
                : new Project(input.node(), columns, new RowType(fields));
        RowType bounds = RowType.of(new Field("start", timeColumn.type(), false),
                new Field("end", timeColumn.type(), false));
        RowType schema = PlanNode.appended(below.schema(), bounds.fields());
        PlanNode node = new SessionAssign(below, timeColumn.column(), by, keyColumns, schema);
        List<Expression> above = new ArrayList<>(input.fields());
        above.add(Expressions.struct(List.of(Expressions.input(schema, schema.size() - 2),
                Expressions.input(schema, schema.size() - 1)), bounds));
        List<String> names = new ArrayList<>(input.names());
        names.add("session");
        return new Assigned(new Relation(node, above, names), keyValues);
    }

    /// A window among the keys is a column for each of its ends.
    private Expression key(Expression key, List<Integer> keyColumns) {
        if (key instanceof Call(String function, List<Expression> parts, DataType.Struct(RowType row), boolean _)
                && function.equals("named_struct")) {
            List<Expression> moved = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                Input part = column(row.field(i).name(), parts.get(i));
                moved.add(part);
                keyColumns.add(part.column());
            }
            return Expressions.struct(moved, row);
        }
        Input column = column("key", key);
        keyColumns.add(column.column());
        return column;
    }

    private Input column(String name, Expression value) {
        if (value instanceof Input input) {
            return input;
        }
        columns.add(value);
        fields.add(Expressions.field(name, value));
        return new Input(columns.size() - 1, value.type(), value.nullable());
    }
}
