package dev.thalweg.parser;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Turns ANTLR's places (lines from 1, columns from 0, first character only) into Calcite's (both from 1, with an end).
final class Positions {
    private Positions() {}

    static SqlParserPos of(ParserRuleContext rule) {
        Token stop = rule.getStop();
        return stop == null || stop.getTokenIndex() < rule.getStart().getTokenIndex()
                ? of(rule.getStart())
                : of(rule.getStart(), stop);
    }

    static SqlParserPos of(Token token) {
        return of(token, token);
    }

    static SqlParserPos of(Token first, Token last) {
        int line = last.getLine();
        int column = last.getCharPositionInLine();
        String text = last.getType() == Token.EOF ? "" : last.getText();
        int lastBreak = text.lastIndexOf('\n');
        int length = Math.max(1, text.codePointCount(lastBreak + 1, text.length()));
        int endLine = line + (int) text.chars().filter(c -> c == '\n').count();
        int endColumn = lastBreak >= 0 ? length : column + length;
        return new SqlParserPos(first.getLine(), first.getCharPositionInLine() + 1, endLine, endColumn);
    }
}
