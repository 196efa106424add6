package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The leaves of expressions in one loop: columns of the input batch, and variables that nodes of the chain defined.
///
/// A projected column becomes a variable with a definition, not a copy of its text, so that a chain of projections stays as
/// small as it was written; it is computed where it is first needed, or never.
final class RowVariables {
    private final JavaSource java;
    private final RowType input;
    private final boolean nullsPossible;
    private final List<Expression> definitions = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final StringBuilder header = new StringBuilder();
    private final Map<Integer, String> bound = new HashMap<>();
    private final Set<Integer> nullable = new LinkedHashSet<>();

    RowVariables(JavaSource java, RowType input, boolean nullsPossible) {
        this.java = java;
        this.input = input;
        this.nullsPossible = nullsPossible;
    }

    ExpressionText text() {
        return new ExpressionText(
                column -> isColumn(column) ? input.field(column).name() : names.get(column - input.size()));
    }

    boolean isColumn(int column) {
        return column < input.size();
    }

    Expression definition(int variable) {
        return definitions.get(variable - input.size());
    }

    /// A leaf that stands for `definition` from here on.
    Input define(String name, Expression definition) {
        names.add(name);
        definitions.add(definition);
        return new Input(input.size() + definitions.size() - 1, definition.type(), definition.nullable());
    }

    /// Input columns whose nulls the loop looks at.
    Set<Integer> nullable() {
        return nullable;
    }

    /// Lines that run before the loop: the addresses of the columns it reads.
    String header() {
        return header.toString();
    }

    void addHeader(String javaType, String name, String initial) {
        if (java.isSplit()) {
            java.field("private " + javaType + " " + name + ";");
            header.append("        ").append(name).append(" = ").append(initial).append(";\n");
        } else {
            header.append("        ").append(javaType).append(' ').append(name).append(" = ").append(initial)
                    .append(";\n");
        }
    }

    Value load(Input leaf, ExpressionCode code) {
        DataType type = leaf.type();
        Kind kind = Kind.of(type);
        if (type == Simple.VOID) {
            return new Value(kind.initial(), Value.ALWAYS, kind);
        }
        Stored stored = stored(leaf);
        String isNull = stored.isNull().equals(Value.NEVER)
                ? Value.NEVER
                : java.declare("boolean", "n", stored.isNull());
        return new Value(read(stored.column(), leaf.column(), type, isNull), isNull, kind);
    }

    /// Where a value of the input lies.
    ///
    /// @param column a variable: the address of the column's data, or its vector where it is nested
    /// @param isNull says whether this row has none
    record Stored(String column, String isNull) {}

    /// A column of the input as it is, for what copies values without reading them.
    Stored stored(Input leaf) {
        String column = bound.computeIfAbsent(leaf.column(), number -> bind(number, leaf.type()));
        if (!leaf.nullable() && !input.field(leaf.column()).nullable()) {
            return new Stored(column, Value.NEVER);
        }
        nullable.add(leaf.column());
        String noBit = "!Memory.getBit(" + column + "Valid, row)";
        return new Stored(column, !nullsPossible
                ? Value.NEVER
                : ExpressionCode.isText(leaf.type())
                        ? "%1$sCodes == null ? %2$s : %1$sCodes[row] < 0".formatted(column, noBit)
                        : noBit);
    }

    /// The variable that holds the codes of a text column of the input, or null where its texts are in their rows. Empty for
    /// any other leaf, and where the loop has to look for NULLs.
    Optional<String> codes(Input leaf) {
        return !nullsPossible && isColumn(leaf.column()) && ExpressionCode.isText(leaf.type())
                ? Optional.of(stored(leaf).column() + "Codes")
                : Optional.empty();
    }

    private String bind(int number, DataType type) {
        String column = java.fresh("column");
        if (ExpressionCode.isText(type)) {
            addHeader("long", column, "texts(" + number + ").getDataBuffer().memoryAddress()");
            addHeader("long", column + "Offsets", "texts(" + number + ").getOffsetBuffer().memoryAddress()");
            addHeader("int[]", column + "Codes", "codes(" + number + ")");
            if (nullsPossible) {
                addHeader("long", column + "Valid", "validity(" + number + ")");
            }
            return column;
        }
        if (type.isNested()) {
            addHeader("org.apache.arrow.vector.FieldVector", column, "vector(" + number + ")");
        } else {
            addHeader("long", column, "vector(" + number + ").getDataBuffer().memoryAddress()");
        }
        if (nullsPossible) {
            addHeader("long", column + "Valid", "vector(" + number + ").getValidityBuffer().memoryAddress()");
        }
        return column;
    }

    private String read(String column, int number, DataType type, String isNull) {
        if (type instanceof DataType.Decimal(_, int scale)) {
            String value = "Decimals.read(" + column + " + 16L * row, " + scale + ")";
            return java.declare("BigDecimal", "v", isNull.equals(Value.NEVER) ? value : isNull + " ? null : " + value);
        }
        if (type.isNested()) {
            String value = "VectorValues.get(" + column + ", row, setup.input().type(" + number + "))";
            return java.declare("Object", "v", value);
        }
        if (ExpressionCode.isText(type)) {
            String slice = java.slice();
            String code = nullsPossible ? "Math.max(0, " + column + "Codes[row])" : column + "Codes[row]";
            String at = java.declare("long", "at",
                    "%1$sOffsets + 4L * (%1$sCodes == null ? row : %2$s)".formatted(column, code));
            java.line("%1$s.set(%2$s + Memory.getInt(%3$s), Memory.getInt(%3$s + 4) - Memory.getInt(%3$s));"
                    .formatted(slice, column, at));
            return slice;
        }
        return java.declare(Kind.of(type).javaType(), "v", fixed(column, (Simple) type));
    }

    private static String fixed(String column, Simple type) {
        return switch (type) {
            case BOOLEAN, VOID -> "Memory.getBit(" + column + ", row)";
            case TINYINT -> "Memory.getByte(" + column + " + row)";
            case SMALLINT -> "Memory.getShort(" + column + " + 2L * row)";
            case INT, DATE, INTERVAL_YEAR_MONTH -> "Memory.getInt(" + column + " + 4L * row)";
            case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME ->
                    "Memory.getLong(" + column + " + 8L * row)";
            case FLOAT -> "Memory.getFloat(" + column + " + 4L * row)";
            case DOUBLE -> "Memory.getDouble(" + column + " + 8L * row)";
            case STRING, BINARY -> throw new IllegalArgumentException(type.sql());
        };
    }
}
