package dev.thalweg.tests.bench;

/// The queries as Flink says them: windows are table functions, and words that are reserved stand in backquotes.
///
/// `campaign_of` looks an ad up in a table in memory: a join would keep every view as state.
final class FlinkTexts {
    private FlinkTexts() {}

    /// @param text the query as Thalweg and Spark say it
    static String of(Workload workload, String text) {
        return switch (workload) {
            case Q5_COUNT -> "SELECT auction, window_start, COUNT(*) FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), "
                    + "INTERVAL '2' SECOND, INTERVAL '10' SECOND)) GROUP BY auction, window_start, window_end";
            case Q4 -> quoted(text).replace("avg(best)", "avg(CAST(best AS DOUBLE))");
            case Q5 ->
                    "WITH counts AS (SELECT auction, COUNT(*) AS num, window_start AS starts, window_end AS ends FROM "
                            + "TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND)) "
                            + "GROUP BY auction, window_start, window_end) SELECT c.auction, c.num, c.starts, c.ends "
                            + "FROM counts c JOIN (SELECT MAX(num) AS most, starts, ends FROM counts GROUP BY starts, ends) m "
                            + "ON c.starts = m.starts AND c.ends = m.ends AND c.num >= m.most";
            case Q7 -> "SELECT b.auction, b.price, b.bidder, b.`dateTime`, b.extra FROM bid b JOIN ("
                    + "SELECT MAX(price) AS highest, window_end AS ends FROM " + tumbling("bid")
                    + " GROUP BY window_start, window_end) m ON b.price = m.highest "
                    + "AND b.`dateTime` >= m.ends - INTERVAL '10' SECOND AND b.`dateTime` < m.ends";
            case Q8 ->
                    "SELECT p.id, p.name, p.starts FROM (SELECT id, name, window_start AS starts, window_end AS ends "
                            + "FROM " + tumbling("person") + " GROUP BY id, name, window_start, window_end) p JOIN ("
                            + "SELECT seller, window_start AS starts, window_end AS ends FROM " + tumbling("auction")
                            + " GROUP BY seller, window_start, window_end) a "
                            + "ON p.id = a.seller AND p.starts = a.starts AND p.ends = a.ends";
            case Q11 -> "SELECT bidder, COUNT(*), window_start, window_end FROM TABLE(SESSION(TABLE bid PARTITION BY "
                    + "bidder, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND)) GROUP BY bidder, window_start, window_end";
            // a window of the clock that is open when bounded input ends would never be shown
            case Q12 -> """
                    SELECT bidder, COUNT(*), TO_TIMESTAMP_LTZ(10 * tenth, 0), TO_TIMESTAMP_LTZ(10 * tenth + 10, 0)
                    FROM (SELECT bidder, UNIX_TIMESTAMP() / 10 AS tenth FROM bid) GROUP BY bidder, tenth""";
            case Q15, Q16 -> quoted(text);
            // its average of whole numbers is a whole number
            case Q17 -> quoted(text).replace("avg(price)", "avg(CAST(price AS DOUBLE))");
            case Q22 -> text.replace("split_part(url, '/', 4)", "SPLIT_INDEX(url, '/', 3)")
                    .replace("split_part(url, '/', 5)", "SPLIT_INDEX(url, '/', 4)")
                    .replace("split_part(url, '/', 6)", "SPLIT_INDEX(url, '/', 5)");
            case WORD_COUNT -> "SELECT word, COUNT(*) FROM `lines` CROSS JOIN UNNEST(SPLIT(`value`, ' ')) AS t (word) "
                    + "GROUP BY word";
            case WINDOWED_COUNT -> "SELECT window_start, `key`, COUNT(*) FROM TABLE(TUMBLE(TABLE events, "
                    + "DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY `key`, window_start, window_end";
            case YAHOO -> """
                    WITH viewed AS (
                        SELECT campaign_of(ad_id) AS campaign, event_time FROM ads WHERE event_type = 'view')
                    SELECT campaign, window_start, COUNT(*)
                    FROM TABLE(TUMBLE(TABLE viewed, DESCRIPTOR(event_time), INTERVAL '10' SECOND))
                    WHERE campaign IS NOT NULL GROUP BY campaign, window_start, window_end""";
            case FLIGHTS_BY_DAY -> """
                    SELECT origin, window_start, COUNT(*), AVG(CAST(delay AS DOUBLE)), MAX(delay)
                    FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(departed), INTERVAL '1' DAY))
                    GROUP BY origin, window_start, window_end""";
            case FLIGHTS_BY_ROUTE -> text.replace("avg(delay)", "avg(CAST(delay AS DOUBLE))");
            case Q0, Q1, Q2, Q3, Q9, Q18, Q19, Q20 -> quoted(text);
        };
    }

    private static String tumbling(String table) {
        return "TABLE(TUMBLE(TABLE " + table + ", DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND))";
    }

    private static String quoted(String text) {
        return text.replace("dateTime", "`dateTime`").replace("AS day", "AS `day`").replace("AS minute", "AS `minute`")
                .replace("p.state", "p.`state`");
    }
}
