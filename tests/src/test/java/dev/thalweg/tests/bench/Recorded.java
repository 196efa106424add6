package dev.thalweg.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;

/// What queries cost when somebody last wrote it down: CPU seconds as a ratio to [ReferenceLoop], so that another machine or
/// a busy hour changes it little. A file of a line of JSON for each query and input.
final class Recorded {
    /// How many times its recorded ratio a query may cost: what a busy machine makes of equal code.
    static final double TOLERATED = 1.25;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final TreeMap<String, JsonNode> lines = new TreeMap<>();

    private Recorded(Path file) {
        this.file = file;
    }

    /// What a check found: a line for the user, and whether it is a reason to fail.
    record Verdict(String line, boolean fails) {}

    static Recorded read(Path file) throws IOException {
        Recorded recorded = new Recorded(file);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                JsonNode figures = JSON.readTree(line);
                recorded.lines.put(figures.path("query").asText() + " " + figures.path("input").asText(), figures);
            }
        }
        return recorded;
    }

    /// @param query the query's name
    /// @param input what it reads, with its size
    /// @param ratio its CPU seconds, divided by the reference loop's
    Verdict check(String query, String input, double ratio) {
        JsonNode figures = lines.get(query + " " + input);
        if (figures == null) {
            return new Verdict("%s over %s: nothing is recorded in %s; --record does it".formatted(query, input, file),
                    true);
        }
        double before = figures.path("cpuToReference").asDouble();
        double change = ratio / before;
        String word = change > TOLERATED ? "SLOWER" : change < 1 / TOLERATED ? "faster" : "as before";
        return new Verdict(String.format(Locale.ROOT, "%s over %s: %s, %.2f times the recorded %.2f (%.2f now)", query,
                input, word, change, before, ratio), change > TOLERATED);
    }

    /// Takes the place of what was recorded before for the same query and input.
    void record(String query, String input, double ratio) throws IOException {
        ObjectNode figures = JSON.createObjectNode();
        figures.put("query", query).put("input", input).put("cpuToReference", Math.round(ratio * 1e3) / 1e3);
        lines.put(query + " " + input, figures);
        Files.createDirectories(file.toAbsolutePath().getParent());
        StringBuilder text = new StringBuilder();
        lines.values().forEach(line -> text.append(line).append('\n'));
        Files.writeString(file, text);
    }
}
