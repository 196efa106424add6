package dev.thalweg.cli.shell;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The `\` commands: short words for statements, and help.
final class ShellHelp {
    private static final Map<String, String> STATEMENTS = Map.of("\\d", "SHOW TABLES", "\\dq",
            "SHOW QUERIES", "\\df", "SHOW FUNCTIONS", "\\set", "SET");
    private static final List<String> TEXT = List.of("A statement ends with a semicolon and may span lines.",
            "  \\d           tables, streams and views", "  \\d NAME      the columns of one",
            "  \\dq          running queries", "  \\dq NAME     one query: its status, progress and plan",
            "  \\df          functions", "  \\df NAME     the signatures of one", "  \\set         the settings",
            "  \\?           this help",
            "  \\q, Ctrl-D   leaves, and stops the queries of this session; also exit and quit",
            "Ctrl-C stops the statement that runs; Tab completes keywords, tables and functions.");

    private final PrintWriter out;

    private static final List<String> LEAVE = List.of("\\q", "exit", "quit");

    ShellHelp(PrintWriter out) {
        this.out = out;
    }

    /// Whether the line ends the shell. Words of other shells count too: typed as SQL they would wait for a semicolon.
    static boolean leaves(String line) {
        return LEAVE.contains(line.replaceFirst(";$", "").strip().toLowerCase(Locale.ROOT));
    }

    /// Prints the help if the line asks for it, or for something there is none of.
    boolean isAsked(String line) {
        if (!line.startsWith("\\") || isStatement(line)) {
            return false;
        }
        if (!line.equals("\\?") && !line.equals("\\h")) {
            out.println("There is no command '" + line + "'.");
        }
        TEXT.forEach(out::println);
        out.flush();
        return true;
    }

    private static boolean isStatement(String line) {
        String[] words = words(line);
        return STATEMENTS.containsKey(words[0]) && (words.length == 1 || (words.length == 2 && takesName(words[0])));
    }

    private static boolean takesName(String command) {
        return command.startsWith("\\d");
    }

    private static String[] words(String line) {
        return line.replaceFirst(";$", "").strip().split("\\s+");
    }

    /// What a line means in SQL.
    String statement(String line) {
        if (!line.startsWith("\\")) {
            return line;
        }
        String[] words = words(line);
        if (words.length == 1) {
            return STATEMENTS.getOrDefault(words[0], line);
        }
        return switch (words[0]) {
            case "\\dq" -> "DESCRIBE QUERY " + words[1];
            case "\\df" -> "DESCRIBE FUNCTION " + words[1];
            default -> "DESCRIBE " + words[1];
        };
    }
}
