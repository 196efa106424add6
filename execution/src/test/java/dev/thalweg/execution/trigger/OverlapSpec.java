package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.execution.progress.QueryProgress;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.sink.TriggerInfo;
import dev.thalweg.state.StateSettings;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogFaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Trigger n takes row n. A commit that waits for a row to be read waits for ever where triggers do not overlap.
@DisplayName("While a trigger is committed, the next one")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class OverlapSpec {
    private static final StreamPlan COUNTS = Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.UPDATE);

    @TempDir
    private Path directory;
    private Workbench bench;
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final CountDownLatch secondIsRead = new CountDownLatch(1);
    private final CountDownLatch secondIsStaged = new CountDownLatch(1);

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
        bench.clicks().limit(1);
        bench.clicks().onRead(row -> {
            order.add("read " + row);
            if (row == 1) {
                secondIsRead.countDown();
            }
        });
        bench.onStep((step, trigger) -> {
            order.add(step + " " + trigger);
            if (step == DurableStep.SINK_STAGED && trigger == 1) {
                secondIsStaged.countDown();
            }
        });
    }

    @AfterEach
    void close() {
        bench.close(); // and no memory is left
    }

    private void rows(long... numbers) {
        for (long number : numbers) {
            bench.clicks().add("ann", number, 0L);
        }
    }

    private QueryRun run(StreamPlan plan) {
        return bench.start(plan, new TriggerPolicy.AvailableNow());
    }

    private void awaitSecond() {
        try {
            secondIsRead.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What happens while trigger 0 is being committed, after row 1 has been read.
    private void inCommit(Runnable action) {
        bench.taken.onCommit(trigger -> {
            if (trigger == 0) {
                awaitSecond();
                action.run();
            }
        });
    }

    /// Gives the next trigger the time it would need to go on where nothing held it.
    private void staysUnstaged() {
        try {
            assertThat(secondIsStaged.await(100, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("reads its rows, but neither stages nor is on record before that is done")
    void overlaps() {
        rows(1, 1, 1);
        inCommit(this::staysUnstaged);
        run(COUNTS).awaitTermination();
        assertThat(bench.taken.rows()).containsExactly("ann, 1", "ann, 2", "ann, 3");
        assertThat(order).containsSubsequence("LOG_SYNCED 0", "SINK_COMMITTED 0", "COMMIT_APPENDED 0",
                "SINK_STAGED 1", "TRIGGER_APPENDED 1", "CHANGES_APPENDED 1", "LOG_SYNCED 1", "SINK_COMMITTED 1",
                "COMMIT_APPENDED 1", "SINK_STAGED 2", "TRIGGER_APPENDED 2");
        assertThat(order).containsSubsequence("read 1", "SINK_COMMITTED 0");
    }

    @Test
    @DisplayName("reads its rows, but stages nothing, where rows go through as they come")
    void overlapsWithoutState() {
        rows(1, 2, 3);
        inCommit(this::staysUnstaged);
        run(Plans.plan(Plans.clicks(), OutputMode.APPEND)).awaitTermination();
        assertThat(bench.taken.rows()).containsExactly("ann, 1, 0", "ann, 2, 0", "ann, 3, 0");
    }

    @Test
    @DisplayName("does not keep anybody from being told of that one in order, after its commit")
    void tellsInOrder() {
        rows(1, 1, 1, 1);
        List<Integer> forgotten = new ArrayList<>();
        bench.onStep((step, trigger) -> {
            if (step == DurableStep.TRIGGER_APPENDED) {
                forgotten.add(bench.clicks().forgottenUpTo());
            }
        });
        List<Long> told = new ArrayList<>();
        QueryRun[] query = new QueryRun[1];
        bench.taken.onCommit(trigger -> {
            if (trigger == 1) {
                awaitSecond();
                query[0].lastProgress().map(QueryProgress::batchId).ifPresent(told::add);
            }
        });
        query[0] = bench.start(COUNTS);
        query[0].processAllAvailable();
        assertThat(bench.taken.triggers()).hasSize(4);
        assertThat(told).containsExactly(0L);
        assertThat(query[0].recentProgress()).extracting(QueryProgress::batchId).containsExactly(0L, 1L, 2L, 3L)
                .hasSize(4);
        assertThat(query[0].recentProgress()).allSatisfy(progress -> {
            long parts = progress.durations().nanos().entrySet().stream()
                    .filter(part -> !part.getKey().equals("triggerExecution")).mapToLong(java.util.Map.Entry::getValue)
                    .sum();
            assertThat(progress.numInputRows()).isEqualTo(1);
            assertThat(parts).isPositive().isLessThanOrEqualTo(progress.durations().nanos("triggerExecution"));
        });
        assertThat(forgotten).as("what a synced COMMIT covers, when TRIGGER N is appended").containsExactly(0, 0, 1, 2);
    }

    @Test
    @DisplayName("leaves nothing behind where that commit fails, whose error is the query's")
    void failsWithTheFirst() {
        rows(1, 1, 1);
        inCommit(() -> {
            throw new Unavailable("THW-5077", "The target is away.");
        });
        QueryRun query = run(COUNTS);
        assertThatThrownBy(query::awaitTermination).isInstanceOf(Unavailable.class)
                .hasMessageContaining("The target is away.").hasMessageContaining("trigger 0")
                .hasMessageNotContaining("trigger 1");
        assertThat(order).contains("read 1").doesNotContain("SINK_STAGED 1", "TRIGGER_APPENDED 1", "COMMIT_APPENDED 0");
        assertThat(bench.taken.infos()).extracting(TriggerInfo::number).containsExactly(0L);
        assertThat(query.recentProgress()).isEmpty();
        goesOn();
    }

    @Test
    @DisplayName("leaves nothing behind where the log cannot be synced: the next start decides anew what both take")
    void failsWithTheSync() {
        rows(1, 1, 1);
        bench.onStep((step, trigger) -> {
            order.add(step + " " + trigger);
            if (step == DurableStep.LOG_SYNCED && trigger == 0) {
                awaitSecond();
                throw new Unavailable("THW-5013", "The disk is away.");
            }
        });
        assertThatThrownBy(run(COUNTS)::awaitTermination).hasMessageContaining("The disk is away.")
                .hasMessageContaining("trigger 0");
        assertThat(order).contains("read 1").doesNotContain("SINK_STAGED 1", "SINK_COMMITTED 0");
        goesOn();
    }

    @Test
    @DisplayName("fails after it where both do: the first error is the query's, the second is attached")
    void failsTwice() {
        rows(1, 0, 1);
        inCommit(() -> {
            throw new Unavailable("THW-5077", "The target is away.");
        });
        assertThatThrownBy(run(Plans.plan(Plans.hundredBy(Plans.clicks()), OutputMode.APPEND))::awaitTermination)
                .hasMessageContaining("The target is away.").hasMessageContaining("trigger 0")
                .satisfies(error -> assertThat(error.getSuppressed()).singleElement()
                        .satisfies(second -> assertThat(second.getCause()).hasMessageContaining("THW-4001")));
    }

    @Test
    @DisplayName("may fail alone: that one is committed and told of")
    void failsAlone() {
        rows(1, 0, 1);
        inCommit(() -> {});
        QueryRun query = run(Plans.plan(Plans.hundredBy(Plans.clicks()), OutputMode.APPEND));
        assertThatThrownBy(query::awaitTermination).hasMessageContaining("THW-4001").hasMessageContaining("trigger 1");
        assertThat(bench.taken.rows()).containsExactly("ann, 100");
        assertThat(query.recentProgress()).extracting(QueryProgress::batchId).containsExactly(0L);
    }

    @Test
    @DisplayName("is the last where the sink stops the query in its commit, which does not wait for itself")
    void isStoppedByTheSink() {
        rows(1, 1, 1);
        endsWith(QueryRun::stop);
        assertThat(bench.taken.rows()).containsExactly("ann, 1", "ann, 2");
        goesOn();
    }

    @Test
    @DisplayName("is the last where the query is told to stop meanwhile")
    void stops() {
        rows(1, 1, 1);
        endsWith(QueryRun::requestStop);
        assertThat(bench.taken.rows()).containsExactly("ann, 1", "ann, 2");
        assertThat(order).contains("COMMIT_APPENDED 1").doesNotContain("read 2");
        goesOn();
    }

    @Test
    @DisplayName("is dropped where the query is cancelled meanwhile: that one is committed all the same")
    void isCancelled() {
        rows(1, 1, 1);
        endsWith(QueryRun::cancel);
        assertThat(bench.taken.rows()).containsExactly("ann, 1");
        assertThat(order).contains("COMMIT_APPENDED 0").doesNotContain("TRIGGER_APPENDED 1");
        goesOn();
    }

    /// While row 1 is read and trigger 0 is being committed.
    private void endsWith(Consumer<QueryRun> asked) {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch isAsked = new CountDownLatch(1);
        QueryRun[] query = new QueryRun[1];
        bench.clicks().onRead(row -> {
            order.add("read " + row);
            if (row == 1) {
                secondIsRead.countDown();
                await(isAsked);
            }
        });
        inCommit(() -> {
            await(started);
            asked.accept(query[0]);
            isAsked.countDown();
        });
        query[0] = run(COUNTS);
        started.countDown();
        query[0].awaitTermination();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The next process gives what an undisturbed one would have given.
    private void goesOn() {
        bench.onStep(DurableStep.Listener.NONE);
        bench.taken.onCommit(_ -> {});
        bench.newProcess();
        run(COUNTS).awaitTermination();
        assertThat(bench.taken.rows()).containsExactly("ann, 1", "ann, 2", "ann, 3");
    }

    @Test
    @DisplayName("waits where a snapshot is due, which must find that one done for good")
    void waitsForSnapshots() {
        rows(1, 1, 1);
        StateSettings state = bench.settings().state();
        bench.with(bench.settings().withState(
                new StateSettings(state.residentBytesMax(), state.cacheBytesMax(), 1, false, 1)));
        run(COUNTS).awaitTermination();
        assertThat(order).containsSubsequence("COMMIT_APPENDED 0", "read 1", "COMMIT_APPENDED 1", "read 2");
        assertThat(bench.taken.rows()).containsExactly("ann, 1", "ann, 2", "ann, 3");
    }

    @Test
    @DisplayName("waits where the sink acts at once")
    void waitsForWhatActsAtOnce() {
        rows(1, 1);
        bench.taken.actsAtOnce();
        run(COUNTS).awaitTermination();
        assertThat(order).containsSubsequence("COMMIT_APPENDED 0", "read 1");
    }

    @Test
    @DisplayName("waits where the result is kept whole")
    void waitsForKeptResults() {
        rows(1, 1);
        run(Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.COMPLETE)).awaitTermination();
        assertThat(order).containsSubsequence("COMMIT_APPENDED 0", "read 1");
    }
}
