package dev.thalweg;

import dev.thalweg.parser.Statement.CreateFunction;
import dev.thalweg.parser.Statement.DropFunction;
import dev.thalweg.parser.Statement.IfTaken;
import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.planner.QueryPlanner;
import dev.thalweg.planner.function.SqlMacro;
import dev.thalweg.planner.function.UserFunctions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/// Carries out CREATE FUNCTION and DROP FUNCTION.
final class SqlFunctions {
    /// A body reads no column.
    private static final RowType NOTHING = RowType.of(new Field("$nothing", DataType.Simple.INT, true));

    private final QueryPlanner planner;
    private final UserFunctions users;

    SqlFunctions(ThalwegSession session) {
        this.planner = session.planner();
        this.users = planner.functions().users();
    }

    void create(CreateFunction create) {
        String name = create.name().text();
        boolean taken = users.has(name);
        if (taken && create.ifTaken() == IfTaken.KEEP) {
            return;
        }
        if (taken && create.ifTaken() == IfTaken.FAIL) {
            throw new InvalidQuery("THW-1269", "There is a function '" + name + "' already.\n"
                    + "Choose another name, DROP it first, or write CREATE OR REPLACE or CREATE … IF NOT EXISTS.");
        }
        SqlMacro.refuseRows(name, create.body(), planner.functions());
        users.register(new SqlMacro(name, create.parameters(), create.body(), result(create)));
    }

    /// What the function gives for NULLs is of the type that it gives for anything.
    private DataType result(CreateFunction create) {
        SqlMacro draft = new SqlMacro(create.name().text(), create.parameters(), create.body(),
                create.returns().orElse(DataType.Simple.VOID));
        SqlCall call = FunctionCalls.of(draft.name(), Column.HERE,
                Collections.nCopies(create.parameters().size(), SqlLiteral.createNull(Column.HERE)));
        SqlNode value = create.returns().isPresent() ? draft.over(call) : draft.inside(call);
        return planner.typeOf(value, planner.values(NOTHING, List.of())).type(0);
    }

    void drop(DropFunction drop) {
        if (!users.drop(drop.name().text()) && !drop.ifExists()) {
            throw new InvalidQuery("THW-1106", "There is no function '" + drop.name().text() + "' to drop.\n"
                    + "Functions of a program and of CREATE FUNCTION can be dropped: " + users.names() + ".");
        }
    }
}
