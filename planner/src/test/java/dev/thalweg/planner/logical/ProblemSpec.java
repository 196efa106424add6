package dev.thalweg.planner.logical;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A wrong query is told what is wrong, where, and what to do")
final class ProblemSpec {
    private final Planning session = new Planning();

    @Test
    @DisplayName("about every unknown column and function at once")
    void unknownNames() {
        session.refuses("SELECT urll, foo(n)\nFROM STREAM clicks WHERE usr = 'a'",
                """
                        Unknown column 'urll' in stream 'clicks' (line 1, column 8).
                            SELECT urll, foo(n)
                                   ^^^^
                        Did you mean 'url'? The stream has: user, url, n, ts, tags, counts, place, price, day.

                        Unknown function 'foo' (line 1, column 14).
                            SELECT urll, foo(n)
                                         ^^^^^^
                        SHOW FUNCTIONS lists all there are. One of the program's own must be registered before each start of a query that calls it: session.udf().register("foo", …).

                        Unknown column 'usr' in stream 'clicks' (line 2, column 26).
                            FROM STREAM clicks WHERE usr = 'a'
                                                     ^^^
                        Did you mean 'user'? The stream has: user, url, n, ts, tags, counts, place, price, day.  [THW-1104]
                        """);
    }

    @Test
    @DisplayName("about a watermark on a column that is not there")
    void unknownTime() {
        session.refuses("SELECT * FROM STREAM clicks WATERMARK tz DELAY OF INTERVAL 5 SECONDS", """
                Unknown column 'tz' in stream 'clicks' (line 1, column 39).
                    SELECT * FROM STREAM clicks WATERMARK tz DELAY OF INTERVAL 5 SECONDS
                                                          ^^
                Did you mean 'ts'? The stream has: user, url, n, ts, tags, counts, place, price, day.  [THW-1104]
                """);
    }

    @Test
    @DisplayName("about a field of a struct that is there twice, and rows of VALUES of unlike length")
    void fieldsAndRows() {
        session.refuses("SELECT named_struct('a', 1, 'A', 2)", """
                'named_struct' names the field 'A' twice (line 1, column 8).
                    SELECT named_struct('a', 1, 'A', 2)
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                Give each field a name of its own.  [THW-1202]
                """);
        session.refuses("SELECT * FROM VALUES (1, 2), (3)", """
                This row of VALUES has 1 value, the first one has 2 (line 1, column 31).
                    SELECT * FROM VALUES (1, 2), (3)
                                                  ^
                Give every row as many values; NULL stands for one that is missing.  [THW-1111]
                """);
    }

    @Test
    @DisplayName("about a table that is not there")
    void unknownTable() {
        session.refuses("SELECT * FROM clickss", """
                Unknown table or stream 'clickss' (line 1, column 15).
                    SELECT * FROM clickss
                                  ^^^^^^^
                Did you mean 'clicks'? There are: clicks, users.  [THW-1101]
                """);
    }

    @Test
    @DisplayName("about a column that two tables have, and one that none has")
    void ambiguous() {
        session.refuses("SELECT country, b.x FROM users a, users b", """
                Column 'country' is ambiguous (line 1, column 8).
                    SELECT country, b.x FROM users a, users b
                           ^^^^^^^
                Write a.country or b.country.

                Unknown column 'x' in table 'users' (line 1, column 19).
                    SELECT country, b.x FROM users a, users b
                                      ^
                The table has: id, age, country.  [THW-1105]
                """);
    }

    @Test
    @DisplayName("about arguments that a function does not take, with its signatures")
    void arguments() {
        session.refuses("SELECT upper(tags), substr(url, 1, 2, 3), n + tags FROM clicks",
                """
                        Function 'upper' does not take (ARRAY<STRING>) (line 1, column 8).
                            SELECT upper(tags), substr(url, 1, 2, 3), n + tags FROM clicks
                                   ^^^^^^^^^^^
                        It is:
                            upper(STRING) : STRING

                        Function 'substr' does not take 4 arguments (line 1, column 21).
                            SELECT upper(tags), substr(url, 1, 2, 3), n + tags FROM clicks
                                                ^^^^^^^^^^^^^^^^^^^^
                        It is:
                            substr(STRING, INT, [INT]) : STRING
                            substr(BINARY, INT, [INT]) : BINARY

                        '+' does not take INT and ARRAY<STRING> (line 1, column 43).
                            SELECT upper(tags), substr(url, 1, 2, 3), n + tags FROM clicks
                                                                      ^^^^^^^^
                        It takes numbers, an interval with an interval or a date or timestamp, or a date with a number of days. \
                        A CAST makes one type of another.  [THW-1201]
                        """);
    }

    @Test
    @DisplayName("about grouping and aggregates")
    void grouping() {
        session.refuses("SELECT url, n FROM clicks GROUP BY url", """
                'n' is neither grouped nor aggregated (line 1, column 13).
                    SELECT url, n FROM clicks GROUP BY url
                                ^
                Add it to GROUP BY, or take any value of the group: any_value(n).  [THW-1109]
                """);
        session.refuses("SELECT url FROM clicks WHERE count(*) > 1", """
                An aggregate cannot stand in WHERE (line 1, column 30).
                    SELECT url FROM clicks WHERE count(*) > 1
                                                 ^^^^^^^^
                WHERE looks at single rows: write the condition into HAVING.  [THW-1110]
                """);
    }

    @Test
    @DisplayName("about sides of a UNION that do not match")
    void union() {
        session.refuses("SELECT user FROM clicks UNION ALL SELECT id, age FROM users", """
                The sides of UNION ALL have different numbers of columns (line 1, column 35).
                    SELECT user FROM clicks UNION ALL SELECT id, age FROM users
                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^
                Name the same number of columns on both sides; they are matched by position.  [THW-1111]
                """);
    }

    @Test
    @DisplayName("about conditions that are none")
    void conditions() {
        session.refuses("SELECT * FROM clicks WHERE n", """
                WHERE needs a condition: something that is true or false (line 1, column 28).
                    SELECT * FROM clicks WHERE n
                                               ^
                Write a comparison.  [THW-1203]
                """);
    }

    @Test
    @DisplayName("a random value that is written once and would be drawn twice; what the clock says may be")
    void drawnTwice() {
        session.refuses("SELECT n FROM clicks WHERE rand() BETWEEN 0.2 AND 0.4",
                """
                        BETWEEN would draw this random value twice, once for each end (line 1, column 28).
                            SELECT n FROM clicks WHERE rand() BETWEEN 0.2 AND 0.4
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^
                        Give it a name in a subquery: SELECT … FROM (SELECT *, rand() AS r FROM t) WHERE r BETWEEN a AND b.  [THW-1120]
                        """);
        session.refuses("SELECT lower(uuid()) AS id, id || '-' AS key FROM clicks", """
                'id' is random and would be drawn again here (line 1, column 29).
                    SELECT lower(uuid()) AS id, id || '-' AS key FROM clicks
                                                ^^
                Draw it in a subquery and use it above: SELECT r, r + 1 FROM (SELECT rand() AS r FROM t).  [THW-1120]
                """);
        session.plan(
                "SELECT now() AS t, t + INTERVAL 1 DAY AS u FROM clicks WHERE now() BETWEEN ts AND ts + INTERVAL 1 DAY");
        session.plan("SELECT r, r + 1 AS s FROM (SELECT rand() AS r FROM clicks) WHERE r BETWEEN 0.2 AND 0.4");
    }
}
