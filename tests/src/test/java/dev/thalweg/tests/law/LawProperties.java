package dev.thalweg.tests.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.Label;
import net.jqwik.api.Reporter;

/// After every trigger the result of a query is the batch answer over all input so far, less the late rows; whatever the
/// query, the input, its cut into triggers, the number of tasks, wherever the query was stopped and started again, and
/// whether its state stays in memory.
///
/// `-Dlaw.cases` sets how many cases are drawn, `-Dlaw.seed` the first seed, `-Dlaw.workers` how many threads check them.
@Label("The law")
final class LawProperties {
    private static final int CASES = Integer.getInteger("law.cases", 1_000);
    private static final long FIRST_SEED = Long.getLong("law.seed", 1_000_000);
    private static final int FAILURES_MAX = Integer.getInteger("law.failures", 1);
    private static final int WORKERS = Integer.getInteger("law.workers",
            Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));

    @Example
    @Label("holds for random queries, input, cuts, restarts and tasks")
    void holds(Reporter reporter) throws InterruptedException, ExecutionException {
        LawWorker.Plans plans = new LawWorker.Plans(FIRST_SEED, CASES, FAILURES_MAX);
        List<LawWorker> workers = Stream.generate(() -> new LawWorker(plans)).limit(WORKERS).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<?>> running = workers.stream().<Future<?>>map(threads::submit).toList();
            for (Future<?> worker : running) {
                worker.get();
            }
        }
        Distribution distribution = new Distribution(Part.LANDED);
        workers.forEach(worker -> distribution.add(worker.distribution()));
        int answered = workers.stream().mapToInt(LawWorker::answered).sum();
        List<String> failures = workers.stream().flatMap(worker -> worker.failures().stream()).toList();
        reporter.publishValue("distribution", distribution.toString());
        reporter.publishValue("answered by DuckDB", answered + " of " + CASES);
        assertThat(failures).as("the law is broken").isEmpty();
        assertThat(answered).isGreaterThanOrEqualTo(CASES * 8 / 10);
        assertThat(distribution.rare()).as("drawn in fewer than one case in two hundred:%n%s", distribution).isEmpty();
    }
}
