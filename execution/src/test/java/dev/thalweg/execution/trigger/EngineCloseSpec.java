package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.execution.progress.QueryListener;
import dev.thalweg.execution.progress.QueryProgress;
import dev.thalweg.execution.trigger.QuerySpec.Target;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.error.InvalidQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Closing an engine")
@Timeout(60)
final class EngineCloseSpec {
    private static final StreamPlan CLICKS = Plans.plan(Plans.clicks(), OutputMode.APPEND);

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /// A query as soon as possible, into code that acts on each trigger.
    private QueryRun start(Runnable act) {
        return bench.engine().start(new QuerySpec(Optional.of("acts"), CLICKS,
                new Target.ToConsumer((_, _, _) -> act.run()), new TriggerPolicy.AsSoonAsPossible(),
                Optional.of(directory.resolve("acts")), bench.settings()));
    }

    @Test
    @DisplayName("waits for a query in the middle of its trigger, although whoever closes is interrupted, and says so afterwards")
    void waitsAlthoughInterrupted() throws Exception {
        CountDownLatch inTrigger = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        QueryRun query = start(() -> {
            inTrigger.countDown();
            await(goOn);
        });
        bench.clicks().add("a", 1L, 0L);
        inTrigger.await();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        List<Throwable> errors = new CopyOnWriteArrayList<>();
        Thread closing = Thread.ofPlatform().unstarted(() -> {
            Thread.currentThread().interrupt();
            bench.engine().close();
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        closing.setUncaughtExceptionHandler((_, error) -> errors.add(error));
        closing.start();
        while (closing.getState() != Thread.State.WAITING && closing.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(closing.isAlive()).as("it waits").isTrue();
        assertThat(query.isActive()).isTrue();
        goOn.countDown();
        closing.join();
        assertThat(errors).isEmpty();
        assertThat(query.isActive()).isFalse();
        assertThat(query.exception()).isEmpty();
        assertThat(stillInterrupted).isTrue();
        assertThat(bench.bytes()).isZero();
    }

    @Test
    @DisplayName("is the end of it: no query starts any more")
    void refusesToStart() {
        bench.engine().close();
        assertThatThrownBy(() -> bench.start(CLICKS)).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("The session is closed").hasMessageContaining("[THW-3107]");
    }

    @Test
    @DisplayName("in the code that a query hands its rows to is refused, and everything goes on")
    void refusedOnTheTriggerThread() {
        List<String> told = new CopyOnWriteArrayList<>();
        QueryRun query = start(() -> told.add(closeAndCatch()));
        bench.clicks().add("a", 1L, 0L);
        query.processAllAvailable();
        bench.clicks().add("b", 1L, 0L);
        query.processAllAvailable();
        assertThat(told).hasSize(2).allSatisfy(message -> assertThat(message).contains("query 'acts'", "[THW-4023]"));
        assertThat(query.isActive()).isTrue();
    }

    @Test
    @DisplayName("by a listener is refused while its query runs, from its start to its last progress")
    void refusedToListeners() {
        List<String> told = new CopyOnWriteArrayList<>();
        bench.engine().addListener(new QueryListener() {
            @Override
            public void started(Started event) {
                told.add("started: " + closeAndCatch());
            }

            @Override
            public void progress(QueryProgress progress) {
                told.add("progress: " + closeAndCatch());
            }
        });
        QueryRun query = bench.start(CLICKS);
        bench.clicks().add("a", 1L, 0L);
        query.processAllAvailable();
        assertThat(told).hasSize(2).allSatisfy(message -> assertThat(message).contains("[THW-4023]"));
        query.stop();
        assertThat(query.exception()).isEmpty();
    }

    @Test
    @DisplayName("by a listener that is told of a query's end closes the engine, and the others' memory only after them")
    void closedAtTheEndOfAQuery() {
        QueryRun other = start(() -> {});
        QueryRun query = bench.start(CLICKS);
        bench.clicks().add("a", 1L, 0L);
        other.processAllAvailable();
        bench.engine().addListener(new QueryListener() {
            @Override
            public void terminated(Terminated event) {
                if (event.runId().equals(query.runId())) {
                    bench.engine().close();
                }
            }
        });
        query.stop();
        assertThat(other.isActive()).isFalse();
        assertThat(other.exception()).isEmpty();
        assertThat(bench.bytes()).isZero();
    }

    private String closeAndCatch() {
        try {
            bench.engine().close();
            return "closed";
        } catch (InvalidQuery e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
