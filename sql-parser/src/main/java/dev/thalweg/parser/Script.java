package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/// The words of a text, cut into statements at the semicolons.
///
/// @param words all of them, spaces and comments left out, the end of the text last
record Script(SourceText source, List<Token> words) {
    private static final Set<Integer> EXPLAIN_KINDS = Set.of(ThalwegLexer.INCREMENTAL, ThalwegLexer.CODEGEN,
            ThalwegLexer.STATE);

    static Script of(String text) {
        ThalwegLexer lexer = new ThalwegLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners(); // every character is a token, so there are no errors here
        List<Token> words = new ArrayList<>();
        lexer.getAllTokens().stream().filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL).forEach(words::add);
        words.add(lexer.emitEOF());
        return new Script(new SourceText(text), List.copyOf(words));
    }

    /// Each statement's words, closed by an end that stands where its semicolon does. Empty ones are left out. A block from
    /// BEGIN to END is one, with the semicolons in it.
    List<List<Token>> statements() {
        List<List<Token>> statements = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        for (Token word : words) {
            boolean end = (word.getType() == ThalwegLexer.SEMICOLON && !isOpenBlock(current))
                    || word.getType() == Token.EOF;
            if (!end) {
                current.add(word);
            } else if (!current.isEmpty()) {
                current.add(endAt(word));
                statements.add(List.copyOf(current));
                current.clear();
            }
        }
        return statements;
    }

    /// Whether a statement has begun with BEGIN, perhaps behind EXPLAIN, and its END is still to come: one that stands alone after
    /// a semicolon, for that of a CASE does not.
    private static boolean isOpenBlock(List<Token> statement) {
        int begin = afterExplain(statement);
        if (begin >= statement.size() || statement.get(begin).getType() != ThalwegLexer.BEGIN) {
            return false;
        }
        int last = statement.size() - 1;
        boolean isClosed = statement.get(last).getType() == ThalwegLexer.END
                && (last == begin + 1 || statement.get(last - 1).getType() == ThalwegLexer.SEMICOLON);
        return !isClosed;
    }

    private static int afterExplain(List<Token> statement) {
        if (statement.isEmpty() || statement.getFirst().getType() != ThalwegLexer.EXPLAIN) {
            return 0;
        }
        boolean hasKind = statement.size() > 1 && EXPLAIN_KINDS.contains(statement.get(1).getType());
        return hasKind ? 2 : 1;
    }

    /// All words, but for a semicolon at the end.
    List<Token> withoutLastSemicolon() {
        boolean semicolon = words.size() > 1 && words.get(words.size() - 2).getType() == ThalwegLexer.SEMICOLON;
        List<List<Token>> statements = statements();
        return semicolon && statements.size() == 1 ? statements.getFirst() : words;
    }

    /// Whether nothing more is to come: the last statement has its semicolon, and nothing is left open before it.
    boolean isComplete() {
        Token last = words.size() < 2 ? words.getLast() : words.get(words.size() - 2);
        boolean open = words.stream().anyMatch(UnknownWord::isOpen) || hasOpenComment();
        List<List<Token>> statements = statements();
        boolean inBlock = !statements.isEmpty()
                && isOpenBlock(statements.getLast().subList(0, statements.getLast().size() - 1));
        return !open && !inBlock && (last.getType() == ThalwegLexer.SEMICOLON || last.getType() == Token.EOF);
    }

    boolean hasOpenComment() {
        for (int i = 1; i < words.size(); i++) {
            if (UnknownWord.opensComment(words.get(i - 1), words.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static Token endAt(Token semicolon) {
        CommonToken end = new CommonToken(semicolon);
        end.setType(Token.EOF);
        return end;
    }
}
