package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;

/// Generates the writing of an output row, and the declarations that it needs before the loop.
final class OutputCode {
    private final JavaSource java;
    private final ExpressionCode code;
    private final RowVariables variables;
    private final StageLayout layout;
    private final RowType output;
    private final List<String> rebind = new ArrayList<>();
    private boolean keeps;

    OutputCode(JavaSource java, ExpressionCode code, RowVariables variables, StageLayout layout, RowType output) {
        this.java = java;
        this.code = code;
        this.variables = variables;
        this.layout = layout;
        this.output = output;
    }

    /// The counter of output rows, before everything else in the loop's method.
    void declare() {
        java.line("int out = 0;");
        if (keeps) {
            java.line("final int[] kept = this.kept;");
        }
    }

    /// Takes back the memory of the row before. Texts that are not copied keep it until they are handed on, in place until
    /// the end of the batch.
    void beginRow() {
        if (layout.slices().isEmpty()) {
            java.line("%RESET%");
            return;
        }
        if (!layout.dense()) {
            return;
        }
        java.open("if (scratch.isWide())");
        java.line("out = release(out);");
        java.line("%REBIND%");
        java.close();
    }

    /// Writes the row, whose columns are the leaves given.
    ///
    /// @param drops a row may have been left out on the way here
    void row(List<Expression> row, boolean drops) {
        if (layout.multiplies()) {
            flushWhenFull();
        }
        for (int i = 0; i < row.size(); i++) {
            if (layout.alike().contains(i)) {
                once(i, row.get(i));
            } else if (layout.copied().get(i) < 0) {
                column(i, row.get(i));
            }
        }
        if (layout.dense()) {
            weight();
            java.line("out++;");
        } else if (drops) {
            keeps = true;
            java.line("kept[out++] = row;");
        } else {
            java.line("out++;");
        }
    }

    /// Writes the row, all of whose columns are the input's own, if a condition is true: without a branch, for nobody can tell which
    /// way it goes when half of the rows are kept.
    void keepIf(String condition) {
        keeps = true;
        java.line("kept[out] = row;");
        java.line("out += (" + condition + ") ? 1 : 0;");
    }

    private void flushWhenFull() {
        java.open("if (out == capacity)");
        java.line("flush(out);");
        java.line("out = 0;");
        java.line("%REBIND%");
        java.close();
    }

    /// Writes what no row has a say in with the first row of new vectors.
    private void once(int number, Expression expression) {
        java.open("if (out == 0)");
        code.inBranch(() -> {
            column(number, expression);
            return true;
        });
        java.close();
    }

    private void column(int number, Expression expression) {
        if (java.isSplit()) {
            java.beginMethod(false);
            write(number, expression);
            String name = java.fresh("write");
            java.endMethod("private void " + name + "(int out)");
            java.line(name + "(out);");
        } else {
            write(number, expression);
        }
    }

    private void write(int number, Expression expression) {
        DataType type = output.type(number);
        if (passesAlong(expression, type)) {
            copy(number, (Input) expression, type);
            return;
        }
        Value value = code.of(expression);
        String at = layout.alike().contains(number) ? "0" : layout.dense() ? "out" : "row";
        String column = java.fresh("output");
        switch (Kind.of(type)) {
            case TEXT ->
                    object(layout.slices().contains(number) ? "SliceColumn" : "TextColumn", column, number, at, value);
            case OBJECT -> {
                bind("ObjectColumn", column, "(ObjectColumn) output(" + number + ")", false);
                java.line(column + ".write(" + at + ", " + code.values().boxed(value, type) + ");");
            }
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE, DECIMAL -> fixed(column, number, at, value, type);
        }
    }

    /// Whether it is a column of the input, of a type whose values would be objects on their way.
    private boolean passesAlong(Expression expression, DataType type) {
        return expression instanceof Input(int column, DataType from, _) && variables.isColumn(column)
                && (type.isNested() || type instanceof DataType.Decimal) && from.equals(type);
    }

