package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Window functions and first rows over a stream")
final class OverSpec {
    private static final String BIDS = """
            CREATE STREAM bids (item STRING, price INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
            USING memory""";
    private static final String LAST_OF_ITEM = """
            SELECT item, price FROM STREAM bids
            QUALIFY row_number() OVER (PARTITION BY item ORDER BY ts DESC) = 1""";

    @Test
    @DisplayName("in append mode give the rows of a window once, when the watermark has passed it")
    void closesWithItsWindow() {
        try (Scenario bids = given(BIDS).query(OutputMode.Append(), """
                SELECT item, price, rank() OVER (PARTITION BY window(ts, INTERVAL '1' MINUTE) ORDER BY price DESC) AS r
                FROM STREAM bids""")) {
            bids.trigger("a, 5, 12:00:05", "b, 9, 12:00:40").emitsNothing().holds(2)
                    .trigger("c, 7, 12:00:50").emitsNothing()
                    .trigger("d, 1, 12:01:10").emits("b, 9, 1", "c, 7, 2", "a, 5, 3").holds(1)
                    .trigger("e, 8, 12:00:59").emitsNothing().drops(1);
        }
    }

    @Test
    @DisplayName("in append mode give the first rows of a window once")
    void firstRowsOfWindows() {
        try (Scenario bids = given(BIDS).query(OutputMode.Append(), """
                SELECT item, price FROM STREAM bids
                QUALIFY row_number() OVER (PARTITION BY window(ts, INTERVAL '1' MINUTE) ORDER BY price DESC) <= 2""")) {
            bids.trigger("a, 5, 12:00:05", "b, 9, 12:00:40", "x, 1, 12:00:41").emitsNothing().holds(1)
                    .trigger("c, 7, 12:00:50").holds(1)
                    .trigger("d, 1, 12:01:10").emits("b, 9", "c, 7").holds(1);
        }
    }

    @Test
    @DisplayName("in update mode give the rows whose values have changed, until the watermark frees them")
    void updates() {
        try (Scenario bids = given(BIDS).query(OutputMode.Update(), """
                SELECT item, price, sum(price) OVER (PARTITION BY item, window(ts, INTERVAL '1' MINUTE)
                  ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS two FROM STREAM bids""")) {
            bids.trigger("a, 5, 12:00:05", "a, 9, 12:00:40").emits("a, 5, 5", "a, 9, 14")
                    .trigger("a, 1, 12:00:20").emits("a, 1, 6", "a, 9, 10").holds(3)
                    .trigger("a, 2, 12:02:00").emits("a, 2, 2").holds(1);
        }
    }

    @Test
    @DisplayName("keep the last row of each key as an upsert by the key")
    void deduplicates() {
        try (Scenario bids = given(BIDS).query(OutputMode.Update(), LAST_OF_ITEM)) {
            bids.trigger("a, 5, 12:00:05", "b, 9, 12:00:40", "a, 6, 12:00:06").emits("a, 6", "b, 9").holds(2)
                    .trigger("a, 1, 12:00:01").emitsNothing()
                    .trigger("b, 4, 12:03:00").emits("b, 4").holds(2);
        }
    }

    @Test
    @DisplayName("of many rows of a key that come at once give the last one alone, and a row that comes twice as one")
    void lastOfMany() {
        try (Scenario bids = given(BIDS).query(OutputMode.Changelog(), LAST_OF_ITEM)) {
            bids.trigger("a, 5, 12:00:05", "b, 1, 12:00:01", "b, 1, 12:00:01").emits("a, 5, +I", "b, 1, +I")
                    .trigger("a, 6, 12:00:06", "a, 8, 12:00:08", "a, 7, 12:00:07", "a, 8, 12:00:08", "b, 2, 12:00:00")
                    .emits("a, 5, -U", "a, 8, +U").holds(2)
                    .trigger("a, 9, 12:00:07", "b, 3, 12:00:02", "b, 4, 12:00:01").emits("b, 1, -U", "b, 3, +U");
        }
    }

