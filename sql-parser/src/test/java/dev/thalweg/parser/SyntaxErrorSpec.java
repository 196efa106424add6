package dev.thalweg.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A text that is not a statement")
final class SyntaxErrorSpec {
    @Test
    @DisplayName("is answered with what is wrong, where, the line with carets, and what to do")
    void hasThreeParts() {
        assertThatThrownBy(() -> StatementParser.parseStatement("SELECT url,\n       count(*) FORM STREAM clicks"))
                .hasMessage("""
                        Unexpected 'FORM' (line 2, column 17).
                                   count(*) FORM STREAM clicks
                                            ^^^^
                        Did you mean 'FROM'?  [THW-1001]""");
    }

    @Test
    @DisplayName("shows only the part of a long line that matters")
    void cutsLongLines() {
        String text = "SELECT " + "a, ".repeat(200) + "FROM t WHERE " + "b AND ".repeat(200) + "c";

        String excerpt = String.valueOf(error(text).getMessage()).lines().skip(1).findFirst().orElseThrow();

        assertThat(excerpt).startsWith("    …").endsWith("…").hasSizeLessThan(125).contains("a, FROM t");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            SELCT a FROM t                            => 1  => Did you mean 'SELECT'?
            SELECT a FORM t                           => 10 => Unexpected 'FORM'
            SELECT a FROM t WHER x = 1                => 17 => Did you mean 'WHERE'?
            SELECT a FROM t GROUPY BY x               => 17 => Did you mean 'GROUP'?
            SELECT x IS NUL                           => 13 => Did you mean 'NULL'?
            CREATE STREM s USING json                 => 8  => Did you mean 'STREAM'?
            CREATE MATERIALISED VIEW v AS SELECT 1    => 8  => Did you mean 'MATERIALIZED'?
            DROP TABEL t                              => 6  => Did you mean 'TABLE'?
            SHOW TABELS                               => 6  => Did you mean 'TABLES'?
            EXPLAIN INCREMENTL SELECT 1               => 9  => Did you mean 'INCREMENTAL'?
            INSRT INTO t SELECT 1                     => 1  => Did you mean 'INSERT'?
            """)
    void hearsOfTheKeywordThatWasMeant(String text, int column, String message) {
        refuses(text, "THW-1001", column, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            SELECT a, FROM t                          => 11 => Remove the comma before 'FROM'
            SELECT f(a, FROM t                        => 13 => Expected an expression.
            CREATE TABLE t (a)                        => 18 => Expected a type, such as INT or STRING.
            CREATE TABLE t (a INT, b)                 => 25 => Expected a type, such as INT or STRING.
            SELECT FROM t                             => 8  => Expected an expression.
            SELECT a FROM                             => 14 => The statement ends too early
            SELECT * FROM t JOIN                      => 21 => Expected a name, '(' or LATERAL.
            SELECT * FROM t JOIN u ON                 => 26 => Expected an expression.
            SELECT * FROM t JOIN u USING id           => 30 => Expected '('.
            SELECT * FROM select                      => 15 => A name that is also a keyword stands in backquotes: `select`.
            SELECT * FROM t AS group                  => 20 => A name that is also a keyword stands in backquotes: `group`.
            SELECT a FROM t GROUP x                   => 23 => Expected BY.
            SELECT a FROM t GROUP BY                  => 25 => Expected an expression.
            SELECT a FROM t ORDER a                   => 23 => Expected BY.
            SELECT a FROM t LIMIT                     => 22 => Expected an expression.
            SELECT a FROM t UNION                     => 22 => Expected '(', SELECT, ALL, DISTINCT, TABLE or VALUES.
            SELECT a FROM t WHERE (x = 1              => 29 => Expected ')', ',', AND, OR or an operator.
            SELECT a FROM t WHERE x = 1)              => 28 => Unexpected ')'
            SELECT a b c FROM t                       => 12 => Expected ',', FROM
            SELECT a[1 FROM t                         => 12 => Expected ']' or an operator.
            SELECT CASE WHEN a THEN b FROM t          => 27 => Expected END, WHEN, ELSE, AND, OR or an operator.
            SELECT CASE a END                         => 15 => Expected WHEN
            SELECT x BETWEEN 1 OR 2                   => 20 => Expected AND or an operator.
            SELECT x IN 1, 2                          => 13 => Expected '('.
            SELECT x < < 1                            => 10 => There is a space within '<<'
            SELECT x NOT 1                            => 14 => LIKE
            SELECT INTERVAL 10                        => 19 => Expected a unit of time, such as SECONDS.
            SELECT INTERVAL 10 PARSECS                => 20 => Expected a unit of time, such as SECONDS.
            SELECT 1 SELECT 2                         => 10 => Unexpected 'SELECT'
            WITH a AS SELECT 1 SELECT 2               => 11 => Expected '('.
            WITH a AS (SELECT 1)                      => 21 => The statement ends too early
            CREATE STREAM s (a INT                    => 23 => Expected ')', ','
            CREATE STREAM s (a)                       => 19 => Unexpected ')'
            CREATE STREAM s (a INT) USING json OPTIONS path 'x' => 44 => Expected '('.
            CREATE STREAM s (WATERMARK FOR ts - INTERVAL 1 SECOND) USING json => 35 => Expected AS
            CREATE VIEW v SELECT 1                    => 15 => AS
            CREATE VIEW db.v AS SELECT 1              => 15 => has a name without dots
            CREATE                                    => 7  => STREAM, TABLE
            DROP t                                    => 6  => Expected FUNCTION, MATERIALIZED, STREAM, TABLE, TEMP, TEMPORARY or VIEW.
            INSERT t SELECT 1                         => 8  => INTO
            INSERT INTO t                             => 14 => SELECT
            AWAIT q                                   => 7  => Expected QUERY.
            AWAIT QUERY q UNTIL                       => 20 => Expected IDLE.
            AWAIT QUERY q TIMEOUT 10                  => 25 => Expected a unit of time, such as SECONDS.
            STOP q                                    => 6  => Expected QUERY.
            DESCRIBE                                  => 9  => Expected a name
            REFRESH                                   => 8  => Expected a name.
            SELECT a FROM t WATERMARK ts DELAY INTERVAL 10 SECONDS => 36 => Expected OF.
            hello world                               => 1  => SELECT, CREATE, INSERT
            """)
    void hearsWhatWasExpected(String text, int column, String message) {
        refuses(text, "THW-1001", column, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            SELECT 'abc FROM t                        => THW-1002 => 8  => The string that starts here is not closed
            SELECT "abc FROM t                        => THW-1002 => 8  => The string that starts here is not closed
            SELECT `abc FROM t                        => THW-1002 => 8  => The name that starts here is not closed
            SELECT 1 /* x                             => THW-1002 => 10 => The comment that starts here is not closed
            SELECT 12abc FROM t                       => THW-1003 => 8  => Put a name that starts with a digit in backquotes
            SELECT a # b                              => THW-1003 => 10 => The character '#' has no meaning here
            SELECT ‘a’                                => THW-1003 => 8  => Write straight quotes
            """)
    void hearsOfWordsThatAreNone(String text, String code, int column, String message) {
        refuses(text, code, column, message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            CREATE STREAM s (a INT) OPTIONS (path 'x') => THW-1004 => 15 => Add USING and a connector
            CREATE STREAM s USING json USING csv       => THW-1004 => 28 => USING is there twice
            CREATE STREAM s USING json OPTIONS (a 1, A 2) => THW-1004 => 42 => Option 'A' is given twice
            CREATE STREAM s (a INT, A STRING) USING json => THW-1004 => 25 => Column 'A' is there twice
            CREATE STREAM s (a INT, WATERMARK FOR ts AS now()) USING json => THW-1004 => 45 => WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
            CREATE STREAM s (a INT, WATERMARK FOR a AS a - INTERVAL 1 MONTH) USING json => THW-1004 => 44 => a fixed time
            CREATE STREAM s (a INT, WATERMARK FOR a AS a - INTERVAL -1 DAY) USING json => THW-1006 => 44 => negative
            CREATE TABLE s (ts TIMESTAMP, WATERMARK FOR ts AS ts) USING json => THW-1004 => 45 => Write CREATE STREAM
            CREATE OR REPLACE VIEW IF NOT EXISTS v AS SELECT 1 => THW-1004 => 1 => exclude each other
            EXPLAIN SHOW TABLES                        => THW-1004 => 9  => Only a query has a plan to explain
            SELECT CAST(a INT) FROM t                  => THW-1004 => 8  => Write CAST(value AS type)
            SELECT f(a b) FROM t                       => THW-1004 => 12 => An argument has no alias
            SELECT a.b.f(x)                            => THW-1004 => 8  => A function has no dot in its name
            SELECT a FROM t WATERMARK ts + 1 DELAY OF INTERVAL 1 DAY => THW-1004 => 27 => has no name
            SELECT CAST(a AS INTT) FROM t              => THW-1005 => 18 => Did you mean 'INT'?
            CREATE STREAM s (a DECIMAL(40)) USING json => THW-1005 => 20 => 1 to 38 digits
            SELECT CAST(a AS DECIMAL(50,2))            => THW-1005 => 18 => 1 to 38 digits, and a scale of 0 to as many
            CREATE STREAM s (a VARCHAR(10)) USING json => THW-1005 => 20 => Write STRING instead
            SELECT CAST(a AS INT(3))                   => THW-1005 => 18 => Write INT alone
            SELECT CAST(a AS INTERVAL DAY TO MONTH)    => THW-1005 => 18 => INTERVAL DAY TO SECOND
            SELECT INTERVAL '10 parsecs'               => THW-1006 => 8  => 'parsecs' is not a unit of time
            SELECT INTERVAL '1:2' DAY TO SECOND        => THW-1006 => 8  => such as '1 02:03:04'
            SELECT INTERVAL '1 25:00:00' DAY TO SECOND => THW-1006 => 8  => The hours must be below 24
            SELECT INTERVAL 1 MONTH 2 DAYS             => THW-1006 => 8  => but not both
            SELECT DATE '2024-02-30'                   => THW-1006 => 8  => '2024-02-30' is no DATE
            SELECT TIMESTAMP '2024-02-03 25:00:00'     => THW-1006 => 8  => is no TIMESTAMP
            SELECT X'XYZ'                              => THW-1006 => 8  => not hexadecimal
            SELECT 300Y                                => THW-1006 => 8  => 300 does not fit into TINYINT
            SELECT 9223372036854775808L                => THW-1006 => 8  => does not fit into BIGINT
            SELECT 1e400                               => THW-1006 => 8  => does not fit into DOUBLE
            SELECT foo 'x'                             => THW-1006 => 8  => There are no literals of a type 'foo'
            SELECT a LIKE 'x' ESCAPE 'ab'              => THW-1006 => 26 => is not one character
            SELECT a FROM t WATERMARK ts DELAY OF INTERVAL 1 MONTH => THW-1006 => 39 => A month has no fixed length
            AWAIT QUERY q TIMEOUT INTERVAL 1 MONTH     => THW-1006 => 23 => A timeout is a fixed time
            CREATE TABLE t AS SELECT 1                 => THW-1007 => 1  => CREATE MATERIALIZED VIEW
            INSERT OVERWRITE t SELECT 1                => THW-1007 => 1  => Write INSERT INTO
            SELECT f((a, 1) -> a)                      => THW-1240 => 14 => A parameter of a lambda is a name
            SELECT f((t.a) -> a)                       => THW-1240 => 11 => A parameter of a lambda is a name
            SELECT f((a, b, A) -> a)                   => THW-1240 => 17 => two parameters called 'A'
            DESCRIBE TABLE EXTENDED t                  => THW-1007 => 1  => Leave out EXTENDED
            """)
    void hearsOfPartsThatDoNotGoTogether(String text, String code, int column, String message) {
        refuses(text, code, column, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "NOT ", "- ", "f(", "a[", "CASE WHEN ", "(SELECT "})
    @DisplayName("may nest as deep as it likes: it is refused, not the end of the stack")
    void survivesDeepNesting(String opening) {
        assertThat(error("SELECT " + opening.repeat(50_000) + "1")).isNotNull();
    }

    @Test
    @DisplayName("is refused in time, though its brackets are many")
    void nestsToALimit() {
        String within = "SELECT " + "(".repeat(200) + "1" + ")".repeat(200);

        assertThat(Printed.query(within)).isEqualTo("SELECT 1");
        assertThat(error("SELECT (" + within + ")")).hasMessageContaining("nested too deeply");
    }

    private static void refuses(String text, String code, int column, String message) {
        SyntaxError error = error(text);
        assertThat(error).hasMessageContaining(message);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.line()).isEqualTo(1);
        assertThat(error.column()).isEqualTo(column);
    }

    private static SyntaxError error(String text) {
        return catchThrowableOfType(SyntaxError.class, () -> StatementParser.parseStatement(text));
    }
}
