package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A session that several threads use")
final class ThreadsSpec {
    private static <T> T elsewhere(Callable<T> work) throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            return thread.submit(work).get();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "SELECT DISTINCT a FROM VALUES (1), (1) AS t(a)",
            "SELECT (SELECT max(a) FROM VALUES (1) AS u(a)) AS a",
            "SELECT a FROM VALUES (1), (2) AS t(a) WHERE EXISTS (SELECT 1 FROM VALUES (1) AS u(b) WHERE b = a)",
            "SELECT count(DISTINCT a), sum(a) FILTER (WHERE a > 0) FROM VALUES (1) AS t(a) GROUP BY CUBE(a) ORDER BY 1 LIMIT 1"})
    @DisplayName("plans and answers in a thread that did not make it")
    void answersElsewhere(String query) throws Exception {
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            List<Row> rows = elsewhere(() -> session.sql(query).collectAsList());
            assertThat(rows).singleElement().asString().startsWith("[1");
            assertThat(session.sql(query).collectAsList()).isEqualTo(rows);
        }
    }

    @Test
    @DisplayName("answers in one thread what was planned in another, and explains it")
    void mixesThreads() throws Exception {
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            Dataset<Row> planned = elsewhere(() -> session.sql("SELECT DISTINCT a FROM VALUES (1), (1) AS t(a)"));
            assertThat(planned.distinct().count()).isEqualTo(1);
            assertThat(elsewhere(() -> session.sql("EXPLAIN SELECT DISTINCT 1").count())).isPositive();
        }
    }

    @Test
    @Timeout(60)
    @DisplayName("stops within one batch when its thread is interrupted: a join of three tables makes billions of rows of it")
    void stopsInsideAJoin() throws Exception {
        try (ThalwegSession session = ThalwegSession.builder().create()) {
            Dataset<Row> endless = session
                    .sql("""
                            SELECT count(*) FROM (SELECT explode(sequence(1, 9000))) x CROSS JOIN (SELECT explode(sequence(1, 9000))) y
                            CROSS JOIN (SELECT explode(sequence(1, 9000))) z""");
            AtomicReference<Throwable> ended = new AtomicReference<>();
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    endless.collectAsList();
                } catch (RuntimeException e) {
                    ended.set(e);
                }
            });
            while (waiting.isAlive() && !isJoining(waiting)) {
                Thread.onSpinWait();
            }
            waiting.interrupt();
            waiting.join();
            assertThat(ended.get()).hasMessageContaining("THW-4026");
        }
    }

    private static boolean isJoining(Thread thread) {
        return Arrays.stream(thread.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("emitPairs"));
    }
}