    @Test
    @DisplayName("give the same one of several rows of equal order, whichever comes first and with which others")
    void equalOrder() {
        try (Scenario together = given(BIDS).query(OutputMode.Update(), LAST_OF_ITEM);
                Scenario turned = given(BIDS).query(OutputMode.Update(), LAST_OF_ITEM);
                Scenario apart = given(BIDS).query(OutputMode.Update(), LAST_OF_ITEM)) {
            together.trigger("a, 8, 12:00:08", "a, 7, 12:00:08").emits("a, 7");
            turned.trigger("a, 7, 12:00:08", "a, 8, 12:00:08").emits("a, 7");
            apart.trigger("a, 8, 12:00:08").emits("a, 8").trigger("a, 7, 12:00:08").emits("a, 7")
                    .trigger("a, 9, 12:00:08").emitsNothing();
        }
    }

    @Test
    @DisplayName("in a changelog tell what leaves the first rows and what enters")
    void changes() {
        try (Scenario bids = given(BIDS).query(OutputMode.Changelog(),
                "SELECT item, price FROM STREAM bids ORDER BY price DESC LIMIT 2")) {
            bids.trigger("a, 5, 12:00:05", "b, 9, 12:00:40").emits("a, 5, +I", "b, 9, +I")
                    .trigger("c, 1, 12:00:50").emitsNothing().holds(1)
                    .trigger("d, 7, 12:00:50").emits("a, 5, -D", "d, 7, +I");
        }
    }

    @Test
    @DisplayName("take rows back that an aggregate below takes back, and let others move up")
    void overAggregates() {
        try (Scenario bids = given(BIDS).query(OutputMode.Changelog(), """
                SELECT item, sum(price) AS total FROM STREAM bids GROUP BY item ORDER BY total LIMIT 1""")) {
            bids.trigger("a, 5, 12:00:05", "b, 9, 12:00:40").emits("a, 5, +I")
                    .trigger("a, 20, 12:00:50").emits("a, 5, -U", "b, 9, +U")
                    .trigger("b, 30, 12:00:50").emits("b, 9, -U", "a, 25, +U");
        }
    }

    @Test
    @DisplayName("show a key as each row has it: -0.0 and 0.0 are one partition, two NULLs too")
    void keysAsTheyCame() {
        String of = "CREATE STREAM marks (k STRING, name STRING, v INT) USING memory";
        try (Scenario marks = given(of).query(OutputMode.Update(), """
                SELECT k, name, v, row_number() OVER (PARTITION BY k, name ORDER BY v) AS place
                FROM (SELECT if(k = 'minus', -0.0D, 0.0D) AS k, name, v FROM STREAM marks) QUALIFY place <= 2""")) {
            marks.trigger("minus, NULL, 3", "plus, NULL, 2", "plus, a, 1")
                    .emits("0.0, NULL, 2, 1", "-0.0, NULL, 3, 2", "0.0, a, 1, 1")
                    .holds(2).trigger("minus, NULL, 1").emits("-0.0, NULL, 1, 1", "0.0, NULL, 2, 2");
        }
    }

    @Test
    @DisplayName("give the same one of rows of equal order that have many columns, whether their input takes rows back or not")
    void equalOrderOfManyColumns() {
        String columns = "k, c1, c2, c3, c4, c5, c6, x, y";
        String marks = "CREATE STREAM marks (k STRING, c1 INT, c2 INT, c3 INT, c4 INT, c5 INT, c6 INT, x STRING, y STRING)"
                + " USING memory";
        String first = "SELECT * FROM (SELECT " + columns + ", %s AS n FROM STREAM marks %s) "
                + "QUALIFY row_number() OVER (PARTITION BY k ORDER BY c1) = 1";
        try (Scenario added = given(marks).query(OutputMode.Update(), first.formatted("c1", ""));
                Scenario takenBack = given(marks).query(OutputMode.Update(),
                        first.formatted("count(*)", "GROUP BY " + columns))) {
            String[] rows = {"a, 1, 1, 1, 1, 1, 1, NULL, p", "a, 1, 1, 1, 1, 1, 1, p, NULL"};
            added.trigger(rows).emits("a, 1, 1, 1, 1, 1, 1, p, NULL, 1");
            takenBack.trigger(rows).emits("a, 1, 1, 1, 1, 1, 1, p, NULL, 1");
        }
    }

