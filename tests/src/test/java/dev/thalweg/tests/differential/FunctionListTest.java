package dev.thalweg.tests.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.planner.function.FunctionRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Keeps `docs/functions.md` true. `-Dspec.rewrite=true` writes what is there, what is not and why into it; read the diff before you
/// commit it.
@DisplayName("The list of Spark's functions")
final class FunctionListTest {
    private static final Path LIST = Path.of("../docs/functions.md");
    private static final Pattern ROW = Pattern.compile("\\| `(.+?)` \\| (yes|no) \\|(.*)\\|");
    private static final String OURS = "## Ours alone";
    /// What the grammar makes of these is no function of the registry.
    private static final Set<String> SYNTAX = Set.of("!", "!=", "==", "<<", ">>", ">>>", "between", "case", "cast",
            "||", "*", "+", "-", "/", "%", "&", "^", "~", "|", "<", "<=", "<=>", "<>", "=", ">", ">=", "and", "or",
            "not", "in", "like", "rlike", "div", "count_if");

    private final FunctionRegistry functions = FunctionRegistry.load();

    @Test
    @DisplayName("says of each whether a query may call it, and why not")
    void isTrue() throws IOException {
        List<String> written = Files.readAllLines(LIST, StandardCharsets.UTF_8);
        List<String> meant = written.stream().map(this::meant).collect(Collectors.toCollection(ArrayList::new));
        meant.replaceAll(line -> line.startsWith("**") ? summary(meant) : line);
        if (Boolean.getBoolean("spec.rewrite")) {
            Files.write(LIST, meant, StandardCharsets.UTF_8);
        }
        assertThat(Files.readAllLines(LIST, StandardCharsets.UTF_8)).as("run this test with -Dspec.rewrite=true")
                .isEqualTo(meant);
    }

    private String meant(String line) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            return line;
        }
        String name = row.group(1).replace("\\|", "|");
        boolean there = SYNTAX.contains(name) || functions.isThere(name);
        return "| `%s` | %s | %s |".formatted(row.group(1), there ? "yes" : "no",
                there ? "" : functions.whyAbsent(name).orElse("**no reason given**")).replace("|  |", "| |");
    }

    private static String summary(List<String> lines) {
        List<Matcher> rows = lines.subList(0, lines.indexOf(OURS)).stream().map(ROW::matcher).filter(Matcher::matches)
                .toList();
        long there = rows.stream().filter(row -> row.group(2).equals("yes")).count();
        return "**%d of %d are there: %d %%.**".formatted(there, rows.size(), 100 * there / rows.size());
    }

    @Test
    @DisplayName("knows a reason for each that is not there, and every function that is")
    void isWhole() throws IOException {
        List<String> lines = Files.readAllLines(LIST, StandardCharsets.UTF_8);
        assertThat(lines).noneMatch(line -> line.contains("no reason given"));
        Set<String> listed = lines.stream().map(ROW::matcher).filter(Matcher::matches)
                .map(row -> row.group(1).replace("\\|", "|")).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(functions.names());
        missing.removeAll(listed);
        assertThat(missing).as("functions to add to docs/functions.md, below '%s' if Spark has none", OURS).isEmpty();
    }
}
