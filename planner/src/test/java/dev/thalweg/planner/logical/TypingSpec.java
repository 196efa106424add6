package dev.thalweg.planner.logical;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Types follow Spark's ANSI rules")
final class TypingSpec {
    private final Planning session = new Planning();

    @Test
    @DisplayName("arithmetic of numbers: / is DOUBLE, a string is the other's kind of number")
    void numbers() {
        session.types("n + 1, n / 2, 7 div 2, n % 2L, '1' + n, '1' + '2', -n, 1e3", """
                INT, DOUBLE, BIGINT NOT NULL, BIGINT, BIGINT, DOUBLE NOT NULL, INT, DOUBLE NOT NULL""");
    }

    @Test
    @DisplayName("arithmetic of decimals keeps every digit up to 38; an integer literal counts its own digits")
    void decimals() {
        session.types("price + 1, price + n, price * price, price / 3, price % 7, 1.0 / 3", """
                DECIMAL(11,2), DECIMAL(13,2), DECIMAL(21,4), DECIMAL(14,6), DECIMAL(3,2), DECIMAL(7,6) NOT NULL""");
    }

    @Test
    @DisplayName("arithmetic of times and intervals")
    void times() {
        session.types(
                "day + 1, day - 1, day + INTERVAL 1 DAY, day + INTERVAL 1 HOUR, day + INTERVAL 1 MONTH, day - day", """
                        DATE, DATE, DATE, TIMESTAMP, DATE, INTERVAL DAY TO SECOND""");
        session.types(
                "ts - INTERVAL 1 DAY, INTERVAL 1 DAY + ts, ts - ts, INTERVAL 1 DAY * 2, INTERVAL 1 MONTH / 2, ts - day",
                """
                        TIMESTAMP, TIMESTAMP, INTERVAL DAY TO SECOND, INTERVAL DAY TO SECOND NOT NULL, \
                        INTERVAL YEAR TO MONTH NOT NULL, INTERVAL DAY TO SECOND""");
    }

    @Test
    @DisplayName("CASE, coalesce, IN, arrays and maps find the type their parts have in common")
    void common() {
        session.types(
                "CASE WHEN n > 1 THEN 1 ELSE 2.5 END, CASE n WHEN 1 THEN 'a' END, coalesce(n, 0), array(1, 2.0, NULL)",
                """
                        DECIMAL(11,1) NOT NULL, STRING, INT NOT NULL, ARRAY<DECIMAL(11,1)> NOT NULL""");
        session.types("map('a', 1, 'b', 2L), struct(n, url AS u), if(n > 1, 1, 2L), greatest(n, 2.5), nullif(n, 1)",
                """
                        MAP<STRING, BIGINT> NOT NULL, STRUCT<n: INT, u: STRING> NOT NULL, BIGINT NOT NULL, DECIMAL(11,1) NOT NULL, INT""");
    }

    @Test
    @DisplayName("aggregates widen: sums of integers are BIGINT, of decimals ten digits longer")
    void aggregates() {
        session.types(
                "count(*), sum(n), sum(price), avg(n), avg(price), min(ts), collect_list(n), bool_or(n > 1), stddev(n)",
                """
                        BIGINT NOT NULL, BIGINT, DECIMAL(20,2), DOUBLE, DECIMAL(14,6), TIMESTAMP, ARRAY<INT> NOT NULL, BOOLEAN, DOUBLE""");
        session.types("count(DISTINCT user), count_if(n > 1), first(n, true), any_value(place), sum(INTERVAL 1 DAY)",
                """
                        BIGINT NOT NULL, BIGINT NOT NULL, INT, STRUCT<city: STRING, at: STRUCT<x: DOUBLE>>, INTERVAL DAY TO SECOND""");
    }

    @Test
    @DisplayName("a function takes the nearest overload and casts what it is given")
    void overloads() {
        session.plans("SELECT upper(n), hour(day), concat(user, n), pmod(n, 2L), length(user) FROM clicks",
                """
                        LogicalProject(upper(n)=[upper(CAST($2):VARCHAR)], \
                        hour(day)=[hour(CAST($8):TIMESTAMP_WITH_LOCAL_TIME_ZONE(6))], concat(user, n)=[concat($0, CAST($2):VARCHAR)], \
                        pmod(n, 2)=[pmod(CAST($2):BIGINT, 2:BIGINT)], length(user)=[length($0)])
                          LogicalTableScan(table=[[clicks]])
                        """);
        session.types(
                "round(price, 1), ceil(price), sequence(1, n), map_keys(counts), extract(SECOND FROM ts), typeof(n)",
                """
                        DECIMAL(10,1), DECIMAL(9,0), ARRAY<INT>, ARRAY<STRING>, DECIMAL(8,6), STRING NOT NULL""");
    }
}
