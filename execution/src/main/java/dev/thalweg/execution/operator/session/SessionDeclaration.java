package dev.thalweg.execution.operator.session;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;

/// What sessions are made of.
///
/// @param name stable in the query: the tables are named after it
/// @param input the rows
/// @param output the rows, and the start and the end of their session behind them
/// @param time a column of the input
/// @param gap the column of each row's gap; -1 where all have `constantGap`
/// @param constantGap in microseconds; 0 where rows have none
/// @param freed whether time closes sessions
/// @param emitsOnClose hands the rows of a session over once, when time has closed it, and nothing before
record SessionDeclaration(String name, RowType input, RowType output, int time, int gap, long constantGap,
        boolean freed, boolean emitsOnClose) {
    static SessionDeclaration of(String name, SessionAssign session, boolean freed, boolean emitsOnClose) {
        Expression gap = session.gap();
        int column = gap instanceof Input(int number, _, _) ? number : -1;
        if (column < 0 && !(gap instanceof Literal)) {
            throw new Defect("THW-9440",
                    "The gap of a session is computed where only a column or a constant may stand: "
                            + gap + ". Please send the query.");
        }
        long constant = gap instanceof Literal literal && literal.value() instanceof Long micros ? micros : 0;
        return new SessionDeclaration(name, session.input().schema(), session.schema(), session.time(), column,
                constant, freed, emitsOnClose);
    }
}
