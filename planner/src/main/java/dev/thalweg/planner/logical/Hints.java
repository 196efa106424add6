package dev.thalweg.planner.logical;

import dev.thalweg.parser.StatementParser;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What stands in `/*+ … */` behind a SELECT: how long operators keep what comes of a relation, and what Spark's programs say
/// of joins and partitions, which is chosen here without being asked.
public final class Hints {
    private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

    private static final String STATE_TTL = "STATE_TTL";
    private static final String JOINS = "joins are chosen by what is joined";
    private static final String PARTITIONS = "rows are spread over the tasks by key";
    /// What Spark knows, and why there is nothing to do.
    private static final Map<String, String> OF_SPARK = Map.ofEntries(Map.entry("BROADCAST", JOINS),
            Map.entry("BROADCASTJOIN", JOINS), Map.entry("MAPJOIN", JOINS), Map.entry("MERGE", JOINS),
            Map.entry("SHUFFLE_MERGE", JOINS), Map.entry("MERGEJOIN", JOINS), Map.entry("SHUFFLE_HASH", JOINS),
            Map.entry("SHUFFLE_REPLICATE_NL", JOINS), Map.entry("COALESCE", PARTITIONS),
            Map.entry("REPARTITION", PARTITIONS), Map.entry("REPARTITION_BY_RANGE", PARTITIONS),
            Map.entry("REBALANCE", PARTITIONS));
    /// Flink's short names of units.
    private static final Map<String, String> UNITS = Map.of("d", "days", "h", "hours", "m", "minutes", "min", "minutes",
            "s", "seconds", "ms", "milliseconds");
    private static final Pattern SHORT = Pattern.compile("(\\d+)\\s*(d|h|min|ms|m|s)\\b");

    private final List<Note> notes = new ArrayList<>();
    private final Map<String, Long> lives = new HashMap<>();
    private final Map<String, SqlParserPos> places = new HashMap<>();
    private final Set<String> dependent = new HashSet<>();

    /// What became of a hint.
    ///
    /// @param known whether it is one; else it was written for nothing
    public record Note(String text, boolean known) {}

    /// Says which hints were written for nothing.
    static void warn(List<Note> notes) {
        notes.stream().filter(note -> !note.known()).forEach(note -> LOG.warn("Hint {}", note.text()));
    }

    static Hints of(SqlNodeList hints) {
        Hints read = new Hints();
        hints.forEach(hint -> read.read((SqlHint) hint));
        return read;
    }

    private void read(SqlHint hint) {
        boolean pairs = hint.getOptionFormat() == SqlHint.HintOptionFormat.KV_LIST;
        List<SqlNode> options = ((SqlNodeList) hint.getOperandList().get(1)).getList();
        if (!hint.getName().equalsIgnoreCase(STATE_TTL)) {
            notes.add(note(hint.getName(), options.stream().map(Hints::text).collect(Collectors.joining(", "))));
            return;
        }
        if (!pairs) {
            throw new QueryProblem("THW-1121", "STATE_TTL names relations of FROM, each with its time to live.",
                    hint.getParserPosition(), "Write /*+ STATE_TTL('o' = '1 hour', 'c' = '3 days') */.");
        }
        for (int i = 0; i < options.size(); i += 2) {
            String name = text(options.get(i)).toLowerCase(Locale.ROOT);
            SqlNode time = options.get(i + 1);
            lives.put(name, micros(text(time)).orElseThrow(() -> new QueryProblem("THW-1121",
                    "'" + text(time) + "' is no time to live.", time.getParserPosition(),
                    "Write a length of time from a millisecond up, such as '1 hour'; or 'none': for ever.")));
            places.put(name, options.get(i).getParserPosition());
            notes.add(new Note(STATE_TTL + "('" + text(options.get(i)) + "' = '" + text(time)
                    + "'): EXPLAIN STATE says what it frees", true));
        }
    }

    private static String text(SqlNode option) {
        return switch (option) {
            case SqlIdentifier name -> String.join(".", name.names);
            case SqlLiteral literal -> String.valueOf(literal.toValue());
            default -> option.toString();
        };
    }

