package dev.thalweg.tests.spec;

import static dev.thalweg.tests.spec.Scenario.given;

import dev.thalweg.streaming.OutputMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An ASOF JOIN")
final class AsofJoinSpec {
    private static final Scenario.Given MARKET = given("""
            CREATE STREAM trades (sym STRING, at TIMESTAMP, WATERMARK FOR at AS at - INTERVAL '0' SECOND) USING memory;
            CREATE STREAM quotes (sym STRING, ts TIMESTAMP, bid INT, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND)
            USING memory""");
    private static final Scenario.Given UNBOUNDED = given("""
            CREATE STREAM trades (sym STRING, at TIMESTAMP) USING memory;
            CREATE STREAM quotes (sym STRING, ts TIMESTAMP, bid INT) USING memory""");

    private static Scenario market(OutputMode mode, String join, String comparison) {
        return MARKET.query(mode, sql(join, comparison));
    }

    private static String sql(String join, String comparison) {
        return "SELECT trades.sym, at, bid FROM STREAM trades " + join + " STREAM quotes MATCH_CONDITION (at "
                + comparison + " ts) ON trades.sym = quotes.sym";
    }

    @Test
    @DisplayName("in append mode gives a row once, when the watermark has made its nearest certain")
    void append() {
        try (Scenario market = market(OutputMode.Append(), "ASOF JOIN", ">=")) {
            market.into("quotes", "a, 12:00:00, 10", "a, 12:00:04, 11").into("trades", "a, 12:00:05", "b, 12:00:03")
                    .run().emitsNothing().holds(2) // W' = 12:00:04
                    .into("quotes", "a, 12:00:05, 12", "a, 12:00:06, 13").into("trades", "a, 12:00:09").run()
                    .emits("a, 12:00:05, 12").holds(2)
                    .into("trades", "a, 12:00:06").into("quotes", "a, 12:00:05, 99").run().emitsNothing().drops(2);
        }
    }

    @Test
    @DisplayName("keeps the last row of each key for those to come, however old it is")
    void keepsTheLast() {
        try (Scenario market = market(OutputMode.Append(), "ASOF JOIN", ">=")) {
            market.into("quotes", "a, 12:00:00, 10", "b, 12:00:00, 20", "b, 12:00:01, 21", "b, 13:00:00, 22")
                    .into("trades", "x, 13:00:00").run().emitsNothing().holds(2)
                    .into("trades", "a, 13:00:01", "b, 13:00:02").into("quotes", "x, 13:00:03, 1").run()
                    .emits("a, 13:00:01, 10", "b, 13:00:02, 22");
        }
    }

    @Test
    @DisplayName("with LEFT gives NULLs beside a row that has met nothing, and beside one whose key or time is NULL at once")
    void leftInAppendMode() {
        try (Scenario market = market(OutputMode.Append(), "LEFT ASOF JOIN", ">=")) {
            market.into("trades", "a, 12:00:05", "NULL, 12:00:05", "a, NULL").run()
                    .emits("NULL, 12:00:05, NULL", "a, NULL, NULL")
                    .into("quotes", "a, 12:00:06, 10", "NULL, 12:00:01, 11", "a, NULL, 12").run()
                    .emits("a, 12:00:05, NULL");
        }
    }

    @Test
    @DisplayName("in update mode answers at once, and again when a nearer row comes later")
    void update() {
        try (Scenario market = UNBOUNDED.query(OutputMode.Changelog(), sql("LEFT ASOF JOIN", ">="))) {
            market.into("trades", "a, 12:00:05", "a, 12:00:10").run()
                    .emits("a, 12:00:05, NULL, +I", "a, 12:00:10, NULL, +I")
                    .into("quotes", "a, 12:00:00, 1").run().emits("a, 12:00:05, NULL, -D", "a, 12:00:05, 1, +I",
                            "a, 12:00:10, NULL, -D", "a, 12:00:10, 1, +I")
                    .into("quotes", "a, 12:00:06, 2", "a, 11:00:00, 0").run()
                    .emits("a, 12:00:10, 1, -D", "a, 12:00:10, 2, +I")
                    .into("quotes", "a, 12:00:03, 3").into("trades", "a, 12:00:04").run()
                    .emits("a, 12:00:05, 1, -D", "a, 12:00:05, 3, +I", "a, 12:00:04, 3, +I").holds(7);
        }
    }

