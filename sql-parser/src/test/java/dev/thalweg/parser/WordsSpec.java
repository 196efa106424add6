package dev.thalweg.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.parser.grammar.ThalwegLexer;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The words of a text")
final class WordsSpec {
    /// A condition at the beginning of a word would make the lexer forget: reading a statement took half of a query's time.
    @Test
    @DisplayName("are learnt, so that none is read twice rule by rule")
    void areLearnt() {
        ThalwegLexer lexer = new ThalwegLexer(CharStreams.fromString("SELECT a FROM t"));

        lexer.getAllTokens();

        assertThat(lexer.getInterpreter().decisionToDFA[Lexer.DEFAULT_MODE].s0).as("where every word begins")
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2*/* two */3                        | 2 * 3
            SELECT /*+ MERGE(t) */ 2*/* two */3 | SELECT /*+ MERGE ( t ) */ 2 * 3
            2 */ 3                              | 2 * / 3
            /*++ signs ++*/ 1                   | 1
            """)
    @DisplayName("end a hint by */ only where one has begun")
    void endHints(String text, String words) {
        String read = Script.of(text).words().stream().filter(word -> word.getType() != Token.EOF).map(Token::getText)
                .reduce((left, right) -> left + " " + right).orElse("");

        assertThat(read).isEqualTo(words);
    }

    @Test
    @DisplayName("know their places behind a sign that was given back")
    void knowTheirPlaces() {
        Token three = Script.of("2*/* two */3").words().get(2);

        assertThat(three.getCharPositionInLine()).isEqualTo(11);
        assertThat(three.getStartIndex()).isEqualTo(11);
    }
}
