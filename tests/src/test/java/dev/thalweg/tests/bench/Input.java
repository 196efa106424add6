package dev.thalweg.tests.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The inputs: a directory of files each, in event order, so that taking them file by file is taking them in time.
enum Input {
    /// Lines of ten words, Zipf over 10,000.
    LINES("lines", "value STRING", "value"),
    /// Events of 1,000 keys, up to five seconds out of order.
    EVENTS("events", "ts TIMESTAMP, key STRING, value DOUBLE, device INT, status STRING, region STRING", "ts"),
    /// The bids of the NEXMark benchmark.
    BIDS("bid", Columns.BID, "dateTime"),
    /// The bids, auctions and people of the NEXMark benchmark, a stream each.
    AUCTION_HOUSE("bid", Columns.BID, "dateTime"),
    /// Views, clicks and purchases of 1,000 ads, which belong to 100 campaigns, as the Yahoo benchmark has them.
    ADS("ads",
            "user_id STRING, page_id STRING, ad_id STRING, ad_type STRING, event_type STRING, event_time TIMESTAMP, ip_address STRING",
            "event_time"),
    /// Flights of US airlines in the first half of 2001, as the Bureau of Transportation Statistics has them.
    FLIGHTS("flights", "departed TIMESTAMP, delay BIGINT, distance BIGINT, origin STRING, destination STRING",
            "departed");

    /// How many files, of which a streaming engine takes two a trigger.
    static final int FILES = 20;
    static final int FILES_A_TRIGGER = 2;

    private final String table;
    private final String columns;
    private final String time;

    Input(String table, String columns, String time) {
        this.table = table;
        this.columns = columns;
        this.time = time;
    }

    /// What queries call it.
    String table() {
        return table;
    }

    /// Its columns, as DDL that Thalweg and Spark understand: given, so that nobody spends time on finding types.
    String columns() {
        return columns;
    }

    /// The column of event time; of no meaning for lines.
    String time() {
        return time;
    }

    /// The streams it has, with their columns: its own table first.
    Map<String, String> streams() {
        Map<String, String> streams = new LinkedHashMap<>();
        streams.put(table, columns);
        if (this == AUCTION_HOUSE) {
            streams.put("auction", Columns.AUCTION);
            streams.put("person", Columns.PERSON);
        }
        return streams;
    }

    /// The finished table beside it that queries join, if it has one.
    Optional<Side> side() {
        return this == ADS ? Optional.of(Side.CAMPAIGNS) : Optional.empty();
    }

    /// What its files are usually written as.
    Encoding usual() {
        return switch (this) {
            case LINES -> Encoding.TEXT;
            case EVENTS -> Encoding.JSON;
            case BIDS, AUCTION_HOUSE, ADS, FLIGHTS -> Encoding.PARQUET;
        };
    }

    /// Whether they can be written as something else, too.
    boolean has(Encoding encoding) {
        return encoding == usual()
                || (encoding == Encoding.JSON && (this == BIDS || this == AUCTION_HOUSE || this == ADS));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What is too long for a line.
    private static final class Columns {
        static final String BID = "auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, "
                + "dateTime TIMESTAMP, extra STRING";
        static final String AUCTION = "id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, "
                + "dateTime TIMESTAMP, expires TIMESTAMP, seller BIGINT, category BIGINT, extra STRING";
        static final String PERSON = "id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, "
                + "state STRING, dateTime TIMESTAMP, extra STRING";
    }

    /// A small table that does not change, as CSV without a header.
    enum Side {
        /// Which campaign an ad belongs to.
        CAMPAIGNS("campaigns", "ad STRING, campaign STRING");

        private final String table;
        private final String columns;

        Side(String table, String columns) {
            this.table = table;
            this.columns = columns;
        }

        String table() {
            return table;
        }

        String columns() {
            return columns;
        }
    }

    /// How the files are written; the name is the format's in every engine's SQL.
    enum Encoding {
        TEXT, JSON, PARQUET;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
