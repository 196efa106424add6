package dev.thalweg.parser.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Calls of a function that only its name tells so far: what it is, and whether it exists, the planner finds out.
///
/// Names are in lower case, as Spark SQL's documentation writes them. Those with a `$` are ours and cannot be written
/// in SQL: `$interval_dt(micros)`, `$interval_ym(months)`, `$date('…')`, `$timestamp('…')`, `$timestamp_ntz('…')`,
/// `$time('…')`, `$time_digits(time, digits)`, `$groups(number)`,
/// `$lambda(x, y, body)`, and in MATCH_RECOGNIZE `$running(call)`, `$final(call)`.
public final class FunctionCalls {
    public static final String DAY_TIME_INTERVAL = "$interval_dt";
    public static final String YEAR_MONTH_INTERVAL = "$interval_ym";
    public static final String DATE = "$date";
    public static final String TIMESTAMP = "$timestamp";
    public static final String TIMESTAMP_NTZ = "$timestamp_ntz";
    public static final String TIME = "$time";
    /// A TIME and the digits of a second that are left of it.
    public static final String TIME_DIGITS = "$time_digits";
    /// So many groups of equal rows: an end of a GROUPS frame.
    public static final String GROUPS = "$groups";
    /// The parameters of a lambda, simple names, and last its body.
    public static final String LAMBDA = "$lambda";

    /// Of the rows matched so far; of all rows of the match.
    public static final String RUNNING = "$running";
    public static final String FINAL = "$final";

    private FunctionCalls() {}

    public static SqlCall of(String name, SqlParserPos position, SqlNode... arguments) {
        return function(name, position).createCall(position, arguments);
    }

    public static SqlCall of(String name, SqlParserPos position, List<? extends SqlNode> arguments) {
        return function(name, position).createCall(position, arguments);
    }

    /// `name(DISTINCT …)`.
    public static SqlCall distinct(String name, SqlParserPos position, List<? extends SqlNode> arguments) {
        SqlLiteral quantifier = SqlSelectKeyword.DISTINCT.symbol(position);
        return function(name, position).createCall(quantifier, position, arguments.toArray(new SqlNode[0]));
    }

    /// `(x, y) -> body`.
    public static SqlCall lambda(SqlParserPos position, List<SqlIdentifier> parameters, SqlNode body) {
        List<SqlNode> operands = new ArrayList<>(parameters);
        operands.add(body);
        return of(LAMBDA, position, operands);
    }

    public static boolean isLambda(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator().getName().equals(LAMBDA);
    }

    // Calcite's constructor says nothing of null, but its own parser leaves out everything that only a catalog knows.
    @SuppressWarnings("NullAway")
    private static SqlUnresolvedFunction function(String name, SqlParserPos position) {
        SqlIdentifier lower = new SqlIdentifier(name.toLowerCase(Locale.ROOT), position);
        return new SqlUnresolvedFunction(lower, null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }
}
