package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegLexer;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/// Finds what cannot be in any statement: a quote or comment that is never closed, `12abc`, a strange character.
final class UnknownWord {
    private UnknownWord() {}

    static Optional<SyntaxError> in(List<Token> words, SourceText source) {
        for (int i = 0; i < words.size(); i++) {
            if (i > 0 && opensComment(words.get(i - 1), words.get(i))) {
                return Optional.of(new SyntaxError("THW-1002", source, Positions.of(words.get(i - 1), words.get(i)),
                        "The comment that starts here is not closed", "Close it with */."));
            }
            Optional<SyntaxError> error = of(words.get(i), source);
            if (error.isPresent()) {
                return error;
            }
        }
        return Optional.empty();
    }

    private static Optional<SyntaxError> of(Token word, SourceText source) {
        String text = word.getText();
        return switch (word.getType()) {
            case ThalwegLexer.UNCLOSED_STRING -> Optional.of(new SyntaxError("THW-1002", source, Positions.of(word),
                    "The string that starts here is not closed", "Close it with " + text.charAt(0)
                            + "; a quote inside a string is written twice."));
            case ThalwegLexer.UNCLOSED_IDENTIFIER -> Optional.of(new SyntaxError("THW-1002", source, Positions.of(word),
                    "The name that starts here is not closed", "Close it with a backquote (`)."));
            case ThalwegLexer.NUMBER_WITH_LETTERS -> Optional.of(new SyntaxError("THW-1003", source, Positions.of(word),
                    "'" + text + "' is neither a number nor a name",
                    "Put a name that starts with a digit in backquotes: `" + text + "`."));
            case ThalwegLexer.UNKNOWN_CHARACTER -> Optional.of(new SyntaxError("THW-1003", source, Positions.of(word),
                    "The character '" + text + "' has no meaning here", advice(text)));
            default -> Optional.empty();
        };
    }

    private static String advice(String character) {
        return switch (character) {
            case "‘", "’", "“", "”" -> "Write straight quotes: 'text'.";
            case "\\" -> "A backslash stands only inside a string; short commands such as \\d are for the shell alone.";
            case "–", "—" -> "Write a plain minus sign: -.";
            case "$" ->
                    "Remove it, or put the name or text that it is part of in `backquotes` or 'quotes'. MATCH_RECOGNIZE has no"
                            + " anchors ^ and $: a stream has no last row.";
            default -> "Remove it, or put the name or text that it is part of in `backquotes` or 'quotes'.";
        };
    }

    static boolean isOpen(Token word) {
        return word.getType() == ThalwegLexer.UNCLOSED_STRING || word.getType() == ThalwegLexer.UNCLOSED_IDENTIFIER;
    }

    /// A `/*` that has its `*/` is a comment and no word; two words are left of one that has not.
    static boolean opensComment(Token slash, Token asterisk) {
        return slash.getType() == ThalwegLexer.SLASH && asterisk.getType() == ThalwegLexer.ASTERISK
                && slash.getStopIndex() + 1 == asterisk.getStartIndex();
    }
}
