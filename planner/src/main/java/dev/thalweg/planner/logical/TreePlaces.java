package dev.thalweg.planner.logical;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// Gives every name in a tree that was never one text a place of its own: a name that is wrong, or is an alias, is known by its
/// place, and names that a program put together stand nowhere, or all at the start of a text each.
final class TreePlaces extends SqlShuttle {
    private int line;

    private TreePlaces() {}

    static SqlNode in(SqlNode query) {
        SqlNode placed = query.accept(new TreePlaces());
        return placed == null ? query : placed;
    }

    @Override
    @SuppressWarnings("NullAway") // no collation is null in Calcite
    public SqlNode visit(SqlIdentifier name) {
        line++;
        SqlParserPos place = new SqlParserPos(line, 1);
        List<SqlParserPos> parts = IntStream.range(0, name.names.size())
                .mapToObj(i -> place.withQuoting(name.isComponentQuoted(i))).toList();
        return new SqlIdentifier(name.names, name.getCollation(), place, parts);
    }
}
