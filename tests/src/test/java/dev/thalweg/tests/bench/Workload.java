package dev.thalweg.tests.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The queries that are compared: an input, one text that Thalweg and Spark share, and the others' where they need their own.
///
/// NEXMark's texts follow the published queries (github.com/nexmark/nexmark, Apache-2.0) in meaning: ours group where they
/// group and keep their columns. q5 stops at the sliding count, before the ranking. A query is told from another by its name
/// here only; no engine sees the name.
enum Workload {
    /// NEXMark q0: every column passes through.
    Q0(Input.BIDS, false, "SELECT auction, bidder, price, dateTime, extra FROM bid"),
    /// NEXMark q1: dollars to euros.
    Q1(Input.BIDS, false, "SELECT auction, bidder, 0.908 * price AS price, dateTime, extra FROM bid"),
    /// NEXMark q2: one auction of 123.
    Q2(Input.BIDS, false, "SELECT auction, price FROM bid WHERE auction % 123 = 0"),
    /// NEXMark q5 up to its count: bids of each auction in ten seconds, every two seconds.
    Q5_COUNT(Input.BIDS, true, """
            SELECT auction, window.start AS start, count(*) AS n
            FROM bid GROUP BY auction, window(dateTime, '10 seconds', '2 seconds')"""),
    /// NEXMark q15: how many bidders and auctions a day has, also by price.
    Q15(Input.BIDS, true,
            "SELECT " + Texts.DAY + ", " + Texts.DISTINCT_COUNTS + " FROM bid GROUP BY " + Texts.DAY_ONLY),
    /// NEXMark q16: the same for each channel.
    Q16(Input.BIDS, true, "SELECT channel, " + Texts.DAY + ", max(date_format(dateTime, 'HH:mm')) AS minute, "
            + Texts.DISTINCT_COUNTS + " FROM bid GROUP BY channel, " + Texts.DAY_ONLY),
    /// NEXMark q17: the statistics of an auction's day.
    Q17(Input.BIDS, true, "SELECT auction, " + Texts.DAY + ", " + Texts.COUNTS
            + ", min(price) AS min_price, max(price) AS max_price, avg(price) AS avg_price, sum(price) AS sum_price"
            + " FROM bid GROUP BY auction, " + Texts.DAY_ONLY),
    /// NEXMark q22: the directories of a URL.
    Q22(Input.BIDS, false, """
            SELECT auction, bidder, price, channel, split_part(url, '/', 4) AS dir1, split_part(url, '/', 5) AS dir2,
            split_part(url, '/', 6) AS dir3 FROM bid"""),
    /// Words, counted.
    WORD_COUNT(Input.LINES, true, """
            SELECT word, count(*) AS n FROM (SELECT explode(split(value, ' ')) AS word FROM lines) GROUP BY word"""),
    /// Events of each key and minute of event time.
    WINDOWED_COUNT(Input.EVENTS, true,
            "SELECT window.start AS start, key, count(*) AS n FROM events GROUP BY window(ts, '1 minute'), key");

    private final Input input;
    private final boolean stateful;
    private final String text;

    Workload(Input input, boolean stateful, String text) {
        this.input = input;
        this.stateful = stateful;
        this.text = text;
    }

    /// @param name as a user types it: `q17`, `word-count`
    static Optional<Workload> named(String name) {
        return Arrays.stream(values()).filter(workload -> workload.label().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    Input input() {
        return input;
    }

    /// Whether it keeps state: then its rows change, and it is run in update mode.
    boolean isStateful() {
        return stateful;
    }

    /// Whether it groups by windows of event time: then its input has a watermark.
    boolean hasWindows() {
        return text.contains("window(");
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The query in an engine's words, or nothing where the engine refuses it as a stream.
    Optional<String> sql(Dialect dialect) {
        return switch (dialect) {
            case THALWEG -> Optional.of(text.replace("FROM " + input.table(), "FROM STREAM " + input.table()));
            // Spark refuses DISTINCT in an aggregate of a stream
            case SPARK -> text.contains("DISTINCT") ? Optional.empty() : Optional.of(text);
            case DUCKDB -> Optional.of(switch (this) {
                // counted by pane, then by window: the fastest way to say it
                case Q5_COUNT -> """
                        SELECT auction, pane - k * INTERVAL 2 SECOND AS start, sum(n)::BIGINT AS n
                        FROM (SELECT auction, time_bucket(INTERVAL 2 SECOND, dateTime) AS pane, count(*) AS n
                        FROM bid GROUP BY ALL), range(5) r(k) GROUP BY ALL""";
                case WORD_COUNT -> """
                        SELECT word, count(*) AS n FROM (SELECT unnest(string_split(value, ' ')) AS word FROM lines)
                        GROUP BY word""";
                case WINDOWED_COUNT -> """
                        SELECT time_bucket(INTERVAL 1 MINUTE, ts) AS start, key, count(*) AS n
                        FROM events GROUP BY ALL""";
                case Q0, Q1, Q2, Q15, Q16, Q17, Q22 -> text.replaceAll("date_format\\(dateTime, 'yyyy-MM-dd'\\)",
                        "strftime(dateTime, '%Y-%m-%d')").replace("date_format(dateTime, 'HH:mm')",
                                "strftime(dateTime, '%H:%M')");
            });
        };
    }

    /// What several queries have in common.
    private static final class Texts {
        static final String DAY_ONLY = "date_format(dateTime, 'yyyy-MM-dd')";
        static final String DAY = DAY_ONLY + " AS day";
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
