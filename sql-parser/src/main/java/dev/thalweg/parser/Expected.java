package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegLexer;
import dev.thalweg.spi.NearNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;

/// The kinds of words, and how a person calls them: keywords by name, the rest as "a name", "an expression", "an operator".
final class Expected {
    private static final Vocabulary VOCABULARY = ThalwegLexer.VOCABULARY;
    private static final Set<Integer> OPERATORS = Set.of(ThalwegLexer.EQ, ThalwegLexer.NULL_SAFE_EQ, ThalwegLexer.NEQ,
            ThalwegLexer.LT, ThalwegLexer.LTE, ThalwegLexer.GT, ThalwegLexer.GTE, ThalwegLexer.PLUS,
            ThalwegLexer.MINUS_SIGN, ThalwegLexer.ASTERISK, ThalwegLexer.SLASH, ThalwegLexer.PERCENT,
            ThalwegLexer.TILDE,
            ThalwegLexer.AMPERSAND, ThalwegLexer.PIPE, ThalwegLexer.CONCAT_PIPE, ThalwegLexer.HAT, ThalwegLexer.BANG,
            ThalwegLexer.DOUBLE_COLON, ThalwegLexer.LEFT_BRACKET, ThalwegLexer.DOT, ThalwegLexer.ARROW,
            ThalwegLexer.FAT_ARROW, ThalwegLexer.COLON);
    /// Keywords that go on with an expression; where an operator may stand, they are told as "an operator".
    private static final Set<Integer> WORD_OPERATORS = Set.of(ThalwegLexer.BETWEEN, ThalwegLexer.IN, ThalwegLexer.LIKE,
            ThalwegLexer.ILIKE, ThalwegLexer.RLIKE, ThalwegLexer.REGEXP, ThalwegLexer.IS, ThalwegLexer.DIV,
            ThalwegLexer.NOT);
    /// Keywords that start an expression or name a function.
    private static final Set<Integer> STARTERS = Set.of(ThalwegLexer.NOT, ThalwegLexer.CASE, ThalwegLexer.NULL,
            ThalwegLexer.TRUE, ThalwegLexer.FALSE, ThalwegLexer.LEFT, ThalwegLexer.RIGHT, ThalwegLexer.LIKE,
            ThalwegLexer.ILIKE, ThalwegLexer.RLIKE, ThalwegLexer.REGEXP, ThalwegLexer.DISTINCT, ThalwegLexer.ALL);

    private static final List<Integer> KEYWORDS = IntStream.rangeClosed(ThalwegLexer.ALL, ThalwegLexer.ZONE).boxed()
            .toList();

    private static final Set<Integer> UNITS = Set.of(ThalwegLexer.YEAR, ThalwegLexer.YEARS, ThalwegLexer.MONTH,
            ThalwegLexer.MONTHS, ThalwegLexer.WEEK, ThalwegLexer.WEEKS, ThalwegLexer.DAY, ThalwegLexer.DAYS,
            ThalwegLexer.HOUR, ThalwegLexer.HOURS, ThalwegLexer.MINUTE, ThalwegLexer.MINUTES, ThalwegLexer.SECOND,
            ThalwegLexer.SECONDS, ThalwegLexer.MILLISECOND, ThalwegLexer.MILLISECONDS, ThalwegLexer.MICROSECOND,
            ThalwegLexer.MICROSECONDS);
    /// What most people meant comes first, because a long list is cut.
    private static final List<Integer> TOLD_FIRST = List.of(ThalwegLexer.SELECT, ThalwegLexer.AS, ThalwegLexer.END,
            ThalwegLexer.WHEN, ThalwegLexer.ELSE, ThalwegLexer.FROM, ThalwegLexer.JOIN, ThalwegLexer.ON,
            ThalwegLexer.USING, ThalwegLexer.WHERE, ThalwegLexer.GROUP, ThalwegLexer.HAVING, ThalwegLexer.ORDER,
            ThalwegLexer.LIMIT, ThalwegLexer.AND, ThalwegLexer.OR, ThalwegLexer.CREATE, ThalwegLexer.INSERT,
            ThalwegLexer.SHOW, ThalwegLexer.DESCRIBE, ThalwegLexer.EXPLAIN, ThalwegLexer.SET);
    private static final List<Integer> TOLD_IN_ORDER = Stream.concat(TOLD_FIRST.stream(), KEYWORDS.stream()).distinct()
            .toList();

    /// Every kind of word that a statement is made of.
    static final List<Integer> CANDIDATES = candidates();

    private Expected() {}

    private static List<Integer> candidates() {
        List<Integer> all = new ArrayList<>(List.of(ThalwegLexer.IDENTIFIER, ThalwegLexer.STRING, ThalwegLexer.INTEGER,
                ThalwegLexer.LEFT_PAREN, ThalwegLexer.RIGHT_PAREN, ThalwegLexer.RIGHT_BRACKET, ThalwegLexer.COMMA));
        all.addAll(KEYWORDS);
        all.addAll(OPERATORS);
        all.add(Token.EOF);
        return List.copyOf(all);
    }

    static List<String> keywords() {
        return KEYWORDS.stream().map(Expected::text).toList();
    }

