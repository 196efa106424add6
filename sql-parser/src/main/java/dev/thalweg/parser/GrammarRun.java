package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegParser;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;

/// Runs one rule of the grammar over the words of one statement.
///
/// Cost: first with ANTLR's cheap prediction (SLL), which is right on nearly every text; only where that fails with the
/// full one (LL), which then finds either the tree or the word that does not fit.
final class GrammarRun<T extends ParserRuleContext> {
    private final Function<ThalwegParser, T> rule;

    GrammarRun(Function<ThalwegParser, T> rule) {
        this.rule = rule;
    }

    /// @param words ends with the end of the text
    T of(List<Token> words, SourceText source) {
        UnknownWord.in(words, source).ifPresent(error -> {
            throw error;
        });
        try {
            return cheaply(words);
        } catch (ParseCancellationException e) {
            return fully(words, source);
        } catch (StackOverflowError e) {
            throw tooDeep(words, source);
        }
    }

    private T cheaply(List<Token> words) {
        ThalwegParser parser = parser(words);
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        return rule.apply(parser);
    }

    private T fully(List<Token> words, SourceText source) {
        try {
            ThalwegParser parser = parser(words);
            parser.addErrorListener(new FirstError());
            return rule.apply(parser);
        } catch (UnexpectedWord e) {
            throw new ExplainUnexpectedWord<>(this, words, source).at(e.index);
        } catch (StackOverflowError e) {
            throw tooDeep(words, source);
        }
    }

    /// The place of the first word that does not fit, or -1 when all fit.
    int firstUnexpected(List<Token> words) {
        try {
            ThalwegParser parser = parser(words);
            parser.addErrorListener(new FirstError());
            rule.apply(parser);
            return -1;
        } catch (UnexpectedWord e) {
            return e.index;
        }
    }

    private static ThalwegParser parser(List<Token> words) {
        ThalwegParser parser = new ThalwegParser(new CommonTokenStream(new ListTokenSource(words)));
        parser.removeErrorListeners();
        return parser;
    }

    private static SyntaxError tooDeep(List<Token> words, SourceText source) {
        return new SyntaxError("THW-1004", source, Positions.of(words.getFirst()), "The statement is nested too deeply",
                "Split it with WITH or views.");
    }

    /// Stops the parser at the first error, so that none of ANTLR's guesses about later ones reach the user.
    private static final class FirstError extends BaseErrorListener {
        @Override
        public void syntaxError(Recognizer<?, ?> recognizer, @Nullable Object symbol, int line, int column,
                String message,
                @Nullable RecognitionException cause) {
            Token word = (Token) java.util.Objects.requireNonNull(symbol);
            throw new UnexpectedWord(word.getTokenIndex());
        }
    }

    private static final class UnexpectedWord extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int index;

        UnexpectedWord(int index) {
            super(null, null, false, false);
            this.index = index;
        }
    }
}