    private void copy(int number, Input leaf, DataType type) {
        String at = layout.dense() ? "out" : "row";
        String column = java.fresh("output");
        RowVariables.Stored from = variables.stored(leaf);
        if (type.isNested()) {
            bind("ObjectColumn", column, "(ObjectColumn) output(" + number + ")", false);
            java.line(column + ".copy(" + at + ", " + from.column() + ", row);");
            return;
        }
        if (!from.isNull().equals(Value.NEVER)) {
            bind("long", column + "Valid", "((FixedColumn) output(" + number + ")).validity()", true);
            java.line("if (" + from.isNull() + ") FixedColumn.setNull(" + column + "Valid, " + at + ");");
        }
        bind("long", column, "((FixedColumn) output(" + number + ")).data()", true);
        java.line("Decimals.copy(" + from.column() + " + 16L * row, " + column + " + 16L * " + at + ");");
    }

    private void object(String javaType, String column, int number, String at, Value value) {
        bind(javaType, column, "(" + javaType + ") output(" + number + ")", false);
        if (value.isAlwaysNull()) {
            java.line(column + ".writeNull(" + at + ");");
            return;
        }
        if (!value.isNeverNull()) {
            java.open("if (" + value.isNull() + ")");
            java.line(column + ".writeNull(" + at + ");");
            java.orElse();
        }
        java.line(column + ".write(" + at + ", " + value.code() + ");");
        if (!value.isNeverNull()) {
            java.close();
        }
    }

    private void fixed(String column, int number, String at, Value value, DataType type) {
        if (!value.isNeverNull()) {
            bind("long", column + "Valid", "((FixedColumn) output(" + number + ")).validity()", true);
            java.line("if (" + value.isNull() + ") FixedColumn.setNull(" + column + "Valid, " + at + ");");
        }
        if (value.isAlwaysNull()) {
            return;
        }
        bind("long", column, "((FixedColumn) output(" + number + ")).data()", true);
        if (type instanceof DataType.Decimal(_, int scale)) {
            String write = "Decimals.write(" + column + " + 16L * " + at + ", " + value.code() + ", " + scale + ");";
            java.line(value.isNeverNull() ? write : "if (!" + value.isNull() + ") " + write);
            return;
        }
        java.line(put((Simple) type, column, at, value.code()));
    }

    private static String put(Simple type, String column, String at, String value) {
        return switch (type) {
            case BOOLEAN, VOID -> "Memory.putBit(" + column + ", " + at + ", " + value + ");";
            case TINYINT -> "Memory.putByte(" + column + " + " + at + ", (byte) " + value + ");";
            case SMALLINT -> "Memory.putShort(" + column + " + 2L * " + at + ", (short) " + value + ");";
            case INT, DATE, INTERVAL_YEAR_MONTH -> "Memory.putInt(" + column + " + 4L * " + at + ", " + value + ");";
            case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME ->
                    "Memory.putLong(" + column + " + 8L * " + at + ", " + value + ");";
            case FLOAT -> "Memory.putFloat(" + column + " + 4L * " + at + ", " + value + ");";
            case DOUBLE -> "Memory.putDouble(" + column + " + 8L * " + at + ", " + value + ");";
            case STRING, BINARY -> throw new IllegalArgumentException(type.sql());
        };
    }

    private void weight() {
        String from = java.fresh("weightsIn");
        String to = java.fresh("weightsOut");
        bind("long", from, "inputWeights()", false);
        bind("long", to, "outputWeights()", true);
        java.line("if (weighted) Memory.putLong(" + to + " + 8L * out, Memory.getLong(" + from + " + 8L * row));");
    }

    /// A variable that is set before the loop, and again when new vectors are begun.
    private void bind(String javaType, String name, String initial, boolean again) {
        variables.addHeader(javaType, name, initial);
        if (again) {
            rebind.add(name + " = " + initial + ";");
        }
    }

    /// The loop's body with what is known only when all of it has been generated.
    String completed(String body) {
        return body.replace("%REBIND%", String.join(" ", rebind))
                .replace("%RESET%", code.makesText() ? "scratch.reset();" : "");
    }
}
