package dev.thalweg.planner.function;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The functions that a user may know from Spark or the standard, that we mean to have, and what serves until then.
public final class NotYet {
    private static final String TUMBLE = "Write GROUP BY window(ts, size), such as window(ts, INTERVAL '1' MINUTE), and window.start;"
            + " or FROM TUMBLE(TABLE t, DESCRIPTOR(ts), size) and window_start.";
    private static final String HOP = "Write GROUP BY window(ts, size, slide), such as window(ts, INTERVAL '10' MINUTE,"
            + " INTERVAL '1' MINUTE), and window.start; or FROM HOP(TABLE t, DESCRIPTOR(ts), slide, size) and window_start.";
    private static final String CUMULATE = "It stands in FROM: CUMULATE(TABLE t, DESCRIPTOR(ts), step, size).";
    private static final String SESSION = "Write GROUP BY session_window(ts, gap) and session_window.start; or"
            + " FROM SESSION(TABLE t PARTITION BY k, DESCRIPTOR(ts), gap) and window_start.";
    private static final String OVER = "It needs OVER, which is not supported yet either. Use GROUP BY, or aggregate by window(ts, size).";
    private static final String JSON_VALUES = "Take single values with get_json_object(text, '$.a').";
    private static final String DECLARE = "Declare the columns where the table is created, or let a table of files infer them.";
    private static final Map<String, String> INSTEAD = Map.ofEntries(Map.entry("session", SESSION),
            Map.entry("session_start", SESSION), Map.entry("session_end", SESSION), Map.entry("tumble", TUMBLE), Map.entry("tumble_start", TUMBLE),
            Map.entry("tumble_end", TUMBLE), Map.entry("hop", HOP), Map.entry("hop_start", HOP),
            Map.entry("hop_end", HOP), Map.entry("cumulate", CUMULATE), Map.entry("row_number", OVER),
            Map.entry("rank", OVER), Map.entry("dense_rank", OVER), Map.entry("percent_rank", OVER),
            Map.entry("cume_dist", OVER), Map.entry("ntile", OVER), Map.entry("lag", OVER), Map.entry("lead", OVER),
            Map.entry("nth_value", OVER),
            Map.entry("approx_count_distinct", "count(DISTINCT x) counts exactly."),
            Map.entry("table", "Write a table function alone, FROM explode(…)."),
            Map.entry("json_tuple", JSON_VALUES), Map.entry("schema_of_json", DECLARE),
            Map.entry("schema_of_csv", DECLARE),
            Map.entry("from_csv", "Read CSV with a csv source, or cut a text with split."),
            Map.entry("to_csv", "Write CSV with a csv sink, or put the text together with concat_ws."),
            Map.entry("from_json",
                    "Read JSON with a json source. " + JSON_VALUES),
            Map.entry("to_json", "Write JSON with a json sink, or put the text together with concat."));

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
