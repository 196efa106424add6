package dev.thalweg.parser;

import org.apache.calcite.sql.SqlNode;

/// A tree as one line: without Calcite's line breaks, backquotes and character sets, which say nothing here.
final class Printed {
    private Printed() {}

    static String of(SqlNode node) {
        return node.toString().replaceAll("\\s+", " ").replace("`", "").replace("_UTF-8'", "'");
    }

    static String expression(String text) {
        return of(StatementParser.parseExpression(text));
    }

    static String query(String text) {
        return of(StatementParser.parseQuery(text));
    }
}