    /// What becomes of a hint that says nothing of time.
    public static Note note(String name, String arguments) {
        String text = name.toUpperCase(Locale.ROOT) + (arguments.isEmpty() ? "" : "(" + arguments + ")");
        String reason = OF_SPARK.get(name.toUpperCase(Locale.ROOT));
        return reason == null
                ? new Note(text + ": unknown, ignored", false)
                : new Note(text + ": not needed, " + reason, true);
    }

    /// How long something lives that a program gives with a hint.
    ///
    /// @return empty where the hint is another one
    public static Optional<Long> timeToLive(String name, List<String> arguments) {
        if (!name.equalsIgnoreCase(STATE_TTL)) {
            return Optional.empty();
        }
        Optional<Long> micros = arguments.size() == 1 ? micros(arguments.getFirst()) : Optional.empty();
        if (micros.isEmpty()) {
            throw new InvalidQuery("THW-1121",
                    "hint(\"state_ttl\", …) takes one length of time from a millisecond up, not " + arguments
                            + ". Write hint(\"state_ttl\", \"1 hour\"), or \"none\": for ever.");
        }
        return micros;
    }

    /// 0: for ever.
    private static Optional<Long> micros(String text) {
        String time = text.strip().toLowerCase(Locale.ROOT);
        if (time.equals("none")) {
            return Optional.of(0L);
        }
        try {
            long micros = StatementParser.parseIntervalMicros(
                    SHORT.matcher(time).replaceAll(unit -> unit.group(1) + " " + UNITS.get(unit.group(2))));
            return micros == 0 || micros >= 1_000 ? Optional.of(micros) : Optional.empty();
        } catch (InvalidQuery e) {
            return Optional.empty();
        }
    }

    List<Note> notes() {
        return notes;
    }

    /// How long what comes of a relation lives; 0: for ever. It is known to be there then.
    Optional<Long> take(String alias) {
        places.remove(alias.toLowerCase(Locale.ROOT));
        return Optional.ofNullable(lives.get(alias.toLowerCase(Locale.ROOT)));
    }

    /// Of a relation that is made anew for each row beside it, and has no time of its own.
    void leave(String alias) {
        dependent.add(alias.toLowerCase(Locale.ROOT));
    }

    /// **Errors** `THW-1122` for a name that is none of FROM
    void checkNames(List<String> aliases, @Nullable SqlNode from) {
        List<String> named = aliases.stream().filter(alias -> !alias.startsWith("$")).toList();
        List<String> own = named.stream().filter(alias -> !dependent.contains(alias.toLowerCase(Locale.ROOT)))
                .toList();
        String there = from == null
                ? "There is no FROM."
                : own.isEmpty()
                        ? "Give the relation a name: FROM (…) AS q."
                        : "There are: " + String.join(", ", own) + ".";
        places.forEach((name, place) -> {
            if (dependent.contains(name)) {
                throw new QueryProblem("THW-1122",
                        "STATE_TTL names '" + name + "', which a function or LATERAL makes of"
                                + " the rows beside it, so it has no time to live of its own.",
                        place, there);
            }
            throw new QueryProblem("THW-1122", "STATE_TTL names '" + name + "', which is none of FROM.", place,
                    isInside(from, name)
                            ? "It stands inside another relation of FROM. Name it in a SELECT of its own there: (SELECT /*+"
                                    + " STATE_TTL('" + name + "' = …) */ * FROM " + name + ")."
                            : there);
        });
    }

    /// Whether a relation of FROM is made of one with that name, as by MATCH_RECOGNIZE.
    private static boolean isInside(@Nullable SqlNode from, String name) {
        boolean[] found = {false};
        if (from != null) {
            from.accept(new SqlBasicVisitor<@Nullable Void>() {
                @Override
                public @Nullable Void visit(SqlIdentifier identifier) {
                    found[0] |= identifier.names.getLast().equalsIgnoreCase(name);
                    return null;
                }
            });
        }
        return found[0];
    }
}
