package dev.thalweg.tests.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The streaming queries of `streams.txt`, what arrives, and Spark's answers as far as it was asked.
///
/// @param arriving by table, for each trigger the rows as they stand after VALUES
record StreamCases(Map<String, List<String>> arriving, List<Case> cases) {
    static final String ANSWER = "--> ";
    /// Stands for the answer of a query that gives no row at all.
    static final String NOTHING = ANSWER + "nothing";
    static final String COLUMNS = "url STRING, user INT, n INT, ts TIMESTAMP";
    static final String PAGES = "pages";
    static final String PAGES_COLUMNS = "url STRING, title STRING, weight INT";
    /// The streams, and by how many seconds their watermark trails; -1 for none.
    static final Map<String, Integer> STREAMS = Map.of("clicks", 10, "views", 5, "plain", -1);

    private static final Pattern ROWS = Pattern.compile("# (\\w+) \\d+: (\\(.*)");
    private static final Pattern CASE = Pattern.compile("(P2-\\d+) (append|update|complete): (.*)");

    /// @param answer lines with [#ANSWER]; none: not asked yet
    record Case(String id, String mode, String query, List<String> answer) {
        String line() {
            return id + " " + mode + ": " + query;
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

    /// What came out of each trigger as the lines of an answer, the rows of a trigger sorted.
    static List<String> answer(List<List<String>> triggers) {
        List<String> answer = new ArrayList<>();
        for (int i = 0; i < triggers.size(); i++) {
            int trigger = i;
            triggers.get(i).stream().sorted().forEach(row -> answer.add(ANSWER + trigger + ": " + row));
        }
        return answer.isEmpty() ? List.of(NOTHING) : answer;
    }
}
