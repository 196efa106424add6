package dev.thalweg.tests.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The queries that are compared: an input, what they need of an engine, and one text that Thalweg and Spark share;
/// [FlinkTexts] and [DuckTexts] say the same in the others' words.
///
/// NEXMark's texts follow the published queries (github.com/nexmark/nexmark, Apache-2.0) in meaning: ours group where they
/// group and keep their columns; q5-count stops at the sliding count, before the ranking. A query is told from another by its
/// name here only; no engine sees the name.
enum Workload {
    /// NEXMark q0: every column passes through.
    Q0(Input.BIDS, "SELECT auction, bidder, price, dateTime, extra FROM bid"),
    /// NEXMark q1: dollars to euros.
    Q1(Input.BIDS, "SELECT auction, bidder, 0.908 * price AS price, dateTime, extra FROM bid"),
    /// NEXMark q2: one auction of 123.
    Q2(Input.BIDS, "SELECT auction, price FROM bid WHERE auction % 123 = 0"),
    /// NEXMark q3: who sells in some states, and what.
    Q3(Input.AUCTION_HOUSE, """
            SELECT p.name, p.city, p.state, a.id FROM auction a JOIN person p ON a.seller = p.id
            WHERE a.category = 10 AND p.state IN ('OR', 'ID', 'CA')""", Trait.STATE, Trait.APPENDS),
    /// NEXMark q4: what auctions of each category go for, on average.
    Q4(Input.AUCTION_HOUSE, """
            SELECT category, avg(best) AS average FROM (
              SELECT a.id, a.category, max(b.price) AS best FROM auction a JOIN bid b ON a.id = b.auction
                AND b.dateTime BETWEEN a.dateTime AND a.expires GROUP BY a.id, a.category)
            GROUP BY category""", Trait.STATE),
    /// NEXMark q5: the auctions with most bids in ten seconds, every two seconds.
    Q5(Input.BIDS, """
            WITH counts AS (
              SELECT auction, count(*) AS num, window.start AS starts, window.end AS ends
              FROM bid GROUP BY auction, window(dateTime, '10 seconds', '2 seconds'))
            SELECT c.auction, c.num, c.starts, c.ends
            FROM counts c JOIN (SELECT max(num) AS most, starts, ends FROM counts GROUP BY starts, ends) m
              ON c.starts = m.starts AND c.ends = m.ends AND c.num >= m.most""",
            Trait.STATE, Trait.EVENT_TIME, Trait.CLOSES),
    /// NEXMark q5 up to its count: bids of each auction in ten seconds, every two seconds.
    Q5_COUNT(Input.BIDS, """
            SELECT auction, window.start AS start, count(*) AS n
            FROM bid GROUP BY auction, window(dateTime, '10 seconds', '2 seconds')""", Trait.STATE, Trait.EVENT_TIME),
    /// NEXMark q7: the highest bids of every ten seconds.
    Q7(Input.BIDS, """
            SELECT b.auction, b.price, b.bidder, b.dateTime, b.extra
            FROM bid b JOIN (
              SELECT max(price) AS highest, window.end AS ends FROM bid GROUP BY window(dateTime, '10 seconds')) m
              ON b.price = m.highest AND b.dateTime >= m.ends - INTERVAL '10' SECOND AND b.dateTime < m.ends""",
            Trait.STATE, Trait.EVENT_TIME, Trait.CLOSES),
    /// NEXMark q8: who opened an auction within the ten seconds of joining.
    Q8(Input.AUCTION_HOUSE, """
            SELECT p.id, p.name, p.starts
            FROM (SELECT id, name, window.start AS starts, window.end AS ends
                  FROM person GROUP BY id, name, window(dateTime, '10 seconds')) p
            JOIN (SELECT seller, window.start AS starts, window.end AS ends
                  FROM auction GROUP BY seller, window(dateTime, '10 seconds')) a
              ON p.id = a.seller AND p.starts = a.starts AND p.ends = a.ends""",
            Trait.STATE, Trait.EVENT_TIME, Trait.CLOSES),
    /// NEXMark q9: the bid that wins each auction.
    Q9(Input.AUCTION_HOUSE, """
            SELECT id, seller, bidder, price, dateTime FROM (
              SELECT a.id, a.seller, b.bidder, b.price, b.dateTime,
                row_number() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.dateTime) AS place
              FROM auction a JOIN bid b ON a.id = b.auction AND b.dateTime BETWEEN a.dateTime AND a.expires)
            WHERE place = 1""", Trait.STATE),
    /// NEXMark q11: how many bids a bidder makes until ten seconds pass without one.
    Q11(Input.BIDS, """
            SELECT bidder, count(*) AS bids, session_window.start AS starts, session_window.end AS ends
            FROM bid GROUP BY bidder, session_window(dateTime, '10 seconds')""",
            Trait.STATE, Trait.EVENT_TIME, Trait.CLOSES),
    /// NEXMark q12: bids of each bidder in ten seconds of the clock.
    Q12(Input.BIDS, """
            SELECT bidder, count(*) AS n, window.start AS start, window.end AS finish
            FROM (SELECT bidder, current_timestamp() AS taken FROM bid)
            GROUP BY bidder, window(taken, '10 seconds')""", Trait.STATE, Trait.CLOCK),
    /// NEXMark q15: how many bidders and auctions a day has, also by price.
    Q15(Input.BIDS, "SELECT " + Texts.DAY + ", " + Texts.DISTINCT_COUNTS + " FROM bid GROUP BY " + Texts.DAY_ONLY,
            Trait.STATE),
    /// NEXMark q16: the same for each channel.
    Q16(Input.BIDS, "SELECT channel, " + Texts.DAY + ", max(" + Texts.MINUTE + ") AS minute, "
            + Texts.DISTINCT_COUNTS + " FROM bid GROUP BY channel, " + Texts.DAY_ONLY, Trait.STATE),
    /// NEXMark q17: the statistics of an auction's day.
    Q17(Input.BIDS, "SELECT auction, " + Texts.DAY + ", " + Texts.COUNTS
            + ", min(price) AS min_price, max(price) AS max_price, avg(price) AS avg_price, sum(price) AS sum_price"
            + " FROM bid GROUP BY auction, " + Texts.DAY_ONLY, Trait.STATE),
    /// NEXMark q18: the last bid of each bidder at each auction.
    Q18(Input.BIDS, """
            SELECT auction, bidder, price, channel, url, dateTime, extra FROM (
              SELECT *, row_number() OVER (PARTITION BY bidder, auction ORDER BY dateTime DESC) AS place FROM bid)
            WHERE place = 1""", Trait.STATE),
    /// NEXMark q19: the ten highest bids of each auction.
    Q19(Input.BIDS, """
            SELECT auction, bidder, price, channel, url, dateTime, extra, place FROM (
              SELECT *, row_number() OVER (PARTITION BY auction ORDER BY price DESC, dateTime) AS place FROM bid)
            WHERE place <= 10""", Trait.STATE),
    /// NEXMark q20: each bid with its auction, of one category.
    Q20(Input.AUCTION_HOUSE, """
            SELECT b.auction, b.bidder, b.price, b.channel, b.dateTime, a.itemName, a.initialBid, a.expires, a.seller
            FROM bid b JOIN auction a ON b.auction = a.id WHERE a.category = 10""", Trait.STATE, Trait.APPENDS),
    /// NEXMark q22: the directories of a URL.
    Q22(Input.BIDS, """
            SELECT auction, bidder, price, channel, split_part(url, '/', 4) AS dir1, split_part(url, '/', 5) AS dir2,
            split_part(url, '/', 6) AS dir3 FROM bid"""),
    /// Words, counted.
    WORD_COUNT(Input.LINES, """
            SELECT word, count(*) AS n FROM (SELECT explode(split(value, ' ')) AS word FROM lines) GROUP BY word""",
            Trait.STATE),
    /// Events of each key and minute of event time.
    WINDOWED_COUNT(Input.EVENTS,
            "SELECT window.start AS start, key, count(*) AS n FROM events GROUP BY window(ts, '1 minute'), key",
            Trait.STATE, Trait.EVENT_TIME),
    /// The Yahoo benchmark: how often each campaign's ads were viewed in ten seconds of event time.
    YAHOO(Input.ADS, """
            SELECT campaign, window.start AS start, count(*) AS n
            FROM ads JOIN campaigns ON ad_id = ad WHERE event_type = 'view'
            GROUP BY campaign, window(event_time, '10 seconds')""", Trait.STATE, Trait.EVENT_TIME),
    /// Flights of each airport and day, and how late they were.
    FLIGHTS_BY_DAY(Input.FLIGHTS, """
            SELECT origin, window.start AS start, count(*) AS n, avg(delay) AS delay, max(delay) AS longest
            FROM flights GROUP BY origin, window(departed, '1 day')""", Trait.STATE, Trait.EVENT_TIME),
    /// Flights of each route, and how late they were.
    FLIGHTS_BY_ROUTE(Input.FLIGHTS, """
            SELECT origin, destination, count(*) AS n, avg(delay) AS delay, max(distance) AS distance
            FROM flights GROUP BY origin, destination""", Trait.STATE);

