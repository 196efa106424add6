package dev.thalweg;

import dev.thalweg.parser.StatementParser;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/// Reads one item of a select list, which may have an alias: `delay / 60 AS hours`.
final class SelectItems {
    private SelectItems() {}

    static Column parse(String item) {
        SqlNode query = StatementParser.parseQuery("SELECT " + item);
        return new Column(((SqlSelect) query).getSelectList().getFirst());
    }
}
