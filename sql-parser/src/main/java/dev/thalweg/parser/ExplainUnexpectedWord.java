package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/// Says what could have stood in place of a word that does not fit, by trying: a word is possible when the parser, given
/// the words before it and this one, gets past it. ANTLR's own list of expected tokens knows only the innermost rule.
///
/// Cost: about as many parses of the text before the error as there are kinds of words; paid only when there is an error.
final class ExplainUnexpectedWord<T extends ParserRuleContext> {
    private static final int WORDS_SHOWN_MAX = 8;
    /// Spark's words, with BY, for how rows lie in the tasks.
    private static final Set<String> SPREADS_ROWS = Set.of("SORT", "CLUSTER", "DISTRIBUTE");

    private final GrammarRun<T> run;
    private final List<Token> words;
    private final SourceText source;

    ExplainUnexpectedWord(GrammarRun<T> run, List<Token> words, SourceText source) {
        this.run = run;
        this.words = words;
        this.source = source;
    }

    SyntaxError at(int index) {
        Token word = words.get(index);
        if (word.getType() == ThalwegLexer.HINT_BEGIN) {
            return unexpected(word,
                    "Hints stand right behind SELECT, before DISTINCT: SELECT /*+ BROADCAST(t) */ DISTINCT k"
                            + " FROM t. A comment begins with /* and no plus.");
        }
        List<Integer> possible = possibleAt(index);
        Optional<String> near = nearKeyword(word, possible);
        if (near.isPresent()) {
            return unexpected(word, near.get() + " Expected " + Expected.describe(possible, WORDS_SHOWN_MAX) + ".");
        }
        return misspeltBefore(index).orElseGet(() -> unexpected(word, afterWord(index, possible)
                .map(text -> text + " ").orElse("") + "Expected " + Expected.describe(possible, WORDS_SHOWN_MAX)
                + "."));
    }

    /// `SELECT a FORM t`: the misspelt word passed as an alias, and the next one is the first that does not fit.
    private Optional<SyntaxError> misspeltBefore(int index) {
        if (index == 0 || words.get(index - 1).getType() != ThalwegLexer.IDENTIFIER) {
            return Optional.empty();
        }
        Token before = words.get(index - 1);
        return nearKeyword(before, possibleAt(index - 1)).map(hint -> unexpected(before, hint));
    }

    private SyntaxError unexpected(Token word, String advice) {
        boolean end = word.getType() == Token.EOF;
        String what = end ? "The statement ends too early" : "Unexpected '" + shortened(word.getText()) + "'";
        return new SyntaxError("THW-1001", source, Positions.of(word), what, advice);
    }

    private List<Integer> possibleAt(int index) {
        List<Integer> possible = new ArrayList<>();
        for (int type : Expected.CANDIDATES) {
            if (fits(type, index)) {
                possible.add(type);
            }
        }
        return possible;
    }

    private boolean fits(int type, int index) {
        List<Token> tried = new ArrayList<>(words.subList(0, index));
        tried.add(word(type, index));
        if (type != Token.EOF) {
            tried.add(word(Token.EOF, index));
        }
        return run.firstUnexpected(tried).orElse(Integer.MAX_VALUE) > index;
    }

    private Token word(int type, int index) {
        CommonToken word = new CommonToken(words.get(Math.min(index, words.size() - 1)));
        word.setType(type);
        word.setTokenIndex(-1);
        return word;
    }

    // ---- hints

    private Optional<String> afterWord(int index, List<Integer> possible) {
        Token word = words.get(index);
        Token before = words.get(Math.max(0, index - 1));
        if (before.getType() == ThalwegLexer.COMMA && word.getType() != Token.EOF) {
            return Optional.of("Remove the comma before '" + shortened(word.getText()) + "', or add what is missing.");
        }
        if (word.getType() == ThalwegLexer.BY && SPREADS_ROWS.contains(before.getText().toUpperCase(Locale.ROOT))) {
            return Optional
                    .of(before.getText() + " BY is not part of the language: how rows are spread over tasks is the"
                            + " engine's affair. ORDER BY orders the result.");
        }
        boolean isAnchor = word.getType() == ThalwegLexer.HAT || word.getText().equals("$");
        if (isAnchor && words.stream().anyMatch(other -> other.getType() == ThalwegLexer.MATCH_RECOGNIZE)) {
            return Optional
                    .of("The anchors ^ and $ are not supported: a stream has no last row, and what is its first one"
                            + " the state does not keep. Test a column in DEFINE instead.");
        }
        if (word.getType() == ThalwegLexer.DOT) {
            return Optional.of("There is one catalog, so a table, stream, view or query has a name without dots.");
        }
        boolean keywordForName = Expected.isReserved(word.getType()) && Expected.takesName(before.getType())
                && possible.contains(ThalwegLexer.IDENTIFIER);
        return keywordForName
                ? Optional.of("A name that is also a keyword stands in backquotes: `" + word.getText() + "`.")
                : Optional.empty();
    }

    private static Optional<String> nearKeyword(Token word, List<Integer> possible) {
        if (word.getType() != ThalwegLexer.IDENTIFIER && !Expected.isKeyword(word.getType())) {
            return Optional.empty();
        }
        String text = word.getText().toUpperCase(Locale.ROOT);
        return Expected.nearest(text, possible).map(keyword -> "Did you mean '" + keyword + "'?");
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > 40 ? line.substring(0, 40) + "…" : line;
    }
}
