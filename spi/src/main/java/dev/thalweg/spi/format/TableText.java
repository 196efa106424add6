package dev.thalweg.spi.format;

import java.util.ArrayList;
import java.util.List;

/// Rows of text as a table with borders, as Spark's `show` draws it.
public final class TableText {
    private static final int WIDTH_MIN = 3;

    private TableText() {}

    /// Draws a table with borders, as `show()` and the shell print it.
    ///
    /// @param truncate the most characters a cell shows, then `...`; 0 for all. Truncated tables are flush right, as Spark's
    public static String of(List<String> header, List<List<String>> rows, int truncate) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(header.stream().map(cell -> cut(cell, truncate)).toList());
        rows.forEach(row -> cells.add(row.stream().map(cell -> cut(cell, truncate)).toList()));
        int[] widths = new int[header.size()];
        java.util.Arrays.fill(widths, WIDTH_MIN);
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        border(text, widths);
        for (int r = 0; r < cells.size(); r++) {
            row(text, cells.get(r), widths, truncate > 0);
            if (r == 0) {
                border(text, widths);
            }
        }
        border(text, widths);
        return text.toString();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static String cut(String cell, int truncate) {
        String line = cell.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
        if (truncate <= 0 || width(line) <= truncate) {
            return line;
        }
        int kept = truncate < 4 ? truncate : truncate - 3;
        return line.substring(0, line.offsetByCodePoints(0, kept)) + (truncate < 4 ? "" : "...");
    }

    private static void border(StringBuilder text, int[] widths) {
        for (int width : widths) {
            text.append('+').repeat('-', width);
        }
        text.append("+\n");
    }

    private static void row(StringBuilder text, List<String> cells, int[] widths, boolean flushRight) {
        for (int i = 0; i < widths.length; i++) {
            int pad = widths[i] - width(cells.get(i));
            text.append('|');
            if (flushRight) {
                text.repeat(' ', pad).append(cells.get(i));
            } else {
                text.append(cells.get(i)).repeat(' ', pad);
            }
        }
        text.append("|\n");
    }
}