    static boolean isKeyword(int type) {
        return KEYWORDS.contains(type);
    }

    static boolean isReserved(int type) {
        return Reserved.TYPES.contains(type);
    }

    static boolean takesName(int before) {
        return before == ThalwegLexer.AS || before == ThalwegLexer.FROM || before == ThalwegLexer.JOIN
                || before == ThalwegLexer.TABLE || before == ThalwegLexer.STREAM || before == ThalwegLexer.VIEW
                || before == ThalwegLexer.INTO || before == ThalwegLexer.LEFT_PAREN || before == ThalwegLexer.COMMA;
    }

    /// "an expression, ')' or FROM".
    static String describe(List<Integer> possible, int max) {
        Set<String> names = new LinkedHashSet<>();
        boolean name = possible.contains(ThalwegLexer.IDENTIFIER);
        boolean expression = name && possible.contains(ThalwegLexer.INTEGER);
        boolean calculates = !expression && possible.contains(ThalwegLexer.PLUS);
        boolean type = name && !expression && possible.contains(ThalwegLexer.COLON); // which may stand before a type
        if (name) {
            names.add(expression ? "an expression" : type ? "a type, such as INT or STRING" : "a name");
        }
        addIf(names, possible, ThalwegLexer.RIGHT_PAREN, "')'");
        addIf(names, possible, ThalwegLexer.RIGHT_BRACKET, "']'");
        addIf(names, possible, ThalwegLexer.COMMA, "','");
        if (!expression && !calculates) {
            addIf(names, possible, ThalwegLexer.STRING, "a string");
            addIf(names, possible, ThalwegLexer.INTEGER, "a number");
            addIf(names, possible, ThalwegLexer.LEFT_PAREN, "'('");
            OPERATORS.stream().filter(operator -> !type || operator != ThalwegLexer.COLON)
                    .forEach(operator -> addIf(names, possible, operator, "'" + text(operator) + "'"));
        }
        boolean unit = !name && possible.containsAll(UNITS);
        if (unit) {
            names.add("a unit of time, such as SECONDS");
        }
        for (int keyword : TOLD_IN_ORDER) {
            boolean told = !name || isReserved(keyword);
            boolean covered = (name && STARTERS.contains(keyword)) || (calculates && WORD_OPERATORS.contains(keyword))
                    || (unit && UNITS.contains(keyword));
            if (told && !covered) {
                addIf(names, possible, keyword, text(keyword));
            }
        }
        if (calculates) {
            names.add("an operator");
        }
        addIf(names, possible, Token.EOF, "the end of the statement");
        return listed(List.copyOf(names), max);
    }

    private static void addIf(Set<String> names, List<Integer> possible, int type, String name) {
        if (possible.contains(type)) {
            names.add(name);
        }
    }

    private static String listed(List<String> names, int max) {
        if (names.isEmpty()) {
            return "something else";
        }
        if (names.size() == 1) {
            return names.getFirst();
        }
        if (names.size() > max) {
            return String.join(", ", names.subList(0, max)) + " …";
        }
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }

    /// Nobody means it who is one letter off GROUP.
    private static final String RARE = "GROUPS";

    /// The keyword among the possible ones that a misspelt word may have meant: a few letters off, or two swapped.
    static Optional<String> nearest(String word, List<Integer> possible) {
        List<String> names = possible.stream().filter(Expected::isKeyword).map(Expected::text)
                .filter(name -> name.length() > 2 && !name.equals(word) && !name.equals(RARE)).toList();
        Optional<String> swapped = names.stream().filter(name -> sameLetters(name, word)).findFirst();
        return swapped.isPresent() ? swapped : NearNames.nearest(word, names);
    }

    private static boolean sameLetters(String left, String right) {
        char[] a = left.toCharArray();
        char[] b = right.toCharArray();
        Arrays.sort(a);
        Arrays.sort(b);
        return Arrays.equals(a, b);
    }

    /// How the word is written: the keyword, the operator.
    private static String text(int type) {
        String literal = VOCABULARY.getLiteralName(type);
        return literal == null ? operatorWithTwoForms(type) : literal.substring(1, literal.length() - 1);
    }

    private static String operatorWithTwoForms(int type) {
        return switch (type) {
            case ThalwegLexer.EQ -> "=";
            case ThalwegLexer.NEQ -> "<>";
            case ThalwegLexer.LTE -> "<=";
            case ThalwegLexer.GTE -> ">=";
            default -> VOCABULARY.getDisplayName(type);
        };
    }

    /// The keywords that cannot be a name, asked from the grammar itself.
    private static final class Reserved {
        private static final Set<Integer> TYPES = find();

        private static Set<Integer> find() {
            GrammarRun<?> run = new GrammarRun<>(parser -> parser.singleExpression());
            Set<Integer> types = new LinkedHashSet<>();
            for (int type : KEYWORDS) {
                List<Token> alone = List.of(new CommonToken(type, text(type)), new CommonToken(Token.EOF, "<EOF>"));
                if (run.firstUnexpected(alone).isPresent()) {
                    types.add(type);
                }
            }
            return Set.copyOf(types);
        }
    }
}
