package dev.thalweg.tests.law;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One thread's share of the law's cases, with a session and a DuckDB of its own.
///
/// A query is drawn once for every [#DATA_SETS] inputs and cuts, so that its plan is made once for all of them.
final class LawWorker implements Runnable {
    private static final int DATA_SETS = 2;
    /// A session is replaced after so many plans: its catalog of memory tables only grows.
    private static final int PLANS_A_SESSION = 100;
    private static final int CASES_A_REPORT = 500;
    private static final Path KEPT = Path.of("target", "law");

    private final Plans plans;
    private final Distribution distribution = new Distribution(Part.LANDED);
    private final List<String> failures = new ArrayList<>();
    private ThalwegRunner runner = new ThalwegRunner();
    private int answered;

    LawWorker(Plans plans) {
        this.plans = plans;
    }

    /// What all workers take their cases from.
    static final class Plans {
        private final AtomicLong nextSeed;
        private final AtomicInteger casesLeft;
        private final AtomicInteger failuresLeft;

        Plans(long firstSeed, int cases, int failures) {
            nextSeed = new AtomicLong(firstSeed);
            casesLeft = new AtomicInteger(cases);
            failuresLeft = new AtomicInteger(failures);
        }

        private boolean hasNext() {
            return casesLeft.get() > 0 && failuresLeft.get() > 0;
        }

        /// Whether there is one more. A run of hours says now and then how far it is.
        private boolean take() {
            int left = casesLeft.getAndDecrement();
            if (left % CASES_A_REPORT == 0) {
                keep("progress", left + " cases to go, " + failuresLeft + " more failures are the end\n");
            }
            return left > 0;
        }
    }

    Distribution distribution() {
        return distribution;
    }

    /// Why the law does not hold, each as a script.
    List<String> failures() {
        return failures;
    }

    /// How many cases DuckDB has answered too.
    int answered() {
        return answered;
    }

    @Override
    public void run() {
        try (DuckDb duck = new DuckDb()) {
            for (int taken = 1; plans.hasNext(); taken++) {
                long seed = plans.nextSeed.getAndIncrement();
                QueryGenerator.Plan plan = QueryGenerator.draw(seed, Part.LANDED);
                boolean isRight = true;
                for (int i = 0; i < DATA_SETS && isRight && plans.take(); i++) {
                    isRight = holds(DataGenerator.draw(plan, seed, i), duck);
                }
                if (taken % PLANS_A_SESSION == 0) {
                    close();
                    runner = new ThalwegRunner();
                }
            }
        } finally {
            close();
        }
    }

    private boolean holds(QueryCase query, DuckDb duck) {
        distribution.add(query,
                Interpreter.after(query, query.triggers().size() - 1, LatenessModel.of(query)).late());
        String wrong = runner.check(query);
        if (wrong.isEmpty() && DuckSql.reaches(query)) {
            answered++;
            wrong = RowBag.difference(duck.batch(query), Interpreter.batch(query));
        }
        if (!wrong.isEmpty()) {
            failed(explain(query, wrong));
        }
        return wrong.isEmpty();
    }

    private void failed(String script) {
        failures.add(script);
        plans.failuresLeft.decrementAndGet();
    }

    private void close() {
        try {
            runner.close();
        } catch (IllegalStateException e) { // so Arrow says that memory was not given back
            failed("a session does not close: " + e.getMessage());
        }
    }

    /// The smallest case that fails in the same way, as a script; kept in `target/law`, from where it goes to the specs.
    private String explain(QueryCase query, String wrong) {
        String kind = kind(wrong);
        QueryCase small = new Reducer(candidate -> kind(runner.check(candidate)).equals(kind)).reduce(query);
        String stillWrong = runner.check(small);
        String script = Script.of(small, stillWrong.isEmpty() ? wrong + " (not always)" : stillWrong);
        keep(query.seed() + ".sql", script);
        return script;
    }

    private static void keep(String name, String text) {
        try {
            Files.createDirectories(KEPT);
            Files.writeString(KEPT.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + name, e);
        }
    }

    /// What is wrong without the values: a smaller case that fails for another reason is another case.
    private static String kind(String wrong) {
        Matcher code = Pattern.compile("THW-\\d+").matcher(wrong);
        return wrong.startsWith(ThalwegRunner.REFUSES)
                ? code.find() ? code.group() : wrong.lines().findFirst().orElse("")
                : wrong.isEmpty() ? "" : wrong.replaceAll("(?s)[\\d:].*", "");
    }
}
