package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegParser;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/// Runs one rule of the grammar over the words of one statement.
///
/// Cost: first with ANTLR's cheap prediction (SLL), which is right on nearly every text; only where that fails with the
/// full one (LL), which then finds either the tree or the word that does not fit.
final class GrammarRun<T extends ParserRuleContext> {
    /// Brackets within brackets. What a bracket starts (a query, a value) only its inside tells, so the parser looks into
    /// each of them once for every bracket around it.
    private static final int DEPTH_MAX = 200;

    private final Function<ThalwegParser, T> rule;

    GrammarRun(Function<ThalwegParser, T> rule) {
        this.rule = rule;
    }

    /// What `build` makes of the rule's tree.
    ///
    /// @param words ends with the end of the text
    <R> R of(List<Token> words, SourceText source, Function<T, R> build) {
        UnknownWord.in(words, source).ifPresent(error -> {
            throw error;
        });
        if (depth(words) > DEPTH_MAX) {
            throw tooDeep(words, source);
        }
        try {
            return build.apply(tree(words, source));
        } catch (StackOverflowError e) { // long chains of operators nest too
            throw tooDeep(words, source);
        }
    }

    private T tree(List<Token> words, SourceText source) {
        try {
            return parse(new Words(words), PredictionMode.SLL);
        } catch (ParseCancellationException e) {
            return treeOrError(words, source);
        }
    }

    private T treeOrError(List<Token> words, SourceText source) {
        Words read = new Words(words);
        try {
            return parse(read, PredictionMode.LL);
        } catch (ParseCancellationException e) {
            throw new ExplainUnexpectedWord<>(this, words, source).at(read.farthest);
        }
    }

    private static int depth(List<Token> words) {
        int depth = 0;
        int deepest = 0;
        for (Token word : words) {
            depth += word.getType() == ThalwegParser.LEFT_PAREN
                    ? 1
                    : word.getType() == ThalwegParser.RIGHT_PAREN ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    /// The place of the first word that does not fit, if one does not.
    OptionalInt firstUnexpected(List<Token> words) {
        Words read = new Words(words);
        try {
            parse(read, PredictionMode.LL).getStart();
            return OptionalInt.empty();
        } catch (ParseCancellationException e) {
            return OptionalInt.of(read.farthest);
        }
    }

    private T parse(Words words, PredictionMode mode) {
        ThalwegParser parser = new ThalwegParser(words);
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(mode);
        parser.setErrorHandler(new BailErrorStrategy());
        return rule.apply(parser);
    }

    private static SyntaxError tooDeep(List<Token> words, SourceText source) {
        return new SyntaxError("THW-1004", source, Positions.of(words.getFirst()), "The statement is nested too deeply",
                "Split it with WITH or views.");
    }

    /// Remembers how far the parser looked. It looks on only while what it saw fits, so when it fails, the farthest word is
    /// the one that does not. (ANTLR's own error may name an earlier one, where it chose a way that led nowhere.)
    private static final class Words extends CommonTokenStream {
        private int farthest;

        Words(List<Token> words) {
            super(new ListTokenSource(words));
        }

        @Override
        public Token LT(int ahead) {
            Token word = super.LT(ahead);
            if (ahead > 0) {
                farthest = Math.max(farthest, word.getTokenIndex());
            }
            return word;
        }
    }
}
