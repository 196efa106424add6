package dev.thalweg.tests.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The streaming queries of `streams.txt`, what arrives, and Spark's answers as far as it was asked.
///
/// @param arriving by table, for each trigger the rows as they stand after VALUES
record StreamCases(Map<String, List<String>> arriving, List<Case> cases) {
    static final String ANSWER = "--> ";
    /// What Spark refuses, before the name of its error.
    static final String ERROR = ANSWER + "ERROR ";
    /// Stands for the answer of a query that gives no row at all.
    static final String NOTHING = ANSWER + "nothing";
    static final String COLUMNS = "url STRING, user INT, n INT, ts TIMESTAMP";
    static final String PAGES = "pages";
    static final String PAGES_COLUMNS = "url STRING, title STRING, weight INT";
    /// The streams, and by how many seconds their watermark trails; -1 for none.
    static final Map<String, Integer> STREAMS = Map.of("clicks", 10, "views", 5, "plain", -1);

    private static final Pattern ROWS = Pattern.compile("# (\\w+) \\d+: (\\(.*)");
    private static final Pattern CASE = Pattern.compile("(P2-\\d+) (append|update|complete): (.*)");
    private static final Pattern ORDERED = Pattern.compile("ORDER BY [^()]*$");

    private static final Pattern POLICY = Pattern.compile("with policy (min|max): (.*)");
    private static final Pattern CALL = Pattern.compile(" \\.(\\w+)\\(([^()]*)\\)$");

    /// @param query SQL, and behind it calls of the Java API, ` .dropDuplicates(url, ts)`; before it perhaps
    ///        `with policy max: `, of watermarks
    /// @param answer lines with [#ANSWER]; none: not asked yet
    record Case(String id, String mode, String query, List<String> answer) {
        String line() {
            return id + " " + mode + ": " + query;
        }

        String watermarkPolicy() {
            Matcher policy = POLICY.matcher(query);
            return policy.matches() ? policy.group(1) : "min";
        }

        String sql() {
            Matcher policy = POLICY.matcher(query);
            String sql = policy.matches() ? policy.group(2) : query;
            for (Matcher call = CALL.matcher(sql); call.find(); call = CALL.matcher(sql)) {
                sql = sql.substring(0, call.start());
            }
            return sql;
        }

        /// What is called on the query, in that order.
        List<Call> calls() {
            ArrayDeque<Call> calls = new ArrayDeque<>();
            String rest = query;
            for (Matcher call = CALL.matcher(rest); call.find(); call = CALL.matcher(rest)) {
                calls.addFirst(new Call(Call.Name.of(call.group(1)), List.of(call.group(2).split(", "))));
                rest = rest.substring(0, call.start());
            }
            return List.copyOf(calls);
        }

        boolean isError() {
            return !answer.isEmpty() && answer.getFirst().startsWith(ERROR);
        }

        /// Whether the order of the rows of a result is part of the answer.
        boolean isOrdered() {
            return ORDERED.matcher(query).find();
        }
    }

    /// A call of a method of a dataset.
    record Call(Name name, List<String> arguments) {
        enum Name {
            WITH_WATERMARK, DROP_DUPLICATES, DROP_DUPLICATES_WITHIN_WATERMARK, LIMIT, GROUP_COUNT;

            static Name of(String method) {
                return valueOf(method.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
            }
        }
    }

    static StreamCases read(Path file) {
        Map<String, List<String>> arriving = new LinkedHashMap<>();
        List<Case> cases = new ArrayList<>();
        for (String line : lines(file)) {
            Matcher rows = ROWS.matcher(line);
            Matcher query = CASE.matcher(line);
            if (rows.matches()) {
                arriving.computeIfAbsent(rows.group(1), _ -> new ArrayList<>()).add(rows.group(2));
            } else if (query.matches()) {
                cases.add(new Case(query.group(1), query.group(2), query.group(3), new ArrayList<>()));
            } else if (line.startsWith(ANSWER)) {
                cases.getLast().answer().add(line);
            }
        }
        arriving.put("plain", arriving.getOrDefault("clicks", List.of()));
        return new StreamCases(arriving, cases);
    }

    int triggers() {
        return arriving.getOrDefault("clicks", List.of()).size();
    }

    List<String> rows(String table) {
        return arriving.getOrDefault(table, List.of());
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What came out of each trigger as the lines of an answer, the rows of a trigger sorted unless the query says how.
    static List<String> answer(Case asked, List<List<String>> triggers) {
        List<String> answer = new ArrayList<>();
        for (int i = 0; i < triggers.size(); i++) {
            int trigger = i;
            Stream<String> rows = triggers.get(i).stream();
            (asked.isOrdered() ? rows : rows.sorted()).forEach(row -> answer.add(ANSWER + trigger + ": " + row));
        }
        return answer.isEmpty() ? List.of(NOTHING) : answer;
    }
}
