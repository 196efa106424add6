package dev.thalweg.parser.tree;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `input MATCH_RECOGNIZE (…)` in FROM. The only operand is the input.
///
/// Calcite has a node of that name, whose validator types patterns by rules of its own and knows neither empty nor unmatched
/// rows.
public final class MatchRecognize extends SqlCall {
    private static final SqlOperator OPERATOR = new SqlSpecialOperator("MATCH_RECOGNIZE", SqlKind.OTHER);

    private SqlNode input;
    private final Clauses clauses;

    public MatchRecognize(SqlParserPos position, SqlNode input, Clauses clauses) {
        super(position);
        this.input = input;
        this.clauses = clauses;
    }

    /// What stands in the parentheses.
    ///
    /// @param within in microseconds
    public record Clauses(SqlNodeList partition, SqlNodeList order, List<Named> measures, Rows rows, Skip skip,
            RowPattern pattern, OptionalLong within, List<Subset> subsets, List<Named> definitions) {}

    /// An expression with its name: of a column in MEASURES, of a variable in DEFINE.
    public record Named(SqlNode expression, SqlIdentifier name) {}

    /// `SUBSET name = (A, B)`.
    public record Subset(SqlIdentifier name, List<SqlIdentifier> members) {}

    /// Which rows come out.
    public enum Rows {
        ONE, ALL, ALL_OMIT_EMPTY, ALL_WITH_UNMATCHED
    }

    /// Where the search goes on behind a match.
    ///
    /// @param variable for FIRST and LAST
    public record Skip(To to, Optional<SqlIdentifier> variable) {
        /// The kind of place.
        public enum To {
            PAST_LAST_ROW, NEXT_ROW, FIRST, LAST
        }
    }

    public SqlNode input() {
        return input;
    }

    public Clauses clauses() {
        return clauses;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(input);
    }

    @Override
    public void setOperand(int index, @Nullable SqlNode operand) {
        input = java.util.Objects.requireNonNull(operand);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        input.unparse(writer, leftPrecedence, 0);
        writer.keyword("MATCH_RECOGNIZE");
    }
}
