package dev.thalweg.tests.bench;

import java.util.Locale;

/// The queries that are compared, and the input of each.
enum BenchQuery {
    /// Lines of ten words, exploded and counted per word.
    WORD_COUNT("lines", "word"),
    /// JSON events, counted per key and minute of event time, with a watermark ten seconds behind.
    WINDOWED_COUNT("events", "window.start, key");

    /// What an engine reads the events as: the types are given, so that nobody spends time on finding them.
    static final String EVENT_COLUMNS = "ts TIMESTAMP, key STRING, value DOUBLE, device INT, status STRING, region STRING";

    private final String input;
    private final String key;

    BenchQuery(String input, String key) {
        this.input = input;
        this.key = key;
    }

    /// The directory of its input files, below the data directory.
    String input() {
        return input;
    }

    /// The grouping columns, as the report shows them.
    String key() {
        return key;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
