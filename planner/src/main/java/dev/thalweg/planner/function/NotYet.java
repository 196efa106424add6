package dev.thalweg.planner.function;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The functions that a user may know from Spark or the standard, that we mean to have, and what serves until then.
public final class NotYet {
    private static final String SESSIONS = "A session has no substitute yet; window(ts, size) cuts time at fixed places.";
    private static final String TUMBLE = "Write GROUP BY window(ts, size), such as window(ts, INTERVAL '1' MINUTE), and window.start.";
    private static final String HOP = "Write GROUP BY window(ts, size, slide), such as window(ts, INTERVAL '10' MINUTE,"
            + " INTERVAL '1' MINUTE), and window.start.";
    private static final String CUMULATE = "Group by window(ts, step) and add up the steps of what you read of the result.";
    private static final String OVER = "It needs OVER, which is not supported yet either. Use GROUP BY, or aggregate by window(ts, size).";
    private static final Map<String, String> INSTEAD = Map.ofEntries(Map.entry("session_window", SESSIONS),
            Map.entry("session", SESSIONS), Map.entry("tumble", TUMBLE), Map.entry("tumble_start", TUMBLE),
            Map.entry("tumble_end", TUMBLE), Map.entry("hop", HOP), Map.entry("hop_start", HOP),
            Map.entry("hop_end", HOP), Map.entry("cumulate", CUMULATE), Map.entry("row_number", OVER),
            Map.entry("rank", OVER), Map.entry("dense_rank", OVER), Map.entry("percent_rank", OVER),
            Map.entry("cume_dist", OVER), Map.entry("ntile", OVER), Map.entry("lag", OVER), Map.entry("lead", OVER),
            Map.entry("nth_value", OVER),
            Map.entry("approx_count_distinct", "count(DISTINCT x) counts exactly."),
            Map.entry("table", "Write a table function alone, FROM explode(…). For TUMBLE and HOP: GROUP BY"
                    + " window(ts, size [, slide])."));

    private NotYet() {}

    public static boolean is(String name) {
        return INSTEAD.containsKey(name.toLowerCase(Locale.ROOT));
    }

    static Optional<QueryProblem> of(String name, SqlParserPos place) {
        return Optional.ofNullable(INSTEAD.get(name.toLowerCase(Locale.ROOT)))
                .map(instead -> new QueryProblem("THW-3140", "'" + name.toLowerCase(Locale.ROOT)
                        + "' is not supported yet.", place, instead));
    }
}
