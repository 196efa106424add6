package dev.thalweg.parser;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Whatever the text,")
final class ParserProperties {
    private static final List<String> OTHER_WORDS = List.of("a", "t", "`x y`", "'text'", "1", "2.5", "(", ")", "(", ")",
            ",",
            ".", ";", "=", "<", "+", "-", "*", "||", "::", "[", "]", "int", "'", "/*", "--", "ü", "#", "\n");

    @Property(tries = 300)
    @Label("the answer is a tree or a SyntaxError with a place")
    void isParsedOrRefused(@ForAll("soups") String text) {
        try {
            StatementParser.parseScript(text);
        } catch (SyntaxError error) {
            if (error.line() < 1 || error.column() < 1 || !String.valueOf(error.getMessage()).contains("^")) {
                throw new AssertionError("An error without a place: " + error.getMessage(), error);
            }
        }
    }

    @Property(tries = 300)
    @Label("a statement cut short or with a word too many is a tree or a SyntaxError too")
    void survivesSmallMistakes(@ForAll("mistakes") String text) {
        isParsedOrRefused(text);
    }

    @Provide
    Arbitrary<String> soups() {
        Arbitrary<String> word = Arbitraries.oneOf(Arbitraries.of(StatementParser.keywords()),
                Arbitraries.of(OTHER_WORDS));
        return word.list().ofMinSize(1).ofMaxSize(12).map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<String> mistakes() {
        Arbitrary<String> whole = Arbitraries.of(
                "SELECT a, count(*) AS n FROM STREAM t WHERE x BETWEEN 1 AND 2 GROUP BY a ORDER BY n DESC LIMIT 3",
                "CREATE STREAM s (a INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL 1 SECOND) USING json OPTIONS (path 'x')",
                "INSERT INTO t AS QUERY q SELECT CASE WHEN a THEN 1 END FROM b LEFT JOIN c USING (d)");
        return whole.flatMap(text -> Arbitraries.integers().between(0, text.length())
                .flatMap(at -> Arbitraries.of(OTHER_WORDS).map(word -> text.substring(0, at) + " " + word + " "
                        + text.substring(Math.min(text.length(), at + word.length())))));
    }
}
