package dev.thalweg.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A script")
final class ScriptSpec {
    @Test
    @DisplayName("is cut at semicolons that are not inside a string, a name or a comment")
    void isCutAtSemicolons() {
        List<Statement> statements = StatementParser.parseScript("""
                -- first; of all
                SELECT ';' AS `a;b`; /* nothing; /* at */ all; */ ;;
                SHOW TABLES -- no semicolon needed here""");

        assertThat(statements).extracting(statement -> statement.origin().text())
                .containsExactly("SELECT ';' AS `a;b`", "SHOW TABLES");
        assertThat(statements.getLast().origin().position().getLineNum()).isEqualTo(3);
    }

    @Test
    @DisplayName("may be empty")
    void mayBeEmpty() {
        assertThat(StatementParser.parseScript(" ; -- nothing\n;")).isEmpty();
    }

    @Test
    @DisplayName("tells of every wrong statement at once")
    void tellsOfAllErrors() {
        assertThatThrownBy(() -> StatementParser.parseScript("SELECT 1;\nSELECT FROM;\nSHOW TABELS;"))
                .isInstanceOf(SyntaxError.class).hasMessageContaining("Unexpected 'FROM' (line 2, column 8)")
                .hasMessageContaining("Unexpected 'TABELS' (line 3, column 6)")
                .asInstanceOf(InstanceOfAssertFactories.type(SyntaxError.class)).returns(2, SyntaxError::line)
                .returns(8, SyntaxError::column);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "-- only a comment", "SELECT 1;", "SELECT ';' ; ", "SELECT 1; -- done",
            "SELEC nonsense;", "BEGIN INSERT INTO t SELECT CASE WHEN a THEN b END; END;", "BEGIN END;",
            "EXPLAIN STATE BEGIN INSERT INTO t SELECT 1; END;", "EXPLAIN BEGIN INSERT INTO t SELECT 1; END;"})
    @DisplayName("is complete in a shell when it is blank or ends with a semicolon")
    void isComplete(String text) {
        assertThat(StatementParser.isComplete(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "SELECT 'a;", "SELECT `a;", "SELECT 1 /* ;", "SELECT 1; SELECT 2",
            "SELECT 1 --;", "BEGIN INSERT INTO t SELECT 1;", "BEGIN INSERT INTO t SELECT CASE WHEN a THEN b END;",
            "BEGIN INSERT INTO t SELECT 1; END",
            "EXPLAIN STATE BEGIN INSERT INTO t SELECT 1;", "EXPLAIN BEGIN INSERT INTO t SELECT 1; END"})
    void isNotComplete(String text) {
        assertThat(StatementParser.isComplete(text)).isFalse();
    }

    @Test
    @DisplayName("has keywords that a shell completes")
    void listsKeywords() {
        assertThat(StatementParser.keywords()).contains("SELECT", "STREAM", "WATERMARK", "MATERIALIZED").isSorted()
                .doesNotContain("IDENTIFIER", "EQ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", textBlock = """
            10 seconds                 => 10000000
            1 hour 30 minutes          => 5400000000
            INTERVAL 5 minutes         => 300000000
            0.5 second                 => 500000
            -1 day                     => -86400000000
            1 microsecond              => 1
            """)
    void readsIntervalsOfAProgram(String text, long micros) {
        assertThat(StatementParser.parseIntervalMicros(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 month", "2 years", "", "10", "seconds", "10 parsecs", "1.5 days",
            "1 hour and 2 minutes"})
    void refusesIntervalsWithoutAFixedLength(String text) {
        assertThatThrownBy(() -> StatementParser.parseIntervalMicros(text)).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("Write days or shorter").hasMessageContaining("THW-1006");
    }
}