    @Test
    @DisplayName("chooses among the rows of a side that ON lets in")
    void conditionsOfOneSide() {
        try (Scenario market = MARKET.query(OutputMode.Append(),
                sql("LEFT ASOF JOIN", ">=") + " AND bid > 0 AND trades.sym <> 'x'")) {
            market.into("quotes", "a, 12:00:01, 10", "a, 12:00:02, -1", "a, 12:00:03, NULL", "x, 12:00:01, 20")
                    .into("trades", "a, 12:00:05", "x, 12:00:05").run().emits("x, 12:00:05, NULL")
                    .into("quotes", "a, 12:00:06, 11").into("trades", "a, 12:00:09").run()
                    .emits("a, 12:00:05, 10");
        }
    }

    @Test
    @DisplayName("with > looks before the very time")
    void exclusive() {
        try (Scenario market = market(OutputMode.Update(), "ASOF JOIN", ">")) {
            market.into("quotes", "a, 12:00:00, 1", "a, 12:00:05, 2").into("trades", "a, 12:00:05", "a, 12:00:00").run()
                    .emits("a, 12:00:05, 1")
                    .into("quotes", "a, 12:00:04, 3").into("trades", "a, 12:00:06").run().emits("a, 12:00:06, 2")
                    .drops(1);
        }
    }

    @Test
    @DisplayName("with <= looks for the row that follows, and waits for it")
    void forward() {
        try (Scenario market = market(OutputMode.Append(), "ASOF JOIN", "<=")) {
            market.into("trades", "a, 12:00:00", "b, 12:00:00").into("quotes", "a, 12:00:05, 1").run().emitsNothing()
                    .into("quotes", "a, 12:00:03, 2").into("trades", "a, 12:00:05").run()
                    .emits("a, 12:00, 2", "a, 12:00:05, 1").holds(1)
                    .into("quotes", "b, 12:00:09, 3", "b, 12:00:08, 4").into("trades", "x, 12:00:20").run()
                    .emits("b, 12:00, 4").holds(1);
        }
    }

    @Test
    @DisplayName("with < and LEFT in update mode takes NULLs back when a row follows")
    void forwardLeft() {
        try (Scenario market = market(OutputMode.Update(), "LEFT ASOF JOIN", "<")) {
            market.into("trades", "a, 12:00:00").into("quotes", "a, 12:00:00, 1").run().emits("a, 12:00, NULL")
                    .into("quotes", "a, 12:00:07, 2").run().emits("a, 12:00, 2")
                    .into("quotes", "a, 12:00:05, 3").run().emits("a, 12:00, 3");
        }
    }

    @Test
    @DisplayName("chooses between rows at one time as it does in a batch, whichever came first")
    void ties() {
        for (String[] order : new String[][] {{"a, 12:00:00, 1", "a, 12:00:00, 2"},
                {"a, 12:00:00, 2", "a, 12:00:00, 1"}}) {
            try (Scenario market = market(OutputMode.Complete(), "ASOF JOIN", ">=")) {
                market.into("quotes", order[0]).into("trades", "a, 12:00:05").run().into("quotes", order[1]).run()
                        .emits("a, 12:00:05, 2");
            }
        }
    }

    @Test
    @DisplayName("follows rows that are taken back, on both sides")
    void changes() {
        try (Scenario best = given("""
                CREATE STREAM bids (auction STRING, at TIMESTAMP, price INT) USING memory;
                CREATE STREAM looks (auction STRING, ts TIMESTAMP) USING memory""").query(OutputMode.Changelog(), """
                SELECT l.auction, n, highest FROM
                (SELECT auction, max(ts) ts, count(*) n FROM STREAM looks GROUP BY auction) l
                ASOF JOIN (SELECT auction, max(at) at, max(price) highest FROM STREAM bids GROUP BY auction) b
                MATCH_CONDITION (l.ts >= b.at) ON l.auction = b.auction""")) {
            best.into("bids", "a, 12:00:00, 5").into("looks", "a, 12:00:01").run().emits("a, 1, 5, +I")
                    .into("bids", "a, 12:00:01, 7").run().emits("a, 1, 5, -U", "a, 1, 7, +U")
                    .into("looks", "a, 12:00:02").run().emits("a, 1, 7, -U", "a, 2, 7, +U")
                    .into("bids", "a, 12:00:05, 7").run().emits("a, 2, 7, -D").holds(4);
        }
    }