    /// What a query needs of an engine.
    enum Trait {
        /// It keeps state: then its rows change, and it is run in update mode, if not said otherwise.
        STATE,
        /// It keeps state and yet takes no row back: it is run in append mode.
        APPENDS,
        /// It gives each window or session once, when it closes: it is run in append mode, and the end of the input closes all.
        CLOSES,
        /// It groups by windows of event time: then its input has a watermark.
        EVENT_TIME,
        /// It groups by the engine's own clock: then every run has other windows.
        CLOCK
    }

    private final Input input;
    private final String text;
    @SuppressWarnings("ImmutableEnumChecker") // of Set.of, whose type does not say that it never changes
    private final Set<Trait> traits;

    Workload(Input input, String text, Trait... traits) {
        this.input = input;
        this.text = text;
        this.traits = Set.of(traits);
    }

    /// @param name as a user types it: `q17`, `word-count`
    static Optional<Workload> named(String name) {
        return Arrays.stream(values()).filter(workload -> workload.label().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    Input input() {
        return input;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /// Whether rows of its result are taken back.
    boolean changes() {
        return has(Trait.STATE) && !has(Trait.APPENDS) && !has(Trait.CLOSES);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The query in an engine's words, or nothing where the engine refuses it as a stream.
    Optional<String> sql(Dialect dialect) {
        return switch (dialect) {
            case THALWEG -> Optional.of(ofStreams());
            case SPARK -> SparkTexts.of(this, text);
            case FLINK -> Optional.of(FlinkTexts.of(this, text));
            case DUCKDB -> Optional.of(DuckTexts.of(this, text));
        };
    }

    private String ofStreams() {
        String streams = text;
        for (String table : input.streams().keySet()) {
            streams = streams.replaceAll("(FROM|JOIN) " + table + "\\b", "$1 STREAM " + table);
        }
        return streams;
    }

    /// What of its answer we and another engine must agree on, as a query over the table `name`: all of it, but of windows by the
    /// clock only their sum, times of rows to the millisecond, for Flink has no finer ones where there is a watermark, and what
    /// is given by windows that close only until the watermark at the input's end, for Spark closes no more.
    String comparable(String name, Dialect other) {
        String from = name
                + (has(Trait.CLOSES) && other == Dialect.SPARK ? " WHERE " + ends() + " <= " + lastWatermark() : "");
        return switch (this) {
            case Q7 -> "SELECT * REPLACE (date_trunc('millisecond', dateTime) AS dateTime) FROM " + from;
            case Q11 -> "SELECT * REPLACE (date_trunc('millisecond', starts) AS starts,"
                    + " date_trunc('millisecond', ends) AS ends) FROM " + from;
            case Q12 -> "SELECT bidder, sum(n) FROM " + from + " GROUP BY bidder";
            default -> "FROM " + from; // a rule: all of it
        };
    }

    /// When the window of a row of the answer ends, in DuckDB's words.
    private String ends() {
        return switch (this) {
            case Q7 -> "time_bucket(INTERVAL 10 SECOND, dateTime) + INTERVAL 10 SECOND";
            case Q8 -> "starts + INTERVAL 10 SECOND";
            default -> "ends"; // a rule: it is a column
        };
    }

    /// Spark's watermarks are whole milliseconds.
    private String lastWatermark() {
        return input.streams().keySet().stream()
                .map(table -> "(SELECT date_trunc('millisecond', max(" + input.time() + ")) - INTERVAL 10 SECOND FROM "
                        + table + ")")
                .collect(Collectors.joining(", ", "least(", ")"));
    }

    /// What several queries have in common.
    private static final class Texts {
        static final String DAY_ONLY = "date_format(dateTime, 'yyyy-MM-dd')";
        static final String DAY = DAY_ONLY + " AS day";
        static final String MINUTE = "date_format(dateTime, 'HH:mm')";
        static final String COUNTS = counts("*", "bids");
        static final String DISTINCT_COUNTS = COUNTS + ", " + counts("DISTINCT bidder", "bidders") + ", "
                + counts("DISTINCT auction", "auctions");

        private static String counts(String what, String name) {
            String count = "count(" + what + ")";
            return count + " AS total_" + name + ", " + count + " FILTER (WHERE price < 10000) AS rank1_" + name + ", "
                    + count + " FILTER (WHERE price >= 10000 AND price < 1000000) AS rank2_" + name + ", " + count
                    + " FILTER (WHERE price >= 1000000) AS rank3_" + name;
        }
    }
}