    @Test
    @DisplayName("count rows that are equal in a rank's places, however often they come")
    void equalRowsInPlaces() {
        try (Scenario bids = given(BIDS).query(OutputMode.Changelog(), """
                SELECT item, price, row_number() OVER (PARTITION BY item ORDER BY price DESC) AS place FROM STREAM bids
                QUALIFY place <= 3""")) {
            bids.trigger("a, 5, 12:00:05", "a, 5, 12:00:05", "a, 2, 12:00:02")
                    .emits("a, 5, 1, +I", "a, 5, 2, +I", "a, 2, 3, +I")
                    .trigger("a, 7, 12:00:07", "a, 5, 12:00:05", "a, 1, 12:00:01")
                    .emits("a, 5, 1, -U", "a, 7, 1, +U", "a, 2, 3, -U", "a, 5, 3, +U")
                    .trigger("a, 6, 12:00:06", "a, 6, 12:00:06", "a, 5, 12:00:05")
                    .emits("a, 5, 2, -U", "a, 6, 2, +U", "a, 5, 3, -U", "a, 6, 3, +U");
        }
    }

    @Test
    @DisplayName("LIMIT alone gives the first rows to come, also in append mode")
    void firstToCome() {
        try (Scenario bids = given(BIDS).query(OutputMode.Append(), "SELECT item FROM STREAM bids LIMIT 3 OFFSET 1")) {
            bids.trigger("a, 5, 12:00:05", "b, 9, 12:00:40").emits("b")
                    .trigger("c, 1, 12:00:50", "d, 1, 12:00:50", "e, 1, 12:00:50").emits("c", "d")
                    .trigger("f, 1, 12:00:50").emitsNothing();
        }
    }

    @Test
    @DisplayName("take every aggregate, also of some of the rows, and follow changes below")
    void takesEveryAggregate() {
        try (Scenario bids = given(BIDS).query(OutputMode.Changelog(), """
                SELECT item, total, median(total) OVER () AS middle, count(*) FILTER (WHERE total > 9) OVER () AS large,
                  listagg(item, '+') FILTER (WHERE total > 4) OVER (ORDER BY total ROWS 1 PRECEDING) AS names
                FROM (SELECT item, sum(price) AS total FROM STREAM bids GROUP BY item)""")) {
            bids.trigger("a, 5, 12:00:01", "b, 9, 12:00:01").emits("a, 5, 7.0, 0, a, +I", "b, 9, 7.0, 0, a+b, +I")
                    .trigger("a, 1, 12:00:01", "b, 3, 12:00:01")
                    .emits("a, 5, 7.0, 0, a, -U", "a, 6, 9.0, 1, a, +U", "b, 9, 7.0, 0, a+b, -U",
                            "b, 12, 9.0, 1, a+b, +U")
                    .trigger("c, NULL, 12:00:02").emits("c, NULL, 9.0, 1, NULL, +I");
        }
    }

    @Test
    @DisplayName("tell of a large partition only the rows that feel a change")
    void feelsChanges() {
        try (Scenario bids = given(BIDS).query(OutputMode.Changelog(), """
                SELECT item, price, lag(price) OVER w AS before, sum(price) OVER w AS total,
                  max(price) OVER (w ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS near
                FROM STREAM bids WINDOW w AS (PARTITION BY item ORDER BY price)""")) {
            bids.trigger("a, 1, 12:00:01", "a, 3, 12:00:01", "a, 5, 12:00:01", "a, 7, 12:00:01", "a, 9, 12:00:01",
                    "b, 1, 12:00:01", "b, 2, 12:00:01", "b, 3, 12:00:01", "b, 4, 12:00:01", "b, 5, 12:00:01")
                    .trigger("a, 11, 12:00:01")
                    .emits("a, 9, 7, 25, 9, -D", "a, 9, 7, 25, 11, +I", "a, 11, 9, 36, 11, +I")
                    .trigger("a, 10, 12:00:01")
                    .emits("a, 9, 7, 25, 11, -D", "a, 9, 7, 25, 10, +I", "a, 10, 9, 35, 11, +I",
                            "a, 11, 9, 36, 11, -D", "a, 11, 10, 46, 11, +I");
        }
    }
}
