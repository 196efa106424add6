package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A join of two streams")
final class StreamJoinSpec {
    private static final Scenario.Given ADS = given(
            """
                    CREATE STREAM shown (ad STRING, at TIMESTAMP, WATERMARK FOR at AS at - INTERVAL '0' SECOND) USING memory;
                    CREATE STREAM clicked (ad STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory""");
    private static final String WITHIN_TEN_SECONDS = """
            STREAM clicked ON shown.ad = clicked.ad AND ts >= at AND ts <= at + INTERVAL 10 SECONDS""";

    private static Scenario ads(OutputMode mode, String kind) {
        return ADS.query(mode, "SELECT shown.ad, at, ts FROM STREAM shown " + kind + " JOIN " + WITHIN_TEN_SECONDS);
    }

    @Test
    @DisplayName("gives a pair as soon as both rows are there, whichever came first")
    void inner() {
        try (Scenario ads = ads(OutputMode.Append(), "INNER")) {
            ads.into("shown", "a, 12:00:00", "b, 12:00:00").run().emitsNothing()
                    .into("clicked", "a, 12:00:05", "b, 12:00:11", "c, 12:00:05").run()
                    .emits("a, 12:00, 12:00:05")
                    .into("shown", "c, 12:00:03").run().emits("c, 12:00:03, 12:00:05");
        }
    }

    @Test
    @DisplayName("forgets a row when the watermark has passed the last one it can match, on both sides")
    void boundedByTheBand() {
        try (Scenario ads = ads(OutputMode.Append(), "INNER")) {
            ads.into("shown", "a, 12:00:00").into("clicked", "x, 12:00:01").run().holds(2) // W' = 12:00:00
                    .into("shown", "b, 12:00:10").into("clicked", "x, 12:00:10").run().holds(1)
                    .into("shown", "b, 12:00:05").run().drops(1);
        }
    }

    @Test
    @DisplayName("is bounded by WHERE as by ON, and refuses late rows that no condition would let through")
    void boundedByWhere() {
        try (Scenario ads = ADS.query(OutputMode.Append(), "SELECT shown.ad, at, ts FROM STREAM shown, STREAM clicked"
                + " WHERE shown.ad = clicked.ad AND ts >= at AND ts <= at + INTERVAL 10 SECONDS AND clicked.ad <> 'x'")) {
            ads.into("shown", "a, 12:00:10").into("clicked", "a, 12:00:10").run().emits("a, 12:00:10, 12:00:10")
                    .into("clicked", "x, 12:00:05").run().emitsNothing().drops(1);
        }
    }

    @Test
    @DisplayName("is bounded by times that are equal when one is moved, whichever side it stands on")
    void boundedByMovedTimes() {
        for (String equal : new String[] {"ts = at + INTERVAL 5 SECONDS", "ts - INTERVAL 5 SECONDS = at"}) {
            try (Scenario ads = ADS.query(OutputMode.Append(),
                    "SELECT shown.ad, at, ts FROM STREAM shown FULL JOIN STREAM clicked ON " + equal)) {
                ads.into("shown", "a, 12:00:00", "b, 12:00:01").into("clicked", "a, 12:00:05").run()
                        .emits("a, 12:00, 12:00:05").holds(2) // W' is 12:00:01; the click can meet none any more
                        .into("shown", "c, 12:00:10").into("clicked", "x, 12:00:20").run()
                        .emits("b, 12:00:01, NULL").holds(2)
                        .into("clicked", "x, 12:00:09").run().emitsNothing().drops(1)
                        .into("shown", "d, 12:00:20").into("clicked", "x, 12:00:20").run()
                        .emits("c, 12:00:10, NULL", "NULL, NULL, 12:00:20", "NULL, NULL, 12:00:20").holds(1);
            }
        }
    }

    @Test
    @DisplayName("takes moved times back in update mode, and forgets what can match none any more")
    void movedTimesInUpdateMode() {
        try (Scenario ads = ADS.query(OutputMode.Update(), "SELECT shown.ad, at, ts FROM STREAM shown LEFT JOIN"
                + " STREAM clicked ON shown.ad = clicked.ad AND at = ts - INTERVAL 5 SECONDS")) {
            ads.into("shown", "a, 12:00:00", "b, 12:00:00").run().emits("a, 12:00, NULL", "b, 12:00, NULL").holds(2)
                    .into("clicked", "a, 12:00:05").run().emits("a, 12:00, 12:00:05").holds(2)
                    .into("shown", "c, 12:00:30").into("clicked", "x, 12:00:30").run().emits("c, 12:00:30, NULL")
                    .holds(1);
        }
    }

