package dev.thalweg.parser;

import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The text that was parsed, kept so that an error, however late it is found, can show the line it is about.
///
/// Lines and columns count from 1; columns count Unicode code points.
public record SourceText(String text) {
    private static final int LINE_LENGTH_MAX = 110;
    private static final String INDENT = "    ";

    /// The line at that position with carets under what is meant, both indented; ends without a line break.
    public String excerpt(SqlParserPos position) {
        int[] line = line(position.getLineNum()).codePoints().toArray();
        int from = Math.min(Math.max(position.getColumnNum() - 1, 0), line.length);
        boolean sameLine = position.getEndLineNum() == position.getLineNum();
        int to = sameLine ? Math.max(from + 1, Math.min(position.getEndColumnNum(), line.length)) : line.length;
        int first = Math.max(0, Math.min(from - LINE_LENGTH_MAX / 2, line.length - LINE_LENGTH_MAX));
        int last = Math.min(line.length, first + LINE_LENGTH_MAX);
        StringBuilder shown = new StringBuilder(INDENT).append(first > 0 ? "…" : "");
        StringBuilder carets = new StringBuilder(INDENT).append(first > 0 ? " " : "");
        for (int i = first; i < last; i++) {
            shown.appendCodePoint(line[i]);
            if (i < from) {
                carets.append(line[i] == '\t' ? '\t' : ' ');
            }
        }
        shown.append(last < line.length ? "…" : "");
        return shown + "\n" + carets + "^".repeat(Math.max(1, Math.min(to, Math.max(last, from + 1)) - from));
    }

    /// "line 2, column 8".
    public static String place(SqlParserPos position) {
        return "line " + position.getLineNum() + ", column " + position.getColumnNum();
    }

    private String line(int number) {
        List<String> lines = text.lines().toList();
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
}
