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
    private static final Map<String, String> INSTEAD = Map.ofEntries(Map.entry("session", SESSION),
            Map.entry("session_start", SESSION), Map.entry("session_end", SESSION), Map.entry("tumble", TUMBLE),
            Map.entry("tumble_start", TUMBLE),
            Map.entry("tumble_end", TUMBLE), Map.entry("hop", HOP), Map.entry("hop_start", HOP),
            Map.entry("hop_end", HOP), Map.entry("cumulate", CUMULATE),
            Map.entry("table", "Write a table function alone, FROM explode(…)."));

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
