package dev.thalweg.tests.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.Label;
import net.jqwik.api.Reporter;

/// After every trigger the result of a query is the batch answer over all input so far, less the late rows; whatever the
/// query, the input, its cut into triggers, the number of tasks, wherever the query was stopped and started again, and
/// whether its state stays in memory.
///
/// `-Dlaw.cases` sets how many cases are drawn, `-Dlaw.seed` the first seed. A query is drawn once for every
/// [#DATA_SETS] inputs and cuts, so that its plan is compiled once for all of them.
@Label("The law")
final class LawProperties {
    private static final int DATA_SETS = 2;
    private static final int CASES = Integer.getInteger("law.cases", 1_000);
    private static final long FIRST_SEED = Long.getLong("law.seed", 1_000_000);
    /// A session is replaced after so many plans: its catalog of memory tables only grows.
    private static final int PLANS_A_SESSION = 50;

    private static final Path KEPT = Path.of("target", "law");

    @Example
    @Label("holds for random queries, input, cuts, restarts and tasks")
    void holds(Reporter reporter) {
        Distribution distribution = new Distribution(Part.LANDED);
        int answered = 0;
        int cases = 0;
        ThalwegRunner runner = new ThalwegRunner();
        List<String> failures = new ArrayList<>();
        try (DuckDb duck = new DuckDb()) {
            for (long seed = FIRST_SEED; cases < CASES
                    && failures.size() < Integer.getInteger("law.failures", 1); seed++) {
                QueryGenerator.Plan plan = QueryGenerator.draw(seed, Part.LANDED);
                for (int i = 0; i < DATA_SETS && cases < CASES; i++, cases++) {
                    QueryCase query = DataGenerator.draw(plan, seed, i);
                    distribution.add(query,
                            Interpreter.after(query, query.triggers().size() - 1, LatenessModel.of(query)).late());
                    String wrong = runner.check(query);
                    if (wrong.isEmpty() && DuckSql.reaches(query)) {
                        answered++;
                        wrong = RowBag.difference(duck.batch(query), Interpreter.batch(query));
                    }
                    if (!wrong.isEmpty()) {
                        failures.add(explain(runner, query, wrong));
                        break;
                    }
                }
                if (seed % PLANS_A_SESSION == PLANS_A_SESSION - 1) {
                    close(runner, failures);
                    runner = new ThalwegRunner();
                }
            }
        } finally {
            close(runner, failures);
        }
        reporter.publishValue("distribution", distribution.toString());
        reporter.publishValue("answered by DuckDB", answered + " of " + cases);
        assertThat(failures).as("the law is broken").isEmpty();
        assertThat(answered).isGreaterThanOrEqualTo(cases * 8 / 10);
        assertThat(distribution.rare()).as("drawn in fewer than one case in two hundred:%n%s", distribution).isEmpty();
    }

    private static void close(ThalwegRunner runner, List<String> failures) {
        try {
            runner.close();
        } catch (IllegalStateException e) { // so Arrow says that memory was not given back
            failures.add("a session does not close: " + e.getMessage());
        }
    }

    /// The smallest case that fails in the same way, as a script; kept in `target/law`, from where it goes to the specs.
    private static String explain(ThalwegRunner runner, QueryCase query, String wrong) {
        String kind = kind(wrong);
        QueryCase small = new Reducer(candidate -> kind(runner.check(candidate)).equals(kind)).reduce(query);
        String stillWrong = runner.check(small);
        String script = Script.of(small, stillWrong.isEmpty() ? wrong + " (not always)" : stillWrong);
        try {
            Files.createDirectories(KEPT);
            Files.writeString(KEPT.resolve(query.seed() + ".sql"), script);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the case", e);
        }
        return script;
    }

    /// What is wrong without the values: a smaller case that fails for another reason is another case.
    private static String kind(String wrong) {
        Matcher code = Pattern.compile("THW-\\d+").matcher(wrong);
        return wrong.startsWith(ThalwegRunner.REFUSES)
                ? code.find() ? code.group() : wrong.lines().findFirst().orElse("")
                : wrong.isEmpty() ? "" : wrong.replaceAll("(?s)[\\d:].*", "");
    }
}
