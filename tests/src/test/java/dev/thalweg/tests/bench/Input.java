package dev.thalweg.tests.bench;

import java.util.Locale;

/// The made-up inputs: a directory of files each, in event order, so that taking them file by file is taking them in time.
enum Input {
    /// Lines of ten words, Zipf over 10,000.
    LINES("lines", "value STRING", "value"),
    /// Events of 1,000 keys, up to five seconds out of order.
    EVENTS("events", "ts TIMESTAMP, key STRING, value DOUBLE, device INT, status STRING, region STRING", "ts"),
    /// The bids of the NEXMark benchmark.
    BIDS("bid",
            "auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, dateTime TIMESTAMP, extra STRING",
            "dateTime");

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

    /// What its files may be written as; the first is the usual one.
    Encoding usual() {
        return switch (this) {
            case LINES -> Encoding.TEXT;
            case EVENTS -> Encoding.JSON;
            case BIDS -> Encoding.PARQUET;
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How the files are written; the name is the format's in every engine's SQL.
    enum Encoding {
        TEXT, JSON, PARQUET;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