    @Test
    @DisplayName("in complete mode refuses nothing, and keeps all")
    void complete() {
        try (Scenario market = market(OutputMode.Complete(), "ASOF JOIN", ">=")) {
            market.into("quotes", "a, 12:00:00, 1").into("trades", "a, 12:00:05").run().emits("a, 12:00:05, 1")
                    .into("quotes", "a, 13:00:00, 2").into("trades", "a, 13:00:05").run()
                    .into("quotes", "a, 12:00:04, 3").run().emits("a, 12:00:05, 3", "a, 13:00:05, 2").drops(0)
                    .holds(7); // and the result
        }
    }

    @Test
    @DisplayName("with a table looks up once and keeps no row of the stream")
    void table() {
        try (Scenario priced = given(
                """
                        CREATE TABLE prices (item INT, since TIMESTAMP, price INT) USING memory;
                        INSERT INTO prices VALUES (1, TIMESTAMP'2026-01-01 12:00:00', 5), (1, TIMESTAMP'2026-01-01 13:00:00', 6);
                        CREATE STREAM sales (item INT, at TIMESTAMP) USING memory""")
                .query(OutputMode.Append(),
                        "SELECT at, price FROM STREAM sales LEFT ASOF JOIN prices MATCH_CONDITION (at >= since)"
                                + " ON sales.item = prices.item")) {
            priced.into("sales", "1, 12:30:00", "1, 11:00:00", "2, 12:30:00").run()
                    .emits("12:30, 5", "11:00, NULL", "12:30, NULL").holds(2)
                    .into("sales", "1, 13:30:00").run().emits("13:30, 6").holds(2);
        }
    }

    @Test
    @DisplayName("of a table with a stream answers anew as the stream brings nearer rows")
    void tableOnTheLeft() {
        try (Scenario due = given("""
                CREATE TABLE marks (id INT, at TIMESTAMP) USING memory;
                INSERT INTO marks VALUES (1, TIMESTAMP'2026-01-01 12:00:00'), (2, TIMESTAMP'2026-01-01 13:00:00');
                CREATE STREAM states (ts TIMESTAMP, v INT) USING memory""").query(OutputMode.Update(),
                "SELECT id, v FROM marks LEFT ASOF JOIN STREAM states MATCH_CONDITION (at > ts)")) {
            due.into("states", "12:30:00, 1").run().emits("2, 1").into("states", "12:00:00, 2").run().emitsNothing()
                    .into("states", "11:59:00, 3").run().emits("1, 3");
        }
    }

    @Test
    @DisplayName("hands its event time on: what counts its rows by windows closes with them")
    void windows() {
        try (Scenario counts = MARKET.query(OutputMode.Append(),
                "SELECT window(at, '10 seconds').end, sum(bid) FROM (" + sql("ASOF JOIN", ">=")
                        + ") GROUP BY window(at, '10 seconds')")) {
            counts.into("quotes", "a, 12:00:00, 10").into("trades", "a, 12:00:05", "a, 12:00:09").run().emitsNothing()
                    .into("quotes", "a, 12:00:09, 20", "a, 12:00:10, 30").into("trades", "a, 12:00:10").run()
                    .emits("12:00:10, 30");
        }
    }

    @Test
    @DisplayName("of versions: FOR SYSTEM_TIME AS OF takes the last one at or before a time")
    void versions() {
        try (Scenario orders = given("""
                CREATE STREAM orders (id INT, cur STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '0' SECOND)
                USING memory;
                CREATE STREAM rates (cur STRING, rate INT, since TIMESTAMP,
                WATERMARK FOR since AS since - INTERVAL '0' SECOND) USING memory""").query(OutputMode.Append(), """
                SELECT id, rate FROM STREAM orders o LEFT JOIN STREAM rates FOR SYSTEM_TIME AS OF o.ts AS r
                ON o.cur = r.cur""")) {
            orders.into("rates", "eur, 110, 12:00:00", "eur, 112, 12:00:10").into("orders", "1, eur, 12:00:09",
                    "2, eur, 12:00:10", "3, usd, 12:00:10", "4, eur, 12:00:11").run()
                    .emits("1, 110", "2, 112", "3, NULL").into("rates", "eur, 115, 12:00:11").into("orders",
                            "5, eur, 12:00:12")
                    .run().emits("4, 115");
        }
    }
}
