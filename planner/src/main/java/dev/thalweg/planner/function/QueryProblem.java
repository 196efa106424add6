package dev.thalweg.planner.function;

import org.apache.calcite.sql.parser.SqlParserPos;

/// Something wrong with a query, before it is known how its text is shown: the planner turns it into an `InvalidQuery`.
public final class QueryProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String help;
    private final transient SqlParserPos place;

    /// @param what one sentence with a full stop
    /// @param help what to do about it, one or more sentences, or empty
    public QueryProblem(String code, String what, SqlParserPos place, String help) {
        super(what);
        this.code = code;
        this.place = place;
        this.help = help;
    }

    public String code() {
        return code;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public String help() {
        return help;
    }

    public SqlParserPos place() {
        return place == null ? SqlParserPos.ZERO : place;
    }

    public QueryProblem at(SqlParserPos where) {
        return new QueryProblem(code, what(), where, help);
    }
}
