package dev.thalweg.parser.tree;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The marks of a streaming query in the syntax tree, as operators of plain calls.
public final class StreamOperators {
    /// `STREAM(table)`: the table is read as a stream. One operand, the table's identifier.
    public static final SqlOperator STREAM = new Mark("STREAM") {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            writer.keyword("STREAM");
            call.operand(0).unparse(writer, 0, 0);
        }
    };

    /// `WATERMARK(relation, time, delay)`: the relation, the column that holds the event time (an identifier, or
    /// `AS(expression, name)` for a new column) and the delay in microseconds as an integer literal.
    public static final SqlOperator WATERMARK = new Mark("WATERMARK") {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            call.operand(0).unparse(writer, leftPrecedence, 0);
            writer.keyword("WATERMARK");
            call.operand(1).unparse(writer, 0, 0);
            writer.keyword("DELAY OF");
            call.operand(2).unparse(writer, 0, 0);
            writer.keyword("MICROSECONDS");
        }
    };

    /// `SAMPLE(relation, fraction)` or `SAMPLE(relation, fraction, seed)`: of each row chance decides; with a seed the row itself.
    public static final SqlOperator SAMPLE = new Mark("SAMPLE") {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            call.operand(0).unparse(writer, leftPrecedence, 0);
            writer.keyword("TABLESAMPLE");
            SqlWriter.Frame size = writer.startList("(", ")");
            call.operand(1).unparse(writer, 0, 0);
            writer.keyword("* 100 PERCENT");
            writer.endList(size);
            if (call.operandCount() == 3) {
                writer.keyword("REPEATABLE");
                SqlWriter.Frame seed = writer.startList("(", ")");
                call.operand(2).unparse(writer, 0, 0);
                writer.endList(seed);
            }
        }
    };

    /// `AS_OF(relation, time)`: of each row of the relation the version that was valid at a time of another relation.
    public static final SqlOperator AS_OF = new Mark("AS_OF") {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            call.operand(0).unparse(writer, leftPrecedence, 0);
            writer.keyword("FOR SYSTEM_TIME AS OF");
            call.operand(1).unparse(writer, 0, 0);
        }
    };

    /// `LEVELS(query, most)`: a query of WITH RECURSIVE that says how often its step may run.
    public static final SqlOperator LEVELS = new Mark("LEVELS") {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            call.operand(0).unparse(writer, leftPrecedence, rightPrecedence);
        }
    };

    /// `PARTITIONED(TABLE t, list)`: an argument of a table function whose rows it looks at apart for each value of a list of
    /// expressions.
    public static final SqlOperator PARTITIONED = new Mark("PARTITIONED") {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            call.operand(0).unparse(writer, 0, 0);
            writer.keyword("PARTITION BY");
            call.operand(1).unparse(writer, 0, 0);
        }
    };

    /// `GROUP BY ALL`: the only element of the group list, without operands.
    public static final SqlOperator GROUP_BY_ALL = new Mark("ALL") {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            writer.keyword("ALL");
        }
    };

    /// `ORDER BY ALL`: the only element of the order list, without operands, perhaps inside DESC and NULLS FIRST or LAST.
    public static final SqlOperator ORDER_BY_ALL = new Mark("ALL") {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            writer.keyword("ALL");
        }
    };

    /// The columns of FROM but some: those named, and those of the alias that the first operand says, which may be empty. Of
    /// PIVOT and UNPIVOT, which keep what they do not use.
    public static final SqlOperator OTHER_COLUMNS = new Mark("$others") {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            writer.keyword("*");
        }
    };

    /// `* EXCEPT (a, b)`: the columns of the stars in the first operand but those that the second names.
    public static final SqlOperator ALL_BUT = new Mark("$except") {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            writer.keyword("* EXCEPT");
            SqlWriter.Frame names = writer.startList("(", ")");
            call.operand(1).unparse(writer, 0, 0);
            writer.endList(names);
        }
    };

    private StreamOperators() {}

    public static SqlCall call(SqlOperator operator, SqlParserPos position, SqlNode... operands) {
        return operator.createCall(position, operands);
    }

    /// Whether the node is a call of one of these marks.
    @SuppressWarnings("ReferenceEquality") // each mark exists once, and Calcite's equals compares names
    public static boolean is(SqlNode node, SqlOperator operator) {
        return node instanceof SqlCall call && call.getOperator() == operator;
    }

    private abstract static class Mark extends SqlSpecialOperator {
        Mark(String name) {
            super(name, SqlKind.OTHER);
        }
    }
}