    @Test
    @DisplayName("is bounded by times beside a condition that is never true")
    void boundedBesideWhatIsNeverTrue() {
        try (Scenario ads = ADS.query(OutputMode.Append(), "SELECT at, clicked.ad, ts FROM STREAM shown RIGHT JOIN"
                + " (SELECT ad, ts, array(ad) AS ads FROM STREAM clicked) AS clicked ON at = ts AND ads IS NULL")) {
            ads.into("shown", "a, 12:00:10").into("clicked", "a, 12:00:10").run().emits("NULL, a, 12:00:10").holds(0)
                    .into("clicked", "x, 12:00:05").run().emitsNothing().drops(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"JOIN | at = ts AND 1 = 2 | 0",
            "LEFT SEMI JOIN | ts BETWEEN at AND at + INTERVAL 9 SECONDS AND NULL | 0",
            "LEFT JOIN | ts BETWEEN at AND at + INTERVAL 9 SECONDS AND (1 = 2 OR 'a' > 'b') | 1"})
    @DisplayName("keeps nothing of a side for a condition that is never true, and refuses the rows that times beside it say are late")
    void keepsNothing(String join, String condition, int kept) {
        try (Scenario ads = ADS.query(OutputMode.Update(),
                "SELECT at FROM STREAM shown %s STREAM clicked ON %s".formatted(join, condition))) {
            ads.into("shown", "a, 12:00:10").into("clicked", "a, 12:00:10").run().holds(kept)
                    .into("shown", "b, 12:00:05").into("clicked", "a, 12:00:09").run().emitsNothing().drops(2);
        }
    }

    @Test
    @DisplayName("refuses the same late rows beside a subquery that becomes a join")
    void boundedBesideASubquery() {
        try (Scenario ads = given(
                """
                        CREATE STREAM shown (ad STRING, at TIMESTAMP, WATERMARK FOR at AS at - INTERVAL '0' SECOND) USING memory;
                        CREATE STREAM clicked (ad STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND) USING memory;
                        CREATE TABLE prices (ad STRING, price INT) USING memory""")
                .query(OutputMode.Append(), """
                        SELECT price, at, ts FROM
                        (SELECT at, (SELECT max(price) FROM prices p WHERE p.ad = s.ad) AS price FROM STREAM shown s)
                        JOIN STREAM clicked c ON ts >= at AND ts <= at + INTERVAL 10 SECONDS AND c.ad = 'x'""")) {
            ads.into("shown", "a, 12:00:10").into("clicked", "x, 12:00:10").run().emits("NULL, 12:00:10, 12:00:10")
                    .into("clicked", "y, 12:00:05").run().emitsNothing().drops(1);
        }
    }

    @Test
    @DisplayName("gives what found no match once, in append mode, when nothing can match it any more")
    void leftInAppendMode() {
        try (Scenario ads = ads(OutputMode.Append(), "LEFT")) {
            ads.into("shown", "a, 12:00:00", "b, 12:00:00").into("clicked", "a, 12:00:05").run()
                    .emits("a, 12:00, 12:00:05")
                    .into("shown", "c, 12:00:09").into("clicked", "x, 12:00:30").run().emitsNothing()
                    .into("shown", "d, 12:00:11").run().emits("b, 12:00, NULL");
        }
    }

    @Test
    @DisplayName("by equal windows, taken whole, is bounded by their ends")
    void byWindow() {
        try (Scenario ads = ADS.query(OutputMode.Append(), """
                SELECT s.ad, s.w.start, c.ts FROM (SELECT ad, window(at, '10 seconds') AS w FROM STREAM shown) s
                LEFT JOIN (SELECT ad, ts, window(ts, '10 seconds') AS w FROM STREAM clicked) c
                ON s.w = c.w AND s.ad = c.ad""")) {
            ads.into("shown", "a, 12:00:01", "b, 12:00:02").into("clicked", "a, 12:00:09").run()
                    .emits("a, 12:00, 12:00:09").holds(3)
                    .into("shown", "c, 12:00:10").into("clicked", "x, 12:00:10").run().emits("b, 12:00, NULL").holds(2)
                    .into("shown", "b, 12:00:05").run().emitsNothing().drops(1);
        }
    }

    @Test
    @DisplayName("takes what found no match back when a match comes, in update mode")
    void leftInUpdateMode() {
        try (Scenario ads = ads(OutputMode.Update(), "LEFT")) {
            ads.into("shown", "a, 12:00:00").run().emits("a, 12:00, NULL")
                    .into("clicked", "a, 12:00:05").run().emits("a, 12:00, 12:00:05");
        }
    }

    @Test
    @DisplayName("keeps equal rows once where a few keys come again and again")
    void equalRows() {
        try (Scenario pairs = given("CREATE STREAM a (x INT) USING memory; CREATE STREAM b (y INT) USING memory")
                .query(OutputMode.Update(), "SELECT x, count(*) FROM STREAM a JOIN STREAM b ON x = y GROUP BY x")) {
            pairs.into("a", "1", "1", "1").into("b", "1", "1").run().emits("1, 6")
                    .into("b", "1").run().emits("1, 9").holds(3);
        }
        try (Scenario known = given(
                "CREATE STREAM a (x INT) USING memory; CREATE STREAM b (y INT, t TIMESTAMP) USING memory")
                .query(OutputMode.Append(), "SELECT x FROM STREAM a WHERE x IN (SELECT y FROM STREAM b)")) {
            known.into("a", "1").into("b", "1, 12:00:00", "1, 12:00:01").run().emits("1")
                    .into("b", "1, 12:00:02").run().emitsNothing().holds(2);
        }
    }

    @Test
    @DisplayName("keeps equal rows with times as often as they came")
    void equalRowsWithTimes() {
        try (Scenario ads = ADS.query(OutputMode.Append(), "SELECT shown.ad, at, ts FROM STREAM shown JOIN "
                + WITHIN_TEN_SECONDS)) {
            ads.into("shown", "a, 12:00:00", "a, 12:00:00").run().emitsNothing().into("shown", "a, 12:00:01").run()
                    .into("clicked", "a, 12:00:02").run()
                    .emits("a, 12:00, 12:00:02", "a, 12:00, 12:00:02", "a, 12:00:01, 12:00:02");
        }
    }

    @Test
    @DisplayName("needs no watermark, and no equality")
    void without() {
        try (Scenario pairs = given("CREATE STREAM a (x INT) USING memory; CREATE STREAM b (y INT) USING memory")
                .query(OutputMode.Append(), "SELECT x, y FROM STREAM a JOIN STREAM b ON x < y")) {
            pairs.into("a", "1", "5").into("b", "3").run().emits("1, 3").into("b", "9").run().emits("1, 9", "5, 9")
                    .into("a", "8").run().emits("8, 9").holds(5);
        }
    }

    @Test
    @DisplayName("of a stream with itself, and of three")
    void threeWays() {
        try (Scenario pairs = given("CREATE STREAM s (k STRING, v INT) USING memory").query(OutputMode.Append(), """
                SELECT a.k, a.v, b.v, c.v FROM STREAM s a JOIN STREAM s b ON a.k = b.k AND a.v < b.v
                JOIN STREAM s c ON b.k = c.k AND b.v < c.v""")) {
            pairs.into("s", "x, 1", "x, 2", "y, 1").run().emitsNothing()
                    .into("s", "x, 3", "y, 3").run().emits("x, 1, 2, 3");
        }
    }

    @Test
    @DisplayName("reads aggregates that change, and is aggregated")
    void overAggregates() {
        try (Scenario best = given("CREATE STREAM bids (auction STRING, price INT) USING memory")
                .query(OutputMode.Update(),
                        """
                                SELECT n, count(*) FROM
                                (SELECT a.auction, a.n, m.p FROM (SELECT auction, count(*) n FROM STREAM bids GROUP BY auction) a
                                 JOIN (SELECT auction, max(price) p FROM STREAM bids GROUP BY auction) m ON a.auction = m.auction)
                                WHERE p > 5 GROUP BY n""")) {
            best.into("bids", "a, 9", "b, 9", "c, 1").run().emits("1, 2")
                    .into("bids", "a, 1").run().emits("1, 1", "2, 1")
                    .into("bids", "c, 7").run().emits("2, 2");
        }
    }

    @Test
    @DisplayName("never joins what is new on one side with what is gone on the other, not even in passing")
    void onlyWhatIsThereTogether() {
        try (Scenario same = given("CREATE STREAM s (k STRING, v INT) USING memory").query(OutputMode.Update(),
                """
                        SELECT a.k, a.m, 1 / (1 - abs(a.m - b.m)) FROM (SELECT k, max(v) m FROM STREAM s GROUP BY k) a
                        JOIN (SELECT k, max(v) m FROM STREAM s GROUP BY k) b ON a.k = b.k AND 1 / (1 - abs(a.m - b.m)) > 0""")) {
            same.into("s", "a, 1", "b, 1").run().emits("a, 1, 1.0", "b, 1, 1.0")
                    .into("s", "a, 2").run().emits("a, 2, 1.0") // 2 beside 1 would divide by zero
                    .into("s", "a, 3", "b, 2").run().emits("a, 3, 1.0", "b, 2, 1.0");
        }
    }

    @Test
    @DisplayName("by equal windows is counted by them, and closes with them")
    void windows() {
        try (Scenario counts = ADS.query(OutputMode.Append(), """
                SELECT s.w.end, s.n, c.n FROM
                (SELECT window(at, '10 seconds') w, count(*) n FROM STREAM shown GROUP BY window(at, '10 seconds')) s
                LEFT JOIN (SELECT window(ts, '10 seconds') w, count(*) n FROM STREAM clicked
                           GROUP BY window(ts, '10 seconds')) c ON s.w.end = c.w.end""")) {
            counts.into("shown", "a, 12:00:01", "b, 12:00:02", "b, 12:00:12").into("clicked", "a, 12:00:03").run()
                    .emitsNothing()
                    .into("clicked", "a, 12:00:21").into("shown", "z, 12:00:20").run()
                    .emits("12:00:10, 2, 1", "12:00:20, 1, NULL");
        }
    }

    @Test
    @DisplayName("hands on how far its rows lag behind its watermark, so that what counts them loses none")
    void lag() {
        try (Scenario counts = ADS.query(OutputMode.Append(), "SELECT window(at, '10 seconds').end, count(*) FROM"
                + " (SELECT at, ts FROM STREAM shown JOIN " + WITHIN_TEN_SECONDS
                + ") GROUP BY window(at, '10 seconds')")) {
            counts.into("shown", "a, 12:00:09").into("clicked", "a, 12:00:09").run().emitsNothing()
                    .into("shown", "b, 12:00:18").into("clicked", "a, 12:00:18").run().emitsNothing().drops(0)
                    .into("shown", "b, 12:00:19").into("clicked", "c, 12:00:20").run().emitsNothing()
                    .into("shown", "b, 12:00:20").run().emits("12:00:10, 2").drops(0);
        }
    }

    @Test
    @DisplayName("with a table keeps the table's rows too: those that nobody has matched are taken back one by one")
    void tableSideKept() {
        try (Scenario sold = given("""
                CREATE TABLE goods (id INT, name STRING) USING memory;
                INSERT INTO goods VALUES (1, 'pen'), (2, 'ink');
                CREATE STREAM sales (good INT, pieces INT) USING memory""").query(OutputMode.Changelog(),
                "SELECT name, pieces FROM goods LEFT JOIN STREAM sales ON id = good")) {
            sold.into("sales", "1, 5").run().emits("pen, NULL, -D", "pen, 5, +I").into("sales", "3, 7").run()
                    .emitsNothing().into("sales", "2, 1", "2, 2").run()
                    .emits("ink, NULL, -D", "ink, 1, +I", "ink, 2, +I");
        }
    }

    @Test
    @DisplayName("keeps a table's rows that some row of a stream matches, or that none does")
    void tableSideSemiAndAnti() {
        Scenario.Given goods = given("""
                CREATE TABLE goods (id INT) USING memory; INSERT INTO goods VALUES (1), (2);
                CREATE STREAM sales (good INT) USING memory""");
        try (Scenario sold = goods.query(OutputMode.Append(),
                "SELECT id FROM goods LEFT SEMI JOIN STREAM sales ON id = good")) {
            sold.into("sales", "1", "1").run().emits("1").into("sales", "1", "2").run().emits("2");
        }
        try (Scenario unsold = goods.query(OutputMode.Changelog(),
                "SELECT id FROM goods LEFT ANTI JOIN STREAM sales ON id = good")) {
            unsold.into("sales", "1", "1").run().emits("1, -D");
        }
    }

    @Test
    @DisplayName("keeps nothing of a row that can match none, and is not shown for it: without a key, or without a time")
    void withoutKeyOrTime() {
        try (Scenario pairs = ads(OutputMode.Append(), "INNER")) {
            pairs.into("shown", "NULL, 12:00:00", "a, NULL", "a, 12:00:00")
                    .into("clicked", "NULL, 12:00:00", "a, NULL", "a, 12:00:01").run()
                    .emits("a, 12:00, 12:00:01").holds(2);
        }
        try (Scenario left = ads(OutputMode.Update(), "LEFT")) {
            left.into("shown", "NULL, 12:00:00", "a, NULL").into("clicked", "NULL, 12:00:00", "a, NULL").run()
                    .emits("NULL, 12:00, NULL", "a, NULL, NULL").holds(2);
        }
    }

    @Test
    @DisplayName("that keeps both sides tells a row without a left one from one without a right one, where both keys are NULL")
    void fullWithNullKeys() {
        try (Scenario counts = given("CREATE STREAM a (k STRING) USING memory; CREATE STREAM b (k STRING) USING memory")
                .query(OutputMode.Changelog(), """
                        SELECT l.k, l.n, r.k, r.n FROM (SELECT k, count(*) n FROM STREAM a GROUP BY k) l
                        FULL JOIN (SELECT k, count(*) n FROM STREAM b GROUP BY k) r ON l.k = r.k""")) {
            counts.into("a", "NULL").into("b", "NULL", "NULL").run().emits("NULL, 1, NULL, NULL, +I",
                    "NULL, NULL, NULL, 2, +I");
        }
    }
}
