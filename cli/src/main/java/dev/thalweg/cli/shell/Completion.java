package dev.thalweg.cli.shell;

import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.parser.StatementParser;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// What the Tab key offers: keywords, and the names of tables and functions.
final class Completion implements Completer {
    private static final String KEYWORDS = "keywords";
    private static final String TABLES = "tables";
    private static final String FUNCTIONS = "functions";

    private final ThalwegSession session;
    private final List<String> functions;

    Completion(ThalwegSession session) {
        this.session = session;
        this.functions = names("SHOW FUNCTIONS");
    }

    private List<String> names(String show) {
        return session.sql(show).collectAsList().stream().map((Row row) -> row.getString(0)).toList();
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String typed = line.word().substring(0, line.wordCursor());
        String word = typed.substring(wordStart(typed));
        String before = typed.substring(0, typed.length() - word.length());
        boolean upper = word.isEmpty() || Character.isUpperCase(word.charAt(0));
        offer(names("SHOW TABLES").stream(), TABLES, before, word, candidates);
        offer(StatementParser.keywords().stream().map(k -> upper ? k : k.toLowerCase(Locale.ROOT)), KEYWORDS, before,
                word, candidates);
        offer(functions.stream(), FUNCTIONS, before, word, candidates);
    }

    /// Where the name under the cursor begins: `count(ur` completes `ur`.
    private static int wordStart(String typed) {
        int start = typed.length();
        while (start > 0 && (Character.isLetterOrDigit(typed.charAt(start - 1)) || typed.charAt(start - 1) == '_')) {
            start--;
        }
        return start;
    }

    private static void offer(Stream<String> names, String group, String before, String word,
            List<Candidate> candidates) {
        names.filter(name -> name.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT)))
                .forEach(name -> candidates.add(new Candidate(before + name, name, group, null, null, null, true)));
    }
}
