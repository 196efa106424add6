package dev.thalweg.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An expression")
final class ExpressionSpec {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            a + b * 2 - -3 % c                  => a + b * 2 - -3 % c
            (a + b) * 2                         => (a + b) * 2
            a div b                             => div(a, b)
            a || b || c                         => concat(concat(a, b), c)
            a & b | c ^ ~d                      => |(&(a, b), ^(c, ~(d)))
            a << 1 + b & c >> 2                 => &(shiftleft(a, 1 + b), shiftright(c, 2))
            a >>> 2 > 1                         => shiftrightunsigned(a, 2) > 1
            -a + +b                             => - a + + b
            a = 1 and b == 2 or not c <> 3      => a = 1 AND b = 2 OR NOT c <> 3
            a != 1 or a <=> null                => a <> 1 OR a IS NOT DISTINCT FROM NULL
            a < 1 or a <= 1 or a > 1 or a >= 1  => a < 1 OR a <= 1 OR a > 1 OR a >= 1
            a !< 1 or a !> 1                    => a >= 1 OR a <= 1
            !a                                  => NOT a
            """)
    void hasSparksOperators(String text, String tree) {
        assertThat(Printed.expression(text)).isEqualTo(tree);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            a between 1 and 2                   => a BETWEEN ASYMMETRIC 1 AND 2
            a not between 1 and 2 and b         => a NOT BETWEEN ASYMMETRIC 1 AND 2 AND b
            a in (1, 2)                         => a IN (1, 2)
            a not in ('x')                      => a NOT IN ('x')
            a in (select b from t)              => a IN (SELECT b FROM t)
            a not in (select b from t)          => a NOT IN (SELECT b FROM t)
            (a, b) in ((1, 2), (3, 4))          => ROW(a, b) IN (ROW(1, 2), ROW(3, 4))
            exists (select 1 from t)            => EXISTS SELECT 1 FROM t
            a like 'x%'                         => a LIKE 'x%'
            a not like 'x/%' escape '/'         => a NOT LIKE 'x/%' ESCAPE '/'
            a like any ('x', 'y')               => a LIKE 'x' OR a LIKE 'y'
            a not like all ('x', 'y')           => a NOT LIKE 'x' AND a NOT LIKE 'y'
            a ilike 'x'                         => ilike(a, 'x')
            a not ilike 'x'                     => NOT ilike(a, 'x')
            a rlike 'x' or a regexp 'y'         => rlike(a, 'x') OR rlike(a, 'y')
            a not rlike 'x'                     => NOT rlike(a, 'x')
            a is null or a is not null          => a IS NULL OR a IS NOT NULL
            a is true or a is not false         => a IS TRUE OR a IS NOT FALSE
            a is unknown                        => a IS NULL
            a is distinct from b                => a IS DISTINCT FROM b
            a is not distinct from b            => a IS NOT DISTINCT FROM b
            """)
    void hasSparksPredicates(String text, String tree) {
        assertThat(Printed.expression(text)).isEqualTo(tree);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            case when a then 1 else 2 end       => CASE WHEN a THEN 1 ELSE 2 END
            case a when 1 then 'x' end          => CASE WHEN a = 1 THEN 'x' ELSE NULL END
            cast(a as int)                      => CAST(a AS INT)
            cast(a as decimal)                  => CAST(a AS DECIMAL(10, 0))
            cast(a as varchar(10))              => CAST(a AS STRING)
            try_cast(a as timestamp)            => SAFE_CAST(a AS TIMESTAMP)
            a::bigint::string                   => CAST(CAST(a AS BIGINT) AS STRING)
            -5::string                          => CAST(-5 AS STRING)
            cast(a as array<map<string, int>>)  => CAST(a AS MAP< STRING, INT NULL > ARRAY)
            cast(a as struct<x: int, y string>) => CAST(a AS ROW(x INT NULL, y STRING NULL))
            cast(a as interval day to second)   => CAST(a AS INTERVAL DAY TO SECOND)
            cast(a as interval month)           => CAST(a AS INTERVAL YEAR TO MONTH)
            """)
    void chosesAndConverts(String text, String tree) {
        assertThat(Printed.expression(text)).isEqualTo(tree);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            1                                   => 1
            2147483648                          => 2147483648
            12345678901234567890                => 12345678901234567890
            1L                                  => CAST(1 AS BIGINT)
            -9223372036854775808L               => CAST(-9223372036854775808 AS BIGINT)
            2s                                  => CAST(2 AS SMALLINT)
            -128Y                               => CAST(-128 AS TINYINT)
            1.5                                 => 1.5
            -0.05                               => -0.05
            .5                                  => 0.5
            1.                                  => CAST(1 AS DECIMAL(1, 0))
            1e3                                 => 1E3
            1.5E-3                              => 1.5E-3
            2.5F                                => CAST(2.5E0 AS FLOAT)
            3D                                  => 3E0
            10BD                                => CAST(10 AS DECIMAL(2, 0))
            1.50bd                              => 1.50
            true and FALSE                      => TRUE AND FALSE
            null                                => NULL
            X'1f8b'                             => X'1F8B'
            x'F'                                => X'0F'
            date '2020-01-01'                   => $date('2020-01-01')
            timestamp '2020-01-01 00:00:00'     => $timestamp('2020-01-01 00:00:00')
            timestamp_ltz '2020-01-01'          => $timestamp('2020-01-01')
            timestamp_ntz '2020-01-01'          => $timestamp_ntz('2020-01-01')
            """)
    void hasSparksConstants(String text, String tree) {
        assertThat(Printed.expression(text)).isEqualTo(tree);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            interval '10' second                => $interval_dt(10000000)
            interval 10 seconds                 => $interval_dt(10000000)
            interval 1.5 seconds                => $interval_dt(1500000)
            interval 1 hour 30 minutes          => $interval_dt(5400000000)
            interval '1 hour 30 minutes'        => $interval_dt(5400000000)
            interval 2 weeks                    => $interval_dt(1209600000000)
            interval 3 milliseconds             => $interval_dt(3000)
            interval -2 days                    => $interval_dt(-172800000000)
            interval - '2 days'                 => $interval_dt(-172800000000)
            interval '1 02:03:04' day to second => $interval_dt(93784000000)
            interval -'1 02' day to hour        => $interval_dt(-93600000000)
            interval '90:01' minute to second   => $interval_dt(5401000000)
            interval '1-2' year to month        => $interval_ym(14)
            interval '-1-2' year to month       => $interval_ym(-14)
            interval 2 years 1 month            => $interval_ym(25)
            """)
    void countsIntervalsInMicrosecondsOrMonths(String text, String tree) {
        assertThat(Printed.expression(text)).isEqualTo(tree);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            extract(year from ts)               => EXTRACT('year', ts)
            extract('hour' from ts)             => EXTRACT('hour', ts)
            substring(a from 2)                 => SUBSTRING(a, 2)
            substr(a from 2 for 3)              => SUBSTRING(a, 2, 3)
            trim(a)                             => TRIM(a)
            trim(both from a)                   => TRIM(a)
            trim('x' from a)                    => btrim(a, 'x')
            trim(leading 'x' from a)            => ltrim('x', a)
            trim(trailing from a)               => rtrim(a)
            position('x' in a)                  => POSITION('x', a)
            overlay(a placing b from 3 for 1)   => OVERLAY(a, b, 3, 1)
            left(a, 2)                          => left(a, 2)
            if(a, 1, 2)                         => if(a, 1, 2)
            array(1, 2)[0]                      => array(1, 2)[0]
            map('a', 1)['a']                    => map('a', 1)['a']
            struct(1 as x, b)                   => named_struct('x', 1, 'b', b)
            dateadd(month, 1, ts)               => dateadd('month', 1, ts)
            current_date                        => CURRENT_DATE()
            count(*)                            => COUNT(*)
            count(distinct a, b)                => COUNT(DISTINCT a, b)
            count(*) filter (where a > 1)       => COUNT(*) FILTER (WHERE a > 1)
            first(a ignore nulls)               => FIRST(a) IGNORE NULLS
            last(a) ignore nulls                => LAST(a) IGNORE NULLS
            sum(a) over (partition by b)        => SUM(a) OVER (PARTITION BY b)
            rank() over (order by a desc)       => RANK() OVER (ORDER BY a DESC)
            rank() over w                       => RANK() OVER w
            sum(a) over (order by b rows 1 preceding) => SUM(a) OVER (ORDER BY b ROWS 1 PRECEDING)
            window(ts, interval 1 minute).end   => window(ts, $interval_dt(60000000)).end
            (select max(a) from t)              => SELECT MAX(a) FROM t
            """)
    void callsFunctions(String text, String tree) {
        assertThat(Printed.expression(text)).isEqualTo(tree);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "date", "timestamp", "value", "count", "window", "type", "key", "year", "name",
            "state",
            "origin", "interval", "offset", "end", "start", "first", "query", "stream", "watermark", "table", "values",
            "position", "Ünïcödé", "`any thing`", "`SELECT`", "a.order", "window.end", "t.s.`x y`"})
    @DisplayName("may name a column with most keywords, and after a dot with every word")
    void namesColumns(String text) {
        SqlNode node = StatementParser.parseExpression(text);

        assertThat(node).isInstanceOf(SqlIdentifier.class);
        assertThat(String.join(".", ((SqlIdentifier) node).names)).isEqualTo(text.replace("`", ""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '§', textBlock = """
            'it''s'                             => it's
            "it's"                              => it's
            'say "hi"'                          => say "hi"
            "say ""hi\"""                       => say "hi"
            'a' "b"   'c'                       => abc
            'tab\\tend'                         => tab\tend
            'a\\\\b'                            => a\\b
            'it\\'s'                            => it's
            '\\u00fc\\U0001F600\\101'           => ü😀A
            '100\\%'                            => 100\\%
            r'raw\\n'                           => raw\\n
            'naïve 😀 日本'                       => naïve 😀 日本
            """)
    @DisplayName("has strings of any Unicode text, with Spark's escapes")
    void readsStrings(String text, String value) {
        SqlNode node = StatementParser.parseExpression(text);

        assertThat(((SqlCharStringLiteral) node).toValue()).isEqualTo(value);
    }

    @Test
    @DisplayName("knows a function by its name in lower case only")
    void leavesFunctionsToThePlanner() {
        SqlBasicCall call = (SqlBasicCall) StatementParser.parseExpression("Upper(a)");

        assertThat(call.getOperator()).isInstanceOf(SqlUnresolvedFunction.class);
        assertThat(call.getOperator().getName()).isEqualTo("upper");
    }

    @Test
    @DisplayName("is one identifier where dots join names, and a DOT call behind anything else")
    void readsDots() {
        assertThat(StatementParser.parseExpression("a.b.c").getKind()).isEqualTo(SqlKind.IDENTIFIER);
        assertThat(StatementParser.parseExpression("f(a).b").getKind()).isEqualTo(SqlKind.DOT);
        assertThat(StatementParser.parseExpression("(a).b").getKind()).isEqualTo(SqlKind.DOT);
        assertThat(StatementParser.parseExpression("a[1].b").getKind()).isEqualTo(SqlKind.DOT);
    }

    @Test
    @DisplayName("knows where each of its parts stands")
    void hasPositions() {
        SqlBasicCall sum = (SqlBasicCall) StatementParser.parseExpression("a +\n  '😀' || long_name");

        assertThat(sum.getParserPosition()).hasToString("line 1, column 1");
        SqlNode last = sum.operand(1);
        assertThat(last.getParserPosition().getLineNum()).isEqualTo(2);
        assertThat(last.getParserPosition().getColumnNum()).isEqualTo(10);
        assertThat(last.getParserPosition().getEndColumnNum()).isEqualTo(18);
    }
}
