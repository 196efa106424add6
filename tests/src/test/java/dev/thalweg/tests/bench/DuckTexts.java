package dev.thalweg.tests.bench;

/// The queries as DuckDB says them, fastest.
final class DuckTexts {
    private DuckTexts() {}

    /// @param text the query as Thalweg and Spark say it
    static String of(Workload workload, String text) {
        return switch (workload) {
            // counted by pane, then by window
            case Q5_COUNT -> """
                    SELECT auction, pane - k * INTERVAL 2 SECOND AS start, sum(n)::BIGINT AS n
                    FROM (SELECT auction, time_bucket(INTERVAL 2 SECOND, dateTime) AS pane, count(*) AS n
                    FROM bid GROUP BY ALL), range(5) r(k) GROUP BY ALL""";
            case Q5 -> """
                    SELECT auction, num, starts, starts + INTERVAL 10 SECOND AS ends FROM (
                      SELECT auction, pane - k * INTERVAL 2 SECOND AS starts, sum(n)::BIGINT AS num
                      FROM (SELECT auction, time_bucket(INTERVAL 2 SECOND, dateTime) AS pane, count(*) AS n
                      FROM bid GROUP BY ALL), range(5) r(k) GROUP BY ALL)
                    QUALIFY num = max(num) OVER (PARTITION BY starts)""";
            case Q7 -> """
                    SELECT auction, price, bidder, dateTime, extra FROM bid
                    QUALIFY price = max(price) OVER (PARTITION BY time_bucket(INTERVAL 10 SECOND, dateTime))""";
            case Q8 -> """
                    SELECT DISTINCT p.id, p.name, time_bucket(INTERVAL 10 SECOND, p.dateTime) AS starts
                    FROM person p JOIN auction a ON p.id = a.seller
                    AND time_bucket(INTERVAL 10 SECOND, p.dateTime) = time_bucket(INTERVAL 10 SECOND, a.dateTime)""";
            case Q11 ->
                    """
                            SELECT bidder, count(*) AS bids, min(dateTime) AS starts,
                            max(dateTime) + INTERVAL 10 SECOND AS ends FROM (
                              SELECT bidder, dateTime, sum(begins) OVER (PARTITION BY bidder ORDER BY dateTime) AS session FROM (
                                SELECT bidder, dateTime, (dateTime < lag(dateTime) OVER (PARTITION BY bidder ORDER BY dateTime)
                                  + INTERVAL 10 SECOND IS NOT TRUE)::INT AS begins FROM bid))
                            GROUP BY bidder, session""";
            // a batch knows one time only
            case Q12 -> """
                    SELECT bidder, count(*) AS n, time_bucket(INTERVAL 10 SECOND, now()) AS start,
                    start + INTERVAL 10 SECOND AS finish FROM bid GROUP BY ALL""";
            case WORD_COUNT -> """
                    SELECT word, count(*) AS n FROM (SELECT unnest(string_split(value, ' ')) AS word FROM lines)
                    GROUP BY word""";
            case WINDOWED_COUNT -> """
                    SELECT time_bucket(INTERVAL 1 MINUTE, ts) AS start, key, count(*) AS n
                    FROM events GROUP BY ALL""";
            case YAHOO -> """
                    SELECT campaign, time_bucket(INTERVAL 10 SECOND, event_time) AS start, count(*) AS n
                    FROM ads JOIN campaigns ON ad_id = ad WHERE event_type = 'view' GROUP BY ALL""";
            case FLIGHTS_BY_DAY -> """
                    SELECT origin, time_bucket(INTERVAL 1 DAY, departed) AS start, count(*) AS n, avg(delay) AS delay,
                    max(delay) AS longest FROM flights GROUP BY ALL""";
            case Q15, Q16, Q17 -> text
                    .replace("date_format(dateTime, 'yyyy-MM-dd')", "strftime(dateTime, '%Y-%m-%d')")
                    .replace("date_format(dateTime, 'HH:mm')", "strftime(dateTime, '%H:%M')");
            case Q0, Q1, Q2, Q3, Q4, Q9, Q18, Q19, Q20, Q22, FLIGHTS_BY_ROUTE -> text;
        };
    }
}
