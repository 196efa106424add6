package dev.thalweg.tests.bench;

import java.util.Optional;

/// The queries as Spark runs them in a stream, where it does.
final class SparkTexts {
    private SparkTexts() {}

    /// @param text the query as Thalweg says it
    static Optional<String> of(Workload workload, String text) {
        return switch (workload) {
            // an aggregate of aggregates and one above a join it has in append mode only, and by windows of event time
            case Q4, Q9 -> Optional.empty();
            // it counts no distinct values in a stream
            case Q15, Q16 -> Optional.empty();
            // a window is one column, which carries the watermark
            case Q5 -> Optional.of("""
                    WITH counts AS (
                      SELECT auction, count(*) AS num, window
                      FROM bid GROUP BY auction, window(dateTime, '10 seconds', '2 seconds'))
                    SELECT c.auction, c.num, c.window.start AS starts, c.window.end AS ends
                    FROM counts c JOIN (SELECT max(num) AS most, window FROM counts GROUP BY window) m
                      ON c.window = m.window AND c.num >= m.most""");
            case Q8 -> Optional.of("""
                    SELECT p.id, p.name, p.window.start AS starts
                    FROM (SELECT id, name, window FROM person GROUP BY id, name, window(dateTime, '10 seconds')) p
                    JOIN (SELECT seller, window FROM auction GROUP BY seller, window(dateTime, '10 seconds')) a
                      ON p.id = a.seller AND p.window = a.window""");
            // it ranks in no stream, but keeps the greatest
            case Q18 -> Optional.of("""
                    SELECT auction, bidder, last.price, last.channel, last.url, last.dateTime, last.extra FROM (
                      SELECT auction, bidder, max_by(struct(price, channel, url, dateTime, extra), dateTime) AS last
                      FROM bid GROUP BY auction, bidder)""");
            case Q19 -> Optional.of("""
                    SELECT auction, best.bidder, best.price, best.channel, best.url, best.dateTime, best.extra,
                      at + 1 AS place
                    FROM (SELECT auction, posexplode(bests) AS (at, best) FROM (
                      SELECT auction, max_by(struct(bidder, price, channel, url, dateTime, extra),
                        struct(price, -unix_micros(dateTime)), 10) AS bests FROM bid GROUP BY auction))""");
            case Q0, Q1, Q2, Q3, Q5_COUNT, Q7, Q11, Q12, Q17, Q20, Q22, WORD_COUNT, WINDOWED_COUNT, YAHOO,
                    FLIGHTS_BY_DAY,
                    FLIGHTS_BY_ROUTE -> Optional.of(text);
        };
    }
}
